import type { Reply } from '../bson/encode.ts';
import { CommandError } from '../errors.ts';
import { storageError } from '../storage/engine.ts';
import { endsTransaction } from './envelope.ts';
import type { SessionFields } from './sessionFields.ts';

/** Errors after which a driver may try again, for the server is at fault and not the wish. */
const retriable: ReadonlySet<number> = new Set([6, 7, 89, 91, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);
/** Errors after which a whole transaction may be tried again: it met another. */
const transientCodes: ReadonlySet<number> = new Set([24, 112, 239, 246, 251]);

/** What a failure is to a client: a cursor over something that was dropped is no failure of the storage. */
export function clientError(error: unknown, command: string): CommandError {
  const known = storageError(error);
  if (command === 'getMore' && error instanceof Error && /no such table: [ci]_\d+/.test(error.message))
    return new CommandError(175, 'collection or index dropped between getMore calls');
  return known;
}

/** The labels by which a driver knows what it may try again. */
export function labelsOf(error: CommandError, command: string, session: SessionFields | undefined): readonly string[] {
  const labels = new Set(error.labels.filter((label) => label !== 'TransientTransactionError'));
  if (session?.number === undefined) return [...labels];
  const ends = endsTransaction(command);
  if (session.inTransaction && (transientCodes.has(error.code) || (!ends && retriable.has(error.code))))
    labels.add('TransientTransactionError');
  if ((ends || !session.inTransaction) && retriable.has(error.code)) labels.add('RetryableWriteError');
  return [...labels];
}

export function errorReply(error: CommandError, labels: readonly string[] = error.labels): Reply {
  const reply: Reply = {
    ok: 0,
    errmsg: error.message,
    code: error.code,
    codeName: error.codeName,
    ...(error.extra as Reply),
  };
  if (labels.length > 0) reply.errorLabels = [...labels];
  return reply;
}
