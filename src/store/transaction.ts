import type { Scope } from './scope.ts';
import { sessionScope } from './scope.ts';

/** Snapshot reads; acknowledged by a majority and on disk. */
const guarantees = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', j: true },
  readPreference: 'primary',
} as const;

/**
 * Runs the work in a transaction of its own, or in the one that is under way. After a write conflict the work runs
 * again, with everything read anew.
 */
export async function inTransaction<T>(scope: Scope, work: (scope: Scope) => Promise<T>): Promise<T> {
  if (scope.session !== null) return work(scope);
  const session = await scope.connection.startSession();
  try {
    return await session.withTransaction(async () => {
      const inner = sessionScope(scope, session);
      try {
        return await work(inner);
      } finally {
        await inner.close();
      }
    }, guarantees);
  } finally {
    await session.endSession();
  }
}
