import { CommandError } from '../errors.ts';

/** How much the open transactions hold together, and how much they may. */
export class Allowance {
  readonly #most: number;
  #used = 0;

  constructor(mostBytes: number) {
    this.#most = mostBytes;
  }

  /** Counts what a change adds, or (negative) gives back. Throws TransactionTooLargeForCache, with nothing counted. */
  take(bytes: number): void {
    if (bytes > 0 && this.#used + bytes > this.#most) {
      throw new CommandError(
        388,
        `the changes of the open transactions are over the limit of ${this.#most} bytes, so this transaction cannot go on`,
      );
    }
    this.#used += bytes;
  }

  get used(): number {
    return this.#used;
  }
}
