import type { Reply } from '../bson/encode.ts';
import { field, isDocument } from '../bson/value.ts';
import { CommitFailure, isStorageCode, storageError } from '../storage/failure.ts';
import type { Request } from './command.ts';
import type { Cursors } from './cursors.ts';
import { errorReply } from './dispatch.ts';

/** A command that ran in a batch, before it is known whether the batch is kept. */
export interface Ran {
  readonly request: Request;
  readonly reply: Reply;
  /** Nothing had been written by then: its answer holds, whatever becomes of the batch. */
  readonly holds: boolean;
  /** It has itself written something. */
  readonly wrote: boolean;
}

/** Commands that leave something outside of the storage: they are not run a second time. */
const notAgain = new Set(['killCursors', 'endSessions', 'killSessions', 'abortTransaction', 'startSession']);

/**
 * Answers the commands of a batch that was not kept: what wrote gets the failure, what only read is given back to be run
 * again, for it may have seen what is not there any more.
 */
export function answerFailed(ran: readonly Ran[], error: unknown, cursors: Cursors): Request[] {
  const failure = error instanceof CommitFailure ? error : new CommitFailure(storageError(error), false);
  const again: Request[] = [];
  for (const { request, reply, holds, wrote } of ran) {
    if (holds || (!wrote && isFinal(request, reply))) request.answer(reply);
    else {
      forgetCursor(reply, cursors);
      if (!wrote && request.name !== 'getMore') again.push(request);
      else request.answer(errorReply(failure, labelsFor(request, failure)));
    }
  }
  return again;
}

/** Whether an answer says nothing about what other commands of the batch wrote. */
function isFinal(request: Request, reply: Reply): boolean {
  // A transaction reads a snapshot of what is committed.
  if (request.body.autocommit === false || notAgain.has(request.name)) return true;
  return reply.ok === 0 && typeof reply.code === 'number' && isStorageCode(reply.code);
}

function forgetCursor(reply: Reply, cursors: Cursors): void {
  const cursor = isDocument(reply.cursor) ? field(reply.cursor, 'id') : undefined;
  if (typeof cursor === 'bigint') cursors.kill(cursor);
}

/** A full disk stays full for a while: only where trying again may help is the driver told so. */
function labelsFor(request: Request, failure: CommitFailure): string[] {
  const mayPass = failure.code === 39;
  if (request.name === 'commitTransaction') {
    if (!failure.isCertain) return ['UnknownTransactionCommitResult'];
    return mayPass ? ['TransientTransactionError'] : [];
  }
  return mayPass && request.body.txnNumber !== undefined ? ['RetryableWriteError'] : [];
}
