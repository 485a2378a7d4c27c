import type { Store } from '../commands/ports.ts';
import { DomainError } from '../domain/errors.ts';
import type { LanguageCode } from '../domain/facts/fact.ts';
import type { Term } from '../domain/memory/term.ts';
import { compareAndSet } from './compareAndSet.ts';
import { number, text, value, values } from './fields.ts';
import type { Scope } from './scope.ts';
import { defineTable, openTable } from './table.ts';

type TermRow = Omit<Term, 'id'> & { readonly _id: string; readonly term: string };

const glossary = defineTable<TermRow>('glossary', {
  term: text,
  language: text,
  source: value,
  targets: values,
  forbidden: values,
  definition: { type: String },
  note: { type: String },
  revision: number,
  by: text,
  at: text,
});

const idOf = (language: LanguageCode, id: string): string => `${language}/${id}`;
const toRow = ({ id, ...term }: Term): TermRow => ({ _id: idOf(term.language, id), term: id, ...term });
const fromRow = ({ _id, term, ...rest }: TermRow): Term => ({ id: term, ...rest });

export function openGlossary(scope: Scope): Store['glossary'] {
  const table = openTable(scope, glossary);
  return {
    async ofLanguage(language) {
      return (await table.find({ language }, { sort: { _id: 1 } })).map(fromRow);
    },
    async byId(language, id) {
      const row = await table.first({ _id: idOf(language, id) });
      return row === null ? null : fromRow(row);
    },
    async all() {
      return (await table.find({}, { sort: { _id: 1 } })).map(fromRow);
    },
    save: (term) => compareAndSet(scope, table, toRow(term)),
    async drop(term) {
      const removed = await table.remove({ _id: idOf(term.language, term.id), revision: term.revision });
      if (removed === 0) throw new DomainError('staleRevision', {});
    },
  };
}
