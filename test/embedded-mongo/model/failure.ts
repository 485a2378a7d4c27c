/** An error that MongoDB would answer with, by its number. */
export class Failure extends Error {
  readonly code: number;
  /** Another number that may come instead, where a command has two mistakes; null: none. */
  readonly or: number | null;
  constructor(code: number, or: number | null = null) {
    super(`error ${code}`);
    this.code = code;
    this.or = or;
  }

  allows(code: number): boolean {
    return code === this.code || code === this.or;
  }
}
