import { CommandError } from '../errors.ts';

/** What long work gives in the place of a result when others should have their turn; it goes on when asked again. */
export const pause = Symbol('pause');
export type Pause = typeof pause;

const sliceMilliseconds = 4;

/**
 * The time that one command, or one cursor, may use: slices of a few milliseconds between which others run, and the
 * limit of `maxTimeMS`, which counts while the work is under way and stands still while nobody asks for more.
 */
export class Work {
  #sliceEnd = Number.POSITIVE_INFINITY;
  #deadline: number | undefined;
  #left: number | undefined;
  #stopped: CommandError | undefined;
  #kept = false;

  /** `limit` in milliseconds from now on; undefined is without limit. */
  constructor(limit?: number) {
    this.#deadline = limit === undefined ? undefined : performance.now() + limit;
  }

  /** From here on a slice runs. */
  begin(): void {
    this.#sliceEnd = performance.now() + sliceMilliseconds;
  }

  /** From here on the work has to be done in one go, as what it wrote must not be seen in part. */
  keepTogether(): void {
    this.#kept = true;
  }

  /** Ends the work with an error at its next look. */
  stop(reason: CommandError): void {
    this.#stopped = reason;
  }

  /** Whether it has to end, rather than only one of its statements. */
  get isStopped(): boolean {
    return this.#stopped !== undefined;
  }

  /** Looks at the clock: whether others should have their turn. Throws where the work has to end. */
  isDue(): boolean {
    if (this.#stopped) throw this.#stopped;
    if (this.#deadline === undefined && this.#kept) return false;
    const now = performance.now();
    if (this.#deadline !== undefined && now > this.#deadline) {
      this.#stopped = new CommandError(50, 'operation exceeded time limit');
      throw this.#stopped;
    }
    return !this.#kept && now > this.#sliceEnd;
  }

  /** Nobody waits for the next results: the limit stands still until {@link resume}. */
  rest(): void {
    this.#left = this.#deadline === undefined ? undefined : Math.max(0, this.#deadline - performance.now());
    this.#deadline = undefined;
  }

  resume(): void {
    if (this.#left !== undefined) this.#deadline = performance.now() + this.#left;
    this.#left = undefined;
  }

  /** When the limit is reached, in milliseconds of `performance.now()`. */
  get deadline(): number | undefined {
    return this.#deadline;
  }
}

/** The results alone, for work that was not given any {@link Work} and so never pauses. */
export function* withoutPauses<T>(items: Iterable<T | Pause>): Generator<T> {
  for (const item of items) if (item !== pause) yield item as T;
}

/** Does something to each result and lets pauses through. */
export function* mapped<T, U>(items: Iterable<T | Pause>, change: (item: T) => U): Generator<U | Pause> {
  for (const item of items) yield item === pause ? pause : change(item as T);
}

/** Those that pass a test, and pauses. */
export function* filtered<T>(items: Iterable<T | Pause>, passes: (item: T) => boolean): Generator<T | Pause> {
  for (const item of items) if (item === pause || passes(item as T)) yield item;
}

/** All of them as a list; to be used with `yield*`, so that pauses get through. */
export function* gathered<T>(items: Iterable<T | Pause>): Generator<Pause, T[]> {
  const list: T[] = [];
  for (const item of items) {
    if (item === pause) yield pause;
    else list.push(item as T);
  }
  return list;
}
