import type { ForbiddenWord, Term, TermWords } from '../../../domain/memory/term.ts';
import type { Context } from '../../route.ts';
import { listField, textField } from '../fields.ts';

/** A term as it stands in the form. */
export type TermFields = Pick<Term, 'source' | 'targets' | 'forbidden' | 'definition' | 'note'>;

export const emptyFields: TermFields = {
  source: { text: '', forms: [] },
  targets: [],
  forbidden: [],
  definition: '',
  note: '',
};

const longest = { word: 200, text: 1000, rows: 20, forms: 30 };
const cut = (text: string | undefined, length: number): string => (text ?? '').slice(0, length);
const splitForms = (text: string | undefined): readonly string[] =>
  cut(text, longest.word * 5)
    .split(/[;؛\n]/)
    .map((form) => form.trim())
    .filter((form) => form !== '')
    .slice(0, longest.forms)
    .map((form) => cut(form, longest.word));

/** Reads the form: rows of repeated fields, of which the empty ones are left out when the term is tidied. */
export function termFieldsOf(form: Context['form']): TermFields {
  const rows = <T>(name: string, row: (word: string, place: number) => T): readonly T[] =>
    listField(form, name)
      .slice(0, longest.rows)
      .map((word, place) => row(cut(word, longest.word), place));
  const [forms, instead, why] = ['targetForms', 'instead', 'why'].map((name) => listField(form, name));
  return {
    source: { text: cut(textField(form, 'source'), longest.word), forms: splitForms(textField(form, 'sourceForms')) },
    targets: rows('target', (text, place): TermWords => ({ text, forms: splitForms(forms?.[place]) })),
    forbidden: rows(
      'forbidden',
      (text, place): ForbiddenWord => ({
        text,
        instead: cut(instead?.[place], longest.word),
        why: cut(why?.[place], longest.word),
      }),
    ),
    definition: cut(textField(form, 'definition'), longest.text),
    note: cut(textField(form, 'note'), longest.text),
  };
}

export type TermFormView = {
  readonly source: string;
  readonly sourceForms: string;
  readonly targets: readonly { readonly row: number; readonly text: string; readonly forms: string }[];
  readonly forbidden: readonly (ForbiddenWord & { readonly row: number })[];
  readonly definition: string;
  readonly note: string;
};

/** What the form shows: one empty row more than there are words. */
export function termFormView({ source, targets, forbidden, definition, note }: TermFields): TermFormView {
  const shownTargets = [...targets.filter(({ text }) => text !== ''), { text: '', forms: [] }];
  const shownForbidden = [...forbidden.filter(({ text }) => text !== ''), { text: '', instead: '', why: '' }];
  return {
    source: source.text,
    sourceForms: source.forms.join('; '),
    targets: shownTargets.map(({ text, forms }, place) => ({ row: place + 1, text, forms: forms.join('; ') })),
    forbidden: shownForbidden.map((word, place) => ({ row: place + 1, ...word })),
    definition,
    note,
  };
}
