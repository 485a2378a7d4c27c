import { CommandError } from '../errors.ts';
import { pause } from '../query/work.ts';
import { Blocked } from '../storage/committed.ts';
import { storageError } from '../storage/engine.ts';
import { type Request, waiting } from './command.ts';
import { errorReply, type Surroundings } from './dispatch.ts';
import { answerFailed, type Ran } from './failedBatch.ts';
import { Running } from './running.ts';

const mostInBatch = 1000;
const longestBatch = 25;
const longestUncommitted = 50;
/** A write that meets one open transaction after another gives up after this long, in milliseconds. */
const longestWait = 5 * 60_000;

/**
 * Runs requests in turn. All that have come in by the time it looks share one SQLite commit, and none is answered
 * before what it wrote, or may have read, is on the disk. A request that takes long is parked after each slice of its
 * work, and goes on when those that came meanwhile have had theirs.
 */
export class Queue {
  readonly #surroundings: Surroundings;
  #requests: Running[] = [];
  /** Under way: one slice of the first of them in each round. */
  #parked: Running[] = [];
  /** Wait for the end of a transaction, or of a command of the same session. */
  #blocked = new Set<Running>();
  /** Which command of a session is under way. */
  readonly #sessions = new Map<string, Running>();
  /** Those under way that wrote, or may have read, what is not on the disk yet. */
  readonly #uncommitted = new Set<Running>();
  #committed = 0;
  readonly #gone = new Set<number>();
  #scheduled = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    surroundings.sessions.onEnd = () => this.#retry();
  }

  add(request: Request): void {
    this.#requests.push(new Running(request, this.#surroundings));
    this.#schedule();
  }

  /** A client that is gone needs no answer to what waits, and nothing more to be read for it. */
  forget(connection: number): void {
    this.#gone.add(connection);
    const isOf = (running: Running) => running.request.connection === connection;
    for (const running of this.#blocked)
      if (isOf(running) && this.#sessions.get(running.numbered) !== running) this.#blocked.delete(running);
    for (const running of this.#parked) {
      if (isOf(running) && running.onlyReads) running.work.stop(new CommandError(279, 'the client is gone'));
    }
    this.#surroundings.sessions.disconnected(connection);
    setImmediate(() => this.#gone.delete(connection));
  }

  /** How many requests wait for a transaction to end. */
  get waiting(): number {
    return this.#blocked.size;
  }

  /** How many requests are parked between two slices. */
  get underWay(): number {
    return this.#parked.length;
  }

  /** Nothing more is run. */
  close(): void {
    clearTimeout(this.#timer);
    this.#requests = [];
    this.#parked = [];
    this.#blocked.clear();
  }

  #retry(): void {
    if (this.#blocked.size === 0) return;
    for (const running of this.#blocked) running.state = 'queued';
    this.#requests = [...this.#blocked, ...this.#requests];
    this.#blocked.clear();
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#drain());
  }

  #drain(): void {
    this.#scheduled = false;
    const started = performance.now();
    const answers: Ran[] = [];
    const parked = this.#parked.shift();
    if (parked) this.#step(parked, answers);
    const batch = this.#requests;
    this.#requests = [];
    let at = 0;
    while (at < batch.length && at < mostInBatch && performance.now() - started < longestBatch) {
      const running = batch[at++] as Running;
      // A write that nobody waits for is still made; a transaction without its client is not begun.
      if (running.request.body.autocommit === false && this.#gone.has(running.request.connection)) continue;
      this.#step(running, answers);
    }
    if (at < batch.length) this.#requests = [...batch.slice(at), ...this.#requests];
    if (this.#requests.length > 0 || this.#parked.length > 0) this.#schedule();
    this.#finish(answers);
  }

  #step(running: Running, answers: Ran[]): void {
    const { numbered } = running;
    const { engine } = this.#surroundings;
    const before = this.#sessions.get(numbered);
    if (before && before !== running) {
      this.#block(running);
      return;
    }
    try {
      const outcome = running.step();
      if (outcome === pause || outcome === waiting) {
        if (numbered !== '') this.#sessions.set(numbered, running);
        if (engine.isWriting) this.#uncommitted.add(running);
        if (outcome === waiting) this.#block(running);
        else this.#park(running);
        return;
      }
      answers.push({ request: running.request, reply: outcome, holds: !engine.isWriting, wrote: running.hasWritten });
    } catch (error) {
      if (error instanceof Blocked) {
        this.#block(running);
        return;
      }
      const reply = errorReply(storageError(error));
      answers.push({ request: running.request, reply, holds: !engine.isWriting, wrote: running.hasWritten });
    }
    running.state = 'over';
    this.#uncommitted.delete(running);
    if (before) {
      this.#sessions.delete(numbered);
      this.#retry();
    }
  }

  #park(running: Running): void {
    running.state = 'parked';
    running.waitingSince = undefined;
    this.#parked.push(running);
  }

  #block(running: Running): void {
    running.state = 'blocked';
    running.waitingSince ??= performance.now();
    this.#blocked.add(running);
    this.#watch();
  }

  /** Ends what has waited too long, and looks again when the next would have. */
  #watch(): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    let first = Number.POSITIVE_INFINITY;
    for (const running of this.#blocked) {
      const { deadline } = running.work;
      const until = Math.min(deadline ?? Number.POSITIVE_INFINITY, (running.waitingSince ?? now) + longestWait);
      if (until > now) {
        first = Math.min(first, until);
        continue;
      }
      running.failure =
        until === deadline
          ? new CommandError(50, 'operation exceeded time limit')
          : new CommandError(112, 'the write waited too long for open transactions');
      this.#blocked.delete(running);
      running.state = 'queued';
      this.#requests.push(running);
      this.#schedule();
    }
    if (first < Number.POSITIVE_INFINITY) this.#timer = setTimeout(() => this.#watch(), first - now + 1).unref();
  }

  /** Makes durable at once what slices of long work have written. */
  flush(): void {
    this.#commit([]);
  }

  #finish(answers: readonly Ran[]): void {
    // Nobody waits for the disk yet: slices of long writes that come one after the other share a flush.
    const next = this.#requests.length > 0 || this.#parked.length > 0;
    if (answers.length === 0 && next && performance.now() - this.#committed < longestUncommitted) return;
    this.#commit(answers);
  }

  #commit(answers: readonly Ran[]): void {
    const { engine, cursors } = this.#surroundings;
    this.#committed = performance.now();
    try {
      engine.commit();
    } catch (error) {
      for (const request of answerFailed(answers, error, cursors)) this.add(request);
      for (const running of this.#uncommitted) running.lose(storageError(error));
      this.#uncommitted.clear();
      this.#retry();
      return;
    }
    this.#uncommitted.clear();
    for (const { request, reply } of answers) request.answer(reply);
  }
}
