import { Blocked } from '../storage/committed.ts';
import { storageError } from '../storage/engine.ts';
import type { Request } from './command.ts';
import { dispatch, errorReply, type Surroundings } from './dispatch.ts';
import { answerFailed, type Ran } from './failedBatch.ts';

const mostInBatch = 1000;
const longestBatch = 50;

/**
 * Runs requests one after the other. All that have come in by the time it looks share one SQLite commit, and none is
 * answered before what it wrote, or may have read, is on the disk.
 */
export class Queue {
  readonly #surroundings: Surroundings;
  #requests: Request[] = [];
  #blocked: Request[] = [];
  readonly #gone = new Set<number>();
  #scheduled = false;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    surroundings.sessions.onEnd = () => this.#retry();
  }

  add(request: Request): void {
    this.#requests.push(request);
    this.#schedule();
  }

  /** A client that is gone needs no answer to what waits. */
  forget(connection: number): void {
    this.#gone.add(connection);
    this.#blocked = this.#blocked.filter((request) => request.connection !== connection);
    this.#surroundings.sessions.disconnected(connection);
    setImmediate(() => this.#gone.delete(connection));
  }

  get waiting(): number {
    return this.#blocked.length;
  }

  #retry(): void {
    if (this.#blocked.length === 0) return;
    this.#requests = [...this.#blocked, ...this.#requests];
    this.#blocked = [];
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
    const batch = this.#requests;
    this.#requests = [];
    const { engine } = this.#surroundings;
    const answers: Ran[] = [];
    let at = 0;
    while (at < batch.length && at < mostInBatch && performance.now() - started < longestBatch) {
      const request = batch[at++] as Request;
      // A write that nobody waits for is still made; a transaction without its client is not begun.
      if (request.body.autocommit === false && this.#gone.has(request.connection)) continue;
      try {
        const reply = dispatch(request, this.#surroundings);
        answers.push({ request, reply, holds: !engine.isWriting, wrote: engine.hasWritten });
      } catch (error) {
        if (error instanceof Blocked) this.#blocked.push(request);
        else answers.push({ request, reply: errorReply(storageError(error)), holds: !engine.isWriting, wrote: false });
      }
    }
    this.#requests = [...batch.slice(at), ...this.#requests];
    if (this.#requests.length > 0) this.#schedule();
    this.#finish(answers);
  }

  #finish(answers: readonly Ran[]): void {
    const { engine, cursors } = this.#surroundings;
    try {
      engine.commit();
    } catch (error) {
      const again = answerFailed(answers, error, cursors);
      if (again.length === 0) return;
      this.#requests = [...again, ...this.#requests];
      this.#schedule();
      return;
    }
    for (const { request, reply } of answers) request.answer(reply);
  }
}
