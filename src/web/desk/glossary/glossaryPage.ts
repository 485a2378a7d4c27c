import type { Term } from '../../../domain/memory/term.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { emptyFields, type TermFields, type TermFormView, termFormView } from './termForm.ts';

export type TermRow = {
  readonly id: string;
  readonly anchor: string;
  readonly href: string;
  readonly source: string;
  readonly sourceForms: readonly string[];
  readonly target: string;
  readonly others: readonly string[];
  readonly forbidden: Term['forbidden'];
  readonly definition: string;
  readonly note: string;
  readonly by: string;
  readonly at: string | null;
  readonly open: boolean;
};

export type TermForm = TermFormView & {
  readonly title: string;
  readonly save: string;
  readonly remove: string | null;
  readonly revision: number;
};

/** What was sent and could not be kept. */
export type RefusedTerm = { readonly id: string | null; readonly fields: TermFields; readonly message: string };

export type GlossaryAbout = {
  readonly t: Translate;
  readonly tag: string;
  readonly terms: readonly Term[];
  readonly names: ReadonlyMap<string, string>;
  /** The term asked for; `new` for an empty form. */
  readonly opened: string | undefined;
  readonly mayWrite: boolean;
  readonly refused: RefusedTerm | null;
};

export type GlossaryPage = { readonly rows: readonly TermRow[]; readonly form: TermForm | null };

/** The terms by their English word, with the form of the one that is open. */
export function glossaryPage(about: GlossaryAbout): GlossaryPage {
  const { terms, opened, refused } = about;
  const open = refused === null ? terms.find((term) => term.id === opened) : terms.find(({ id }) => id === refused.id);
  const rows = terms
    .map((term) => rowOf(about, term, term === open))
    .sort((one, other) => one.source.localeCompare(other.source, 'en'));
  const wanted = open !== undefined || opened === 'new' || refused !== null;
  return { rows, form: about.mayWrite && wanted ? formOf(about, open) : null };
}

function rowOf({ t, tag, names }: GlossaryAbout, term: Term, open: boolean): TermRow {
  const [first, ...others] = term.targets;
  const seeded = term.by === 'seed';
  return {
    id: term.id,
    anchor: `term-${term.id}`,
    href: `${paths.glossary.to(tag)}?${new URLSearchParams({ term: term.id })}#term-${term.id}`,
    source: term.source.text,
    sourceForms: term.source.forms,
    target: first?.text ?? '',
    others: others.map(({ text }) => text),
    forbidden: term.forbidden,
    definition: term.definition,
    note: term.note,
    by: seeded ? t('memory:glossary.seeded') : (names.get(term.by) ?? ''),
    at: seeded ? null : term.at,
    open,
  };
}

function formOf({ t, tag, refused }: GlossaryAbout, term: Term | undefined): TermForm {
  const fields = refused?.fields ?? term ?? emptyFields;
  return {
    ...termFormView(fields),
    title: term === undefined ? t('memory:glossary.add') : t('memory:glossary.change', { term: term.source.text }),
    save: term === undefined ? paths.newTerm.to(tag) : paths.term.to(tag, term.id),
    remove: term === undefined ? null : paths.termRemoval.to(tag, term.id),
    revision: term?.revision ?? 0,
  };
}
