import { Binary, Long } from 'bson';
import { decode } from '../bson/decode.ts';
import { encode, type Reply } from '../bson/encode.ts';
import { toNumber } from '../bson/number.ts';
import { type Document, field, isDocument, isNumeric } from '../bson/value.ts';
import { CommandError, notOffered } from '../errors.ts';
import { Blocked } from '../storage/committed.ts';
import { type Engine, storageError } from '../storage/engine.ts';
import { readSession, writeSession } from '../storage/sessionRecord.ts';
import { flag, optionalNumber } from './argument.ts';
import type { Command, Context, Request, ServerFacts } from './command.ts';
import { commands } from './commands.ts';
import type { Cursors } from './cursors.ts';
import { type Sessions, tooOld } from './sessions.ts';

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

interface SessionNumbers {
  readonly id: string;
  readonly lsid: Buffer;
  /** Undefined for commands that are neither retryable nor in a transaction. */
  readonly number: bigint | undefined;
  readonly inTransaction: boolean;
}

/** Runs one request. Blocked passes through: the caller tries again later. */
export function dispatch(request: Request, surroundings: Surroundings): Reply {
  const session = sessionOf(request.body);
  try {
    const command = Object.hasOwn(commands, request.name) ? commands[request.name] : undefined;
    if (!command) throw new CommandError(59, `no such command: '${request.name}'`);
    checkRequest(request, command);
    return withWriteConcern(
      request,
      surroundings.engine.atomically(() => answer(request, command, session, surroundings)),
    );
  } catch (error) {
    if (error instanceof Blocked) throw error;
    return failed(request, session, surroundings, storageError(error));
  }
}

function failed(
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

function checkRequest(request: Request, command: Command): void {
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

function sessionOf(body: Document): SessionNumbers | undefined {
  const lsid = field(body, 'lsid');
  const id = isDocument(lsid) ? field(lsid, 'id') : undefined;
  if (!(id instanceof Binary)) return undefined;
  const bytes = Buffer.from(id.buffer.subarray(0, id.position));
  const number = field(body, 'txnNumber');
  const exact = number instanceof Long ? number.toBigInt() : isNumeric(number) ? BigInt(toNumber(number)) : undefined;
  return { id: bytes.toString('hex'), lsid: bytes, number: exact, inTransaction: body.autocommit === false };
}

function answer(request: Request, command: Command, session: SessionNumbers | undefined, around: Surroundings): Reply {
  if (!session || session.number === undefined)
    return command.run(contextFor(request, session, around, around.engine.committed));
  if (session.inTransaction) return inTransaction(request, command, session, session.number, around);
  return onlyOnce(request, command, session, session.number, around);
}

/** A retryable write: a second try with the same number gets the first answer again. */
function onlyOnce(
  request: Request,
  command: Command,
  session: SessionNumbers,
  number: bigint,
  around: Surroundings,
): Reply {
  const { connection } = around.engine;
  const record = readSession(connection, session.lsid);
  if (record && record.number > number) throw tooOld(number, record.number);
  if (record?.number === number && record.reply) return decode(record.reply) as Reply;
  around.sessions.abort(session.id);
  const reply = command.run(contextFor(request, session, around, around.engine.committed));
  around.engine.beforeWrite();
  writeSession(connection, session.lsid, { number, committed: false, reply: encode(reply) });
  return reply;
}

function inTransaction(
  request: Request,
  command: Command,
  session: SessionNumbers,
  number: bigint,
  around: Surroundings,
): Reply {
  const { sessions, engine } = around;
  if (request.name === 'commitTransaction' || request.name === 'abortTransaction') {
    return command.run(contextFor(request, session, around, engine.committed));
  }
  const record = readSession(engine.connection, session.lsid);
  if (record && record.number > number) throw tooOld(number, record.number);
  if (record?.number === number && record.committed)
    throw new CommandError(256, `Transaction ${number} has been committed.`);
  const transaction = sessions.enter(session.id, number, flag(request.body, 'startTransaction'), request.connection);
  if (!command.inTransaction) {
    throw new CommandError(263, `Cannot run '${request.name}' in a multi-document transaction.`);
  }
  const reply = command.run(contextFor(request, session, around, transaction));
  // As in MongoDB, a statement that fails ends the transaction.
  if (Array.isArray(reply.writeErrors) && reply.writeErrors.length > 0) sessions.abort(session.id);
  return reply;
}

function contextFor(
  request: Request,
  session: SessionNumbers | undefined,
  around: Surroundings,
  view: Context['view'],
): Context {
  const limit = optionalNumber(request.body, 'maxTimeMS');
  return {
    ...around,
    request,
    db: request.db,
    body: request.body,
    view,
    session: session?.id ?? '',
    deadline: limit && request.name !== 'getMore' ? performance.now() + limit : undefined,
  };
}

/** There is one member: more than one cannot confirm. */
function withWriteConcern(request: Request, reply: Reply): Reply {
  const concern = field(request.body, 'writeConcern');
  const wanted = isDocument(concern) ? field(concern, 'w') : undefined;
  const enough = wanted === undefined || wanted === 'majority' || (isNumeric(wanted) && toNumber(wanted) <= 1);
  if (enough) return reply;
  return {
    ...reply,
    writeConcernError: { code: 100, codeName: 'UnsatisfiableWriteConcern', errmsg: 'Not enough data-bearing nodes' },
  };
}
