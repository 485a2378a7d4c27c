import type { Store } from '../commands/ports.ts';
import type { Assignment } from '../domain/edition/assignment.ts';
import { DomainError } from '../domain/errors.ts';
import { compareAndSet } from './compareAndSet.ts';
import { maybeText, number, text } from './fields.ts';
import type { Scope } from './scope.ts';
import { defineTable, openTable } from './table.ts';

type AssignmentRow = Omit<Assignment, 'id'> & { readonly _id: string };

const definition = defineTable<AssignmentRow>('assignments', {
  edition: text,
  lesson: text,
  person: text,
  role: text,
  due: maybeText,
  by: text,
  at: text,
  doneAt: maybeText,
  revision: number,
});

const fromRow = ({ _id, ...assignment }: AssignmentRow): Assignment => ({ id: _id, ...assignment });

export function openAssignments(scope: Scope): Store['assignments'] {
  const table = openTable(scope, definition);
  return {
    async ofEdition(tag) {
      return (await table.find({ edition: tag }, { sort: { lesson: 1, _id: 1 } })).map(fromRow);
    },
    async ofPerson(person) {
      return (await table.find({ person }, { sort: { _id: 1 } })).map(fromRow);
    },
    async byId(id) {
      const row = await table.first({ _id: id });
      return row === null ? null : fromRow(row);
    },
    save: ({ id, ...assignment }) => compareAndSet(scope, table, { _id: id, ...assignment }),
    async drop({ id, revision }) {
      if ((await table.remove({ _id: id, revision })) === 0) throw new DomainError('staleRevision', {});
    },
  };
}
