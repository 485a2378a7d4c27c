import type { Store } from '../commands/ports.ts';
import type { LessonChoice } from '../domain/edition/edition.ts';
import { DomainError } from '../domain/errors.ts';
import type { Decision, Update } from '../domain/update/update.ts';
import { compareAndSet, takenIndex } from './compareAndSet.ts';
import { type Entry, fromEntries, maybeText, number, text, toEntries, value, values } from './fields.ts';
import type { Scope } from './scope.ts';
import { defineTable, openTable } from './table.ts';

type Before = NonNullable<Update['before']>;
type UpdateRow = Omit<Update, 'id' | 'decisions' | 'before'> & {
  readonly _id: string;
  /** The edition, while this is its draft: unique, so that two people cannot begin two. */
  readonly draftOf?: string;
  readonly decisions: readonly Entry<Decision>[];
  readonly before: (Omit<Before, 'lessons'> & { readonly lessons: readonly Entry<LessonChoice>[] }) | null;
};

const definition = defineTable<UpdateRow>('updates', {
  edition: text,
  base: text,
  target: text,
  set: maybeText,
  state: text,
  draftOf: maybeText,
  decisions: values,
  log: values,
  before: value,
  startedBy: text,
  updatedAt: text,
  appliedAt: maybeText,
  revision: number,
});

const toRow = ({ id, decisions, before, ...update }: Update): UpdateRow => ({
  _id: id,
  ...update,
  ...(update.state === 'draft' ? { draftOf: update.edition } : {}),
  decisions: toEntries(decisions),
  before: before === null ? null : { ...before, lessons: toEntries(before.lessons) },
});
const fromRow = ({ _id, draftOf: _, decisions, before, ...update }: UpdateRow): Update => ({
  id: _id,
  ...update,
  decisions: fromEntries(decisions),
  before: before === null ? null : { ...before, lessons: fromEntries(before.lessons) },
});

export function openUpdates(scope: Scope): Store['updates'] {
  const table = openTable(scope, definition);
  const newestOf = async (edition: string, state: Update['state'], field: 'appliedAt' | 'updatedAt') => {
    const row = await table.first({ edition, state }, { sort: { [field]: -1 } });
    return row === null ? null : fromRow(row);
  };
  return {
    draft: (tag) => newestOf(tag, 'draft', 'updatedAt'),
    applied: (tag) => newestOf(tag, 'applied', 'appliedAt'),
    async byId(id) {
      const row = await table.first({ _id: id });
      return row === null ? null : fromRow(row);
    },
    async ofEdition(tag) {
      return (await table.find({ edition: tag }, { sort: { updatedAt: -1 } })).map(fromRow);
    },
    async save(update) {
      try {
        await compareAndSet(scope, table, toRow(update));
      } catch (error) {
        if (takenIndex(error)?.includes('draftOf')) throw new DomainError('staleRevision', {});
        throw error;
      }
    },
  };
}
