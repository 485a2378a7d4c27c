import type { Reply } from '../bson/encode.ts';
import { CommandError } from '../errors.ts';
import { Work } from '../query/work.ts';
import { Blocked } from '../storage/committed.ts';
import { clientError, errorReply, labelsOf } from './answerError.ts';
import type { Request, Step, Steps } from './command.ts';
import { commands } from './commands.ts';
import { answer, checkPlace, commandOf, type Surroundings } from './dispatch.ts';
import { checkEnvelope, endsTransaction, maxTime, withWriteConcern } from './envelope.ts';
import { readSessionFields, type SessionFields } from './sessionFields.ts';

/** One request under way: runs in steps, each of which is undone where it throws. */
export class Running {
  readonly request: Request;
  readonly work: Work;
  /** The session of a numbered command: two of one session never run at once. Empty for all others. */
  readonly numbered: string;
  readonly onlyReads: boolean;
  /** Where the queue keeps it. */
  state: 'queued' | 'parked' | 'blocked' | 'over' = 'queued';
  /** Since when it has been waiting without getting on, in milliseconds of `performance.now()`. */
  waitingSince: number | undefined;
  /** Ends the command at its next step. */
  failure: CommandError | undefined;
  /** Whether one of its steps has written anything. */
  hasWritten = false;
  readonly #surroundings: Surroundings;
  readonly #session: SessionFields | undefined;
  /** The command belongs to a transaction, which ends where it fails. */
  #inTransaction = false;
  #steps: Steps;

  constructor(request: Request, surroundings: Surroundings) {
    this.request = request;
    this.#surroundings = surroundings;
    const limit = request.name === 'getMore' ? undefined : readable(() => maxTime(request.body));
    this.work = new Work(limit);
    this.#session = readable(() => readSessionFields(request.body));
    this.numbered = this.#session?.number === undefined ? '' : this.#session.id;
    const command = Object.hasOwn(commands, request.name) ? commands[request.name] : undefined;
    this.onlyReads = command?.onlyReads === true;
    this.#steps = this.#begin();
  }

  /**
   * Runs until the reply is there or others should have their turn. Blocked passes through, and the request can be
   * stepped again: it begins anew.
   */
  step(): Reply | Step {
    const { failure, work } = this;
    const { engine } = this.#surroundings;
    work.begin();
    if (failure) work.stop(failure);
    try {
      const { done, value } = engine.atomically(() => (failure ? this.#steps.throw(failure) : this.#steps.next()));
      this.hasWritten ||= engine.hasWritten;
      if (!done) return value;
      this.#surroundings.server.counters.count(this.request);
      return withWriteConcern(this.request, value);
    } catch (error) {
      if (!(error instanceof Blocked)) return this.#failed(error);
      this.#steps = this.#begin();
      throw error;
    }
  }

  /** The last commit failed: what it had read or written may not be there any more. */
  lose(reason: CommandError): void {
    // A transaction reads a snapshot and keeps its changes in memory.
    if (this.#session?.inTransaction) return;
    if (!this.hasWritten && this.request.name !== 'getMore') this.#steps = this.#begin();
    else this.failure = reason;
  }

  /** An error ends the transaction that the command belongs to, and no other of its session. */
  #failed(error: unknown): Reply {
    const session = this.#session;
    const { name } = this.request;
    const problem = clientError(error, name);
    if (this.#inTransaction && session?.number !== undefined)
      this.#surroundings.sessions.abort(session.id, session.number);
    return errorReply(problem, labelsOf(problem, name, session));
  }

  *#begin(): Steps {
    const { request } = this;
    const command = commandOf(request.name);
    const session = readSessionFields(request.body);
    checkPlace(request.name, command, session);
    this.#inTransaction = session?.inTransaction === true && !endsTransaction(request.name);
    checkEnvelope(request, command, session);
    return yield* answer(request, command, session, this.#surroundings, this.work);
  }
}

/** What can be read; what cannot is refused when the command runs. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}
