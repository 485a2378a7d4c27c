import { Binary, Long } from 'bson';
import { decode } from '../bson/decode.ts';
import type { Reply } from '../bson/encode.ts';
import { toNumber } from '../bson/number.ts';
import { type Document, field, isDocument, isNumeric } from '../bson/value.ts';
import { CommandError, notOffered } from '../errors.ts';
import type { Work } from '../query/work.ts';
import type { Engine } from '../storage/engine.ts';
import { readSession } from '../storage/sessionRecord.ts';
import { flag, optionalNumber } from './argument.ts';
import type { Command, Context, Request, ServerFacts, Steps } from './command.ts';
import type { Cursors } from './cursors.ts';
import { SessionProgress } from './progress.ts';
import { noSuchTransaction, type Sessions, tooOld } from './sessions.ts';

const common = [
  ...['lsid', 'txnNumber', 'startTransaction', 'autocommit', '$db', '$readPreference', '$clusterTime', 'readConcern'],
  ...['writeConcern', 'maxTimeMS', 'comment', 'apiVersion', 'apiStrict', 'apiDeprecationErrors', 'stmtId', 'stmtIds'],
];

export interface Surroundings {
  readonly engine: Engine;
  readonly cursors: Cursors;
  readonly sessions: Sessions;
  readonly server: ServerFacts;
}

export interface SessionNumbers {
  readonly id: string;
  readonly lsid: Buffer;
  /** Undefined for commands that are neither retryable nor in a transaction. */
  readonly number: bigint | undefined;
  readonly inTransaction: boolean;
}

export function failed(
  request: Request,
  session: SessionNumbers | undefined,
  { sessions }: Surroundings,
  error: CommandError,
): Reply {
  const labels = [...error.labels];
  if (session?.inTransaction && request.name !== 'commitTransaction') sessions.abort(session.id);
  return errorReply(error, labels);
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

export function checkRequest(request: Request, command: Command): void {
  for (const name of Object.keys(request.body)) {
    if (name === request.name || common.includes(name) || command.fields.includes(name)) continue;
    throw new CommandError(40415, `BSON field '${request.name}.${name}' is an unknown field.`);
  }
  const concern = field(request.body, 'readConcern');
  const level = isDocument(concern) ? field(concern, 'level') : undefined;
  if (level !== undefined && !['local', 'majority', 'available', 'linearizable', 'snapshot'].includes(String(level))) {
    throw new CommandError(9, `${String(level)} is not a valid read concern level`);
  }
  if (level === 'snapshot' && request.body.autocommit !== false)
    throw notOffered('a snapshot read outside of a transaction');
}

export function sessionOf(body: Document): SessionNumbers | undefined {
  const lsid = field(body, 'lsid');
  const id = isDocument(lsid) ? field(lsid, 'id') : undefined;
  if (!(id instanceof Binary)) return undefined;
  const bytes = Buffer.from(id.buffer.subarray(0, id.position));
  const number = field(body, 'txnNumber');
  const exact = number instanceof Long ? number.toBigInt() : isNumeric(number) ? BigInt(toNumber(number)) : undefined;
  return { id: bytes.toString('hex'), lsid: bytes, number: exact, inTransaction: body.autocommit === false };
}

export function* answer(
  request: Request,
  command: Command,
  session: SessionNumbers | undefined,
  around: Surroundings,
  work: Work,
): Steps {
  if (!session || session.number === undefined)
    return yield* replyOf(command.run(contextFor(request, session, around, around.engine.committed, work)));
  if (session.inTransaction) return yield* inTransaction(request, command, session, session.number, around, work);
  return yield* onlyOnce(request, command, session, session.number, around, work);
}

function* replyOf(given: Reply | Steps): Steps {
  return Symbol.iterator in given ? yield* given as Steps : given;
}

/** A retryable write: a second try with the same number gets the first answer again. */
function* onlyOnce(
  request: Request,
  command: Command,
  session: SessionNumbers,
  number: bigint,
  around: Surroundings,
  work: Work,
): Steps {
  const { connection } = around.engine;
  const record = readSession(connection, session.lsid);
  if (record && record.number > number) throw tooOld(number, record.number);
  const before = record?.number === number && record.reply ? decode(record.reply) : undefined;
  const progress = new SessionProgress(around.engine, session.lsid, number, before);
  if (before && !progress.done) return before as Reply;
  around.sessions.abort(session.id);
  const context = contextFor(request, session, around, around.engine.committed, work);
  const reply = yield* replyOf(command.run({ ...context, progress }));
  progress.write(reply);
  return reply;
}

function* inTransaction(
  request: Request,
  command: Command,
  session: SessionNumbers,
  number: bigint,
  around: Surroundings,
  work: Work,
): Steps {
  const { sessions, engine } = around;
  if (request.name === 'commitTransaction' || request.name === 'abortTransaction') {
    return yield* replyOf(command.run(contextFor(request, session, around, engine.committed, work)));
  }
  const record = readSession(engine.connection, session.lsid);
  if (record && record.number > number) throw tooOld(number, record.number);
  if (record?.number === number && record.committed)
    throw new CommandError(256, `Transaction ${number} has been committed.`);
  const transaction = sessions.enter(session.id, number, flag(request.body, 'startTransaction'), request.connection);
  if (!command.inTransaction) {
    throw new CommandError(263, `Cannot run '${request.name}' in a multi-document transaction.`);
  }
  const steps = replyOf(command.run(contextFor(request, session, around, transaction, work)));
  let next = steps.next();
  while (!next.done) {
    yield next.value;
    // It may have been given up meanwhile: its snapshot is another's then.
    if (!engine.open.has(transaction)) throw noSuchTransaction(number);
    next = steps.next();
  }
  const reply = next.value;
  // As in MongoDB, a statement that fails ends the transaction.
  if (Array.isArray(reply.writeErrors) && reply.writeErrors.length > 0) sessions.abort(session.id);
  return reply;
}

function contextFor(
  request: Request,
  session: SessionNumbers | undefined,
  around: Surroundings,
  view: Context['view'],
  work: Work,
): Context {
  optionalNumber(request.body, 'maxTimeMS');
  return {
    ...around,
    request,
    db: request.db,
    body: request.body,
    view,
    session: session?.id ?? '',
    work,
    progress: undefined,
  };
}

/** There is one member: more than one cannot confirm. */
export function withWriteConcern(request: Request, reply: Reply): Reply {
  const concern = field(request.body, 'writeConcern');
  const wanted = isDocument(concern) ? field(concern, 'w') : undefined;
  const enough = wanted === undefined || wanted === 'majority' || (isNumeric(wanted) && toNumber(wanted) <= 1);
  if (enough) return reply;
  return {
    ...reply,
    writeConcernError: { code: 100, codeName: 'UnsatisfiableWriteConcern', errmsg: 'Not enough data-bearing nodes' },
  };
}
