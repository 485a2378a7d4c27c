import type { Store } from '../commands/ports.ts';
import type { ChangeSet, ChangeSetState } from '../domain/release/release.ts';
import { compareAndSet } from './compareAndSet.ts';
import { maybeText, number, text, texts, values } from './fields.ts';
import type { Scope } from './scope.ts';
import { among, defineTable, openTable } from './table.ts';

type ChangeSetRow = Omit<ChangeSet, 'id'> & { readonly _id: string };

const definition = defineTable<ChangeSetRow>('changeSets', {
  title: text,
  severity: text,
  reason: text,
  evidence: texts,
  summary: text,
  due: maybeText,
  changes: values,
  clearedVariants: texts,
  state: text,
  base: maybeText,
  release: maybeText,
  author: text,
  approvedBy: maybeText,
  revision: number,
  updatedAt: text,
});

const openStates = ['draft', 'submitted', 'approved'] as const satisfies readonly ChangeSetState[];

const fromRow = ({ _id, ...set }: ChangeSetRow): ChangeSet => ({ id: _id, ...set });

export function openChangeSets(scope: Scope): Store['changeSets'] {
  const table = openTable(scope, definition);
  return {
    async all() {
      return (await table.find({}, { sort: { _id: 1 } })).map(fromRow);
    },
    async open() {
      return (await table.find({ state: among(openStates) }, { sort: { _id: 1 } })).map(fromRow);
    },
    async byId(id) {
      const row = await table.first({ _id: id });
      return row === null ? null : fromRow(row);
    },
    save: ({ id, ...set }) => compareAndSet(scope, table, { _id: id, ...set }),
  };
}
