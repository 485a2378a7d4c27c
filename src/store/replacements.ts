import type { Store } from '../commands/ports.ts';
import type { Replacement } from '../domain/edition/replacement.ts';
import { compareAndSet } from './compareAndSet.ts';
import { number, text, texts, value, values } from './fields.ts';
import type { Scope } from './scope.ts';
import { defineTable, openTable } from './table.ts';

type ReplacementRow = Omit<Replacement, 'id'> & { readonly _id: string };

const definition = defineTable<ReplacementRow>('replacements', {
  edition: text,
  replacing: value,
  by: text,
  at: text,
  changed: values,
  meanwhile: texts,
  refused: values,
  undone: value,
  revision: number,
});

const fromRow = ({ _id, ...replacement }: ReplacementRow): Replacement => ({ id: _id, ...replacement });

export function openReplacements(scope: Scope): Store['replacements'] {
  const table = openTable(scope, definition);
  return {
    async byId(tag, id) {
      const row = await table.first({ _id: id, edition: tag });
      return row === null ? null : fromRow(row);
    },
    async ofEdition(tag, limit) {
      return (await table.find({ edition: tag }, { sort: { at: -1 }, limit })).map(fromRow);
    },
    async save({ id, ...replacement }) {
      await compareAndSet(scope, table, { _id: id, ...replacement });
    },
  };
}
