/** One timer for the earliest of several times. */
export class Wake {
  readonly #run: () => void;
  #timer: NodeJS.Timeout | undefined;
  #time = Number.POSITIVE_INFINITY;

  constructor(run: () => void) {
    this.#run = run;
  }

  /** Runs at this time, by `performance.now()`; who still waits then says so again. */
  at(time: number): void {
    if (time >= this.#time) return;
    clearTimeout(this.#timer);
    this.#time = time;
    // Timers may be a little early; one that is would have to be asked for again at once.
    this.#timer = setTimeout(() => this.#fire(), Math.max(1, Math.ceil(time - performance.now()) + 1));
    this.#timer.unref();
  }

  #fire(): void {
    this.#time = Number.POSITIVE_INFINITY;
    this.#timer = undefined;
    this.#run();
  }
}
