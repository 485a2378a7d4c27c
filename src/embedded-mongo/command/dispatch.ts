import { decode } from '../bson/decode.ts';
import type { Reply } from '../bson/encode.ts';
import { CommandError, notOffered } from '../errors.ts';
import type { Work } from '../query/work.ts';
import type { Engine } from '../storage/engine.ts';
import { readSession } from '../storage/sessionRecord.ts';
import type { Command, Context, Request, ServerFacts, Steps } from './command.ts';
import { commands } from './commands.ts';
import { cursorOwner } from './cursorOwner.ts';
import type { Cursors } from './cursors.ts';
import { endsTransaction } from './envelope.ts';
import { SessionProgress } from './progress.ts';
import { refusedCommands } from './refused.ts';
import { noSuchTransaction, partOfTransaction, tooOld } from './sessionErrors.ts';
import type { SessionFields } from './sessionFields.ts';
import type { Sessions } from './sessions.ts';

export { errorReply } from './answerError.ts';

export interface Surroundings {
  readonly engine: Engine;
  readonly cursors: Cursors;
  readonly sessions: Sessions;
  readonly server: ServerFacts;
}

type Numbered = SessionFields & { readonly number: bigint };

const retryable: ReadonlySet<string> = new Set(['insert', 'update', 'delete', 'findAndModify', 'findandmodify']);

/** The command of this name. Throws NotImplemented for one that only MongoDB has, and CommandNotFound. */
export function commandOf(name: string): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return command;
  if (refusedCommands.has(name)) throw notOffered(`the command '${name}'`);
  throw new CommandError(59, `no such command: '${name}'`);
}

/** Whether the command may stand in a transaction, or have a number: asked before it touches one. */
export function checkPlace(name: string, command: Command, session: SessionFields | undefined): void {
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

/** Runs a command that has been checked, within its session. */
export function* answer(
  request: Request,
  command: Command,
  session: SessionFields | undefined,
  around: Surroundings,
  work: Work,
): Steps {
  if (session) around.sessions.touch(session.id);
  if (!isNumbered(session))
    return yield* replyOf(command.run(contextFor(request, session, around, around.engine.committed, work)));
  if (session.inTransaction) return yield* inTransaction(request, command, session, around, work);
  return yield* onlyOnce(request, command, session, around, work);
}

function isNumbered(session: SessionFields | undefined): session is Numbered {
  return session?.number !== undefined;
}

function* replyOf(given: Reply | Steps): Steps {
  return Symbol.iterator in given ? yield* given as Steps : given;
}

/** A retryable write: a second try with the same number gets the first answer again. */
function* onlyOnce(request: Request, command: Command, session: Numbered, around: Surroundings, work: Work): Steps {
  const { engine, sessions } = around;
  const { number } = session;
  const record = readSession(engine.connection, session.lsid);
  if (record && record.number > number) throw tooOld(number, record.number);
  if (record?.number === number && record.committed) throw partOfTransaction();
  const before = record?.number === number && record.reply ? decode(record.reply) : undefined;
  const progress = new SessionProgress(engine, session.lsid, number, before);
  if (before && !progress.done) return before as Reply;
  sessions.write(session.id, number);
  const context = contextFor(request, session, around, engine.committed, work);
  const reply = yield* replyOf(command.run({ ...context, progress }));
  progress.write(reply);
  return reply;
}

function* inTransaction(
  request: Request,
  command: Command,
  session: Numbered,
  around: Surroundings,
  work: Work,
): Steps {
  const { sessions, engine } = around;
  const { id, number } = session;
  if (endsTransaction(request.name)) {
    return yield* replyOf(command.run(contextFor(request, session, around, engine.committed, work)));
  }
  const record = readSession(engine.connection, session.lsid);
  if (record && record.number > number) throw tooOld(number, record.number);
  const transaction = sessions.enter(session, request.connection, record);
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
  if (Array.isArray(reply.writeErrors) && reply.writeErrors.length > 0) sessions.abort(id, number);
  return reply;
}

function contextFor(
  request: Request,
  session: SessionFields | undefined,
  around: Surroundings,
  view: Context['view'],
  work: Work,
): Context {
  const { id = '', number, inTransaction: within } = session ?? {};
  return {
    ...around,
    request,
    db: request.db,
    body: request.body,
    view,
    sessionFields: session,
    // The cursors of a transaction end with it, those of the session beside it do not.
    session: within && number !== undefined ? cursorOwner(id, number) : id,
    work,
    progress: undefined,
  };
}
