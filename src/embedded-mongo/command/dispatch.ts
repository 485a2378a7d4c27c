import { decode } from '../bson/decode.ts';
import { encode, type Reply } from '../bson/encode.ts';
import { CommandError, notOffered } from '../errors.ts';
import { Blocked } from '../storage/committed.ts';
import type { Engine } from '../storage/engine.ts';
import { readSession, writeSession } from '../storage/sessionRecord.ts';
import { clientError, errorReply, labelsOf } from './answerError.ts';
import type { Command, Context, Request, ServerFacts } from './command.ts';
import { commands } from './commands.ts';
import type { Cursors } from './cursors.ts';
import { checkEnvelope, endsTransaction, maxTime, withWriteConcern } from './envelope.ts';
import { refusedCommands } from './refused.ts';
import { readSessionFields, type SessionFields } from './sessionFields.ts';
import { cursorOwner, partOfTransaction, type Sessions, tooOld } from './sessions.ts';

export { errorReply } from './answerError.ts';

export interface Surroundings {
  readonly engine: Engine;
  readonly cursors: Cursors;
  readonly sessions: Sessions;
  readonly server: ServerFacts;
}

type Numbered = SessionFields & { readonly number: bigint };

const retryable: ReadonlySet<string> = new Set(['insert', 'update', 'delete', 'findAndModify', 'findandmodify']);

/** Runs one request. Blocked passes through: the caller tries again later. */
export function dispatch(request: Request, surroundings: Surroundings): Reply {
  let session: SessionFields | undefined;
  let belongs = false;
  try {
    const command = commandOf(request.name);
    session = readSessionFields(request.body);
    checkPlace(request.name, command, session);
    belongs = session?.inTransaction === true && !endsTransaction(request.name);
    checkEnvelope(request, command, session);
    const reply = surroundings.engine.atomically(() => answer(request, command, session, surroundings));
    surroundings.server.counters.count(request);
    return withWriteConcern(request, reply);
  } catch (error) {
    if (error instanceof Blocked && !isLate(request, surroundings)) throw error;
    const problem =
      error instanceof Blocked
        ? new CommandError(50, 'operation exceeded time limit')
        : clientError(error, request.name);
    // An error ends the transaction that the command belongs to, and no other of its session.
    if (belongs && session?.number !== undefined) surroundings.sessions.abort(session.id, session.number);
    return errorReply(problem, labelsOf(problem, request.name, session));
  }
}

function commandOf(name: string): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return command;
  if (refusedCommands.has(name)) throw notOffered(`the command '${name}'`);
  throw new CommandError(59, `no such command: '${name}'`);
}

/** Whether the command may stand in a transaction, or have a number: asked before it touches one. */
function checkPlace(name: string, command: Command, session: SessionFields | undefined): void {
  if (session?.number === undefined) return;
  if (session.inTransaction) {
    if (!command.inTransaction) throw new CommandError(263, `Cannot run '${name}' in a multi-document transaction.`);
    if (session.starting && (name === 'killCursors' || name === 'getMore' || endsTransaction(name)))
      throw new CommandError(263, `Cannot run ${name} as the first operation in a multi-document transaction.`);
  } else if (!retryable.has(name)) {
    const message = `txnNumber may only be provided for multi-document transactions and retryable write commands. autocommit:false was not provided, and ${name} is not a retryable write command.`;
    throw new CommandError(50768, message);
  }
}

/** Whether a command that waits for a transaction has waited for too long; if not yet, it is looked at again in time. */
function isLate(request: Request, { sessions }: Surroundings): boolean {
  const limit = maxTime(request.body);
  if (limit === undefined) return false;
  const until = request.received + limit;
  if (performance.now() >= until) return true;
  sessions.wakeAt(until);
  return false;
}

function answer(request: Request, command: Command, session: SessionFields | undefined, around: Surroundings): Reply {
  if (session) around.sessions.touch(session.id);
  if (!isNumbered(session)) return command.run(contextFor(request, session, around, around.engine.committed));
  if (session.inTransaction) return inTransaction(request, command, session, around);
  return onlyOnce(request, command, session, around);
}

function isNumbered(session: SessionFields | undefined): session is Numbered {
  return session?.number !== undefined;
}

/** A retryable write: a second try with the same number gets the first answer again. */
function onlyOnce(request: Request, command: Command, session: Numbered, around: Surroundings): Reply {
  const { connection } = around.engine;
  const { number } = session;
  const record = readSession(connection, session.lsid);
  if (record && record.number > number) throw tooOld(number, record.number);
  if (record?.number === number && record.reply) return decode(record.reply) as Reply;
  if (record?.number === number) throw partOfTransaction();
  around.sessions.write(session.id, number);
  const reply = command.run(contextFor(request, session, around, around.engine.committed));
  around.engine.beforeWrite();
  writeSession(connection, session.lsid, { number, committed: false, reply: encode(reply) });
  return reply;
}

function inTransaction(request: Request, command: Command, session: Numbered, around: Surroundings): Reply {
  const { sessions, engine } = around;
  if (endsTransaction(request.name)) return command.run(contextFor(request, session, around, engine.committed));
  const record = readSession(engine.connection, session.lsid);
  if (record && record.number > session.number) throw tooOld(session.number, record.number);
  const transaction = sessions.enter(session, request.connection, record);
  const reply = command.run(contextFor(request, session, around, transaction));
  // As in MongoDB, a statement that fails ends the transaction.
  if (Array.isArray(reply.writeErrors) && reply.writeErrors.length > 0) sessions.abort(session.id, session.number);
  return reply;
}

function contextFor(
  request: Request,
  session: SessionFields | undefined,
  around: Surroundings,
  view: Context['view'],
): Context {
  const limit = maxTime(request.body);
  const { id = '', number, inTransaction: within } = session ?? {};
  return {
    ...around,
    request,
    db: request.db,
    body: request.body,
    view,
    sessionFields: session,
    // The cursors of a transaction end with it, those of the session beside it do not.
    session: within ? cursorOwner(id, number as bigint) : id,
    deadline: limit && request.name !== 'getMore' ? performance.now() + limit : undefined,
  };
}
