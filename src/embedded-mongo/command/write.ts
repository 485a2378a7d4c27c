import type { Reply } from '../bson/encode.ts';
import { toNumber } from '../bson/number.ts';
import { field, isNumeric } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { pause } from '../query/work.ts';
import { Blocked } from '../storage/committed.ts';
import { flag } from './argument.ts';
import { type Context, type Step, waiting } from './command.ts';

/** What a write command has done so far; its fields are those of the reply. */
export interface Tally {
  n: number;
  nModified?: number;
  upserted?: Reply[];
}

/**
 * Runs the statements of a write command, gathering what fails; an ordered one stops at the first failure. Between
 * two statements others may have their turn: what is done until then is committed, and a retryable write notes it.
 */
export function* runStatements<T>(
  context: Context,
  statements: readonly T[],
  tally: Tally,
  run: (statement: T, index: number) => Generator<Step, void> | void,
): Generator<Step, Reply> {
  if (statements.length === 0 || statements.length > 100_000) {
    throw new CommandError(16, `Write batch sizes must be between 1 and 100000. Got ${statements.length} operations.`);
  }
  const ordered = context.body.ordered === undefined || flag(context.body, 'ordered');
  const { progress, work } = context;
  const { at, errors } = resumed(context, tally);
  const note = (next: number) =>
    progress?.note({ at: next, ...tally, ...(errors.length > 0 ? { writeErrors: errors } : {}) });
  for (let index = at; index < statements.length; index++) {
    if (index > at && work.isDue()) {
      note(index);
      yield pause;
    }
    try {
      const steps = run(statements[index] as T, index);
      for (let next = steps?.next(); next && !next.done; next = steps?.next()) {
        if (index > 0) note(index);
        yield next.value;
      }
    } catch (error) {
      if (error instanceof Blocked) {
        if (index > 0) note(index);
        yield waiting;
        index--;
        continue;
      }
      if (!(error instanceof CommandError) || error.labels.length > 0 || work.isStopped) throw error;
      errors.push({ index, code: error.code, errmsg: error.message, ...(error.extra as Reply) });
      // In a transaction the first failure ends it: going on would be for nothing.
      if (ordered || context.view.transaction) break;
    }
  }
  return { ...tally, ...(errors.length > 0 ? { writeErrors: errors } : {}), ok: 1 };
}

/** Where a retryable write that was interrupted goes on. */
function resumed({ progress }: Context, tally: Tally): { at: number; errors: Reply[] } {
  const { done } = progress ?? {};
  if (!done) return { at: 0, errors: [] };
  const count = (name: string): number => {
    const value = field(done, name);
    return isNumeric(value) ? toNumber(value) : 0;
  };
  const list = (name: string): Reply[] => {
    const value = field(done, name);
    return Array.isArray(value) ? (value as Reply[]) : [];
  };
  tally.n = count('n');
  if (tally.nModified !== undefined) tally.nModified = count('nModified');
  if (list('upserted').length > 0) tally.upserted = list('upserted');
  return { at: count('at'), errors: list('writeErrors') };
}

/** Refuses the change of many documents as a retryable write, as MongoDB does. */
export function checkRetryable(context: Context, multi: boolean): void {
  if (multi && context.progress) throw new CommandError(72, 'Cannot use retryable writes with multi=true');
}
