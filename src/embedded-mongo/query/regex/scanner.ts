import { CommandError, notOffered } from '../../errors.ts';

/** Reads a pattern character by character. */
export class Scanner {
  readonly #characters: readonly string[];
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
    this.#characters = [...pattern];
  }

  get done(): boolean {
    return this.#at >= this.#characters.length;
  }

  /** The next character, or none at the end. */
  peek(ahead = 0): string {
    return this.#characters[this.#at + ahead] ?? '';
  }

  next(): string {
    const character = this.peek();
    if (character === '') throw this.invalid('the pattern ends too early');
    this.#at++;
    return character;
  }

  /** Steps over a text if it comes next. */
  take(text: string): boolean {
    for (let i = 0; i < text.length; i++) if (this.peek(i) !== text[i]) return false;
    this.#at += text.length;
    return true;
  }

  /** The characters up to one that ends them, which is stepped over. */
  until(end: string): string {
    let text = '';
    while (this.peek() !== end) text += this.next();
    this.#at++;
    return text;
  }

  /** All characters from here on that a test accepts, at most so many. */
  while(accept: RegExp, most = Number.POSITIVE_INFINITY): string {
    let text = '';
    while (text.length < most && accept.test(this.peek())) text += this.next();
    return text;
  }

  invalid(problem: string): CommandError {
    return new CommandError(51091, `Regular expression is invalid: ${problem}: ${this.#pattern}`);
  }

  absent(): CommandError {
    return notOffered(`the regular expression ${this.#pattern}`);
  }
}
