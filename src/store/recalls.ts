import type { Store } from '../commands/ports.ts';
import type { Recall } from '../domain/recall/recall.ts';
import { compareAndSet } from './compareAndSet.ts';
import { maybeText, number, text, value } from './fields.ts';
import type { Scope } from './scope.ts';
import { defineTable, openTable, where } from './table.ts';

type RecallRow = Omit<Recall, 'id'> & { readonly _id: string };

const definition = defineTable<RecallRow>('recalls', {
  target: value,
  reason: text,
  instead: text,
  orderedBy: text,
  orderedAt: text,
  secondedBy: maybeText,
  inForceSince: maybeText,
  liftedBy: maybeText,
  liftedAt: maybeText,
  revision: number,
});

const fromRow = ({ _id, ...recall }: RecallRow): Recall => ({ id: _id, ...recall });

export function openRecalls(scope: Scope): Store['recalls'] {
  const table = openTable(scope, definition);
  return {
    async all() {
      return (await table.find({}, { sort: { orderedAt: -1, _id: 1 } })).map(fromRow);
    },
    async inForce() {
      const filter = { inForceSince: where({ $ne: null }), liftedAt: null };
      return (await table.find(filter, { sort: { inForceSince: 1, _id: 1 } })).map(fromRow);
    },
    async byId(id) {
      const row = await table.first({ _id: id });
      return row === null ? null : fromRow(row);
    },
    save: ({ id, ...recall }) => compareAndSet(scope, table, { _id: id, ...recall }),
  };
}
