import type { ForbiddenWord, Term, TermWords } from '../../../domain/memory/term.ts';
import type { Context } from '../../route.ts';
import { textField } from '../fields.ts';

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

/** Reads the form: numbered rows, `target-1` and on; the empty ones are left out when the term is tidied. */
export function termFieldsOf(form: Context['form']): TermFields {
  const word = (name: string): string => cut(textField(form, name), longest.word);
  const rows = Array.from({ length: longest.rows }, (_, place) => place + 1);
  return {
    source: { text: cut(textField(form, 'source'), longest.word), forms: splitForms(textField(form, 'sourceForms')) },
    targets: rows.map(
      (row): TermWords => ({ text: word(`target-${row}`), forms: splitForms(textField(form, `forms-${row}`)) }),
    ),
    forbidden: rows.map(
      (row): ForbiddenWord => ({
        text: word(`forbidden-${row}`),
        instead: word(`instead-${row}`),
        why: word(`why-${row}`),
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
