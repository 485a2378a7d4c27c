import type { ExchangeProblem } from '../../domain/exchange/exchangeFile.ts';

/** A whole file refused: why, where (a line, where the reader knows it), and the word that it is about. */
export type ExchangeRefusal = {
  readonly problem: ExchangeProblem;
  readonly line: number | null;
  readonly detail: string;
};

/** Thrown inside the readers; `readExchange` turns it into a value. */
export class Refused extends Error {
  readonly refusal: ExchangeRefusal;
  constructor(problem: ExchangeProblem, line: number | null = null, detail = '') {
    super(problem);
    // What a file says about itself is shown, so it is kept short and without marks that would bend the page.
    this.refusal = { problem, line, detail: detail.replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 120) };
  }
}
