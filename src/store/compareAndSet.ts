import { DomainError, type ErrorData } from '../domain/errors.ts';
import type { Scope } from './scope.ts';
import type { Filter, Table } from './table.ts';

type Revised = { readonly _id: string; readonly revision: number };

/** The unique index that refused a write, because its key is taken: `_id_`, `emailKey_1`; null for another error. */
export function takenIndex(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 11000) return null;
  return / index: (\S+)/.exec(error.message)?.[1] ?? '';
}

/**
 * Writes the row if the stored revision is one less than the row's, the first one if there is none. Throws
 * `staleRevision` otherwise, with what `describe` tells of the row that is there.
 */
export async function compareAndSet<Row extends Revised>(
  scope: Scope,
  table: Table<Row>,
  row: Row,
  describe: (theirs: Row) => ErrorData = (theirs) => ({ theirs: theirs.revision }),
): Promise<void> {
  const byId = { _id: row._id } as Filter<Row>;
  if (row.revision === 1) {
    try {
      return await table.insert([row]);
    } catch (error) {
      if (takenIndex(error) !== '_id_') throw error;
      // A refused insert ends a transaction: nothing more can be read in it.
      const theirs = scope.session === null ? await table.first(byId) : null;
      throw new DomainError('staleRevision', theirs === null ? {} : describe(theirs as Row));
    }
  }
  if (await table.replace({ ...byId, revision: row.revision - 1 } as Filter<Row>, row)) return;
  const theirs = await table.first(byId);
  throw new DomainError('staleRevision', theirs === null ? {} : describe(theirs as Row));
}
