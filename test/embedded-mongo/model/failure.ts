/** An error that MongoDB would answer with, by its number. */
export class Failure extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`error ${code}`);
    this.code = code;
  }
}
