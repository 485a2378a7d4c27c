import type { Reply } from '../bson/encode.ts';
import { CommandError } from '../errors.ts';
import { flag } from './argument.ts';
import type { Context } from './command.ts';

/** Runs the statements of a write command, gathering what fails; an ordered one stops at the first failure. */
export function runStatements<T>(
  context: Context,
  statements: readonly T[],
  run: (statement: T, index: number) => void,
): Reply[] {
  if (statements.length === 0 || statements.length > 100_000) {
    throw new CommandError(16, `Write batch sizes must be between 1 and 100000. Got ${statements.length} operations.`);
  }
  const ordered = context.body.ordered === undefined || flag(context.body, 'ordered');
  const errors: Reply[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof CommandError) || error.labels.length > 0) throw error;
      errors.push({ index, code: error.code, errmsg: error.message, ...(error.extra as Reply) });
      // In a transaction the first failure ends it: going on would be for nothing.
      if (ordered || context.view.transaction) break;
    }
  }
  return errors;
}

export function writeReply(counts: Reply, errors: readonly Reply[]): Reply {
  return { ...counts, ...(errors.length > 0 ? { writeErrors: errors } : {}), ok: 1 };
}
