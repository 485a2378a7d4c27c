import type { Reply } from '../bson/encode.ts';
import { toNumber } from '../bson/number.ts';
import { field, isNumeric } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { Work } from '../query/work.ts';
import { Blocked } from '../storage/committed.ts';
import { storageError } from '../storage/engine.ts';
import type { Request, Step, Steps } from './command.ts';
import { commands } from './commands.ts';
import {
  answer,
  checkRequest,
  failed,
  type SessionNumbers,
  type Surroundings,
  sessionOf,
  withWriteConcern,
} from './dispatch.ts';

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
  readonly #session: SessionNumbers | undefined;
  #steps: Steps;

  constructor(request: Request, surroundings: Surroundings) {
    this.request = request;
    this.#surroundings = surroundings;
    const limit = field(request.body, 'maxTimeMS');
    const milliseconds = isNumeric(limit) && request.name !== 'getMore' ? toNumber(limit) : 0;
    this.work = new Work(milliseconds > 0 ? milliseconds : undefined);
    this.#session = sessionOf(request.body);
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
      return done ? withWriteConcern(this.request, value) : value;
    } catch (error) {
      if (!(error instanceof Blocked))
        return failed(this.request, this.#session, this.#surroundings, storageError(error));
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

  *#begin(): Steps {
    const { request } = this;
    const command = Object.hasOwn(commands, request.name) ? commands[request.name] : undefined;
    if (!command) throw new CommandError(59, `no such command: '${request.name}'`);
    checkRequest(request, command);
    return yield* answer(request, command, this.#session, this.#surroundings, this.work);
  }
}
