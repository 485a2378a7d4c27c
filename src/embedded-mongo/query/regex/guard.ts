import { createContext, Script } from 'node:vm';
import { CommandError } from '../../errors.ts';
import type { Part } from './part.ts';

/** Steps that a match may take without anybody watching: some milliseconds. */
const mostSteps = 1e7;
/** After so many milliseconds a match is given up, as MongoDB gives one up after a number of steps. */
const mostMilliseconds = 100;
/** What slow matches of one expression may take together, so that many of them do not add up to a standstill. */
const mostTogether = 500;

const place = createContext({ expression: /(?:)/, text: '' }) as { expression: RegExp; text: string };
const script = new Script('expression.exec(text)');

/** An expression that may not stop the engine: a match that could take very long runs under a clock. */
export class Pattern extends RegExp {
  readonly #plain: RegExp;
  readonly #part: Part;
  #spent = 0;

  constructor(part: Part, flags: string) {
    super(part.source, flags);
    this.#plain = new RegExp(part.source, `${flags}g`);
    this.#part = part;
  }

  /** The first match that begins at `from` or behind it. Throws where it takes too long. */
  override exec(text: string, from = 0): RegExpExecArray | null {
    this.#plain.lastIndex = from;
    return this.#isQuick(text.length) ? this.#plain.exec(text) : this.#watched(text);
  }

  override test(text: string): boolean {
    this.#plain.lastIndex = 0;
    return this.#isQuick(text.length) ? this.#plain.test(text) : this.#watched(text) !== null;
  }

  #isQuick(length: number): boolean {
    const { loops, ways } = this.#part;
    // Each way is taken for each letter at most twice.
    return 2 ** Math.min(ways, length * 2) * (length + 1) ** (loops + 1) <= mostSteps;
  }

  #watched(text: string): RegExpExecArray | null {
    const timeout = Math.ceil(Math.min(mostMilliseconds, mostTogether - this.#spent));
    if (timeout <= 0) throw tooSlow();
    const start = performance.now();
    place.expression = this.#plain;
    place.text = text;
    try {
      return script.runInContext(place, { timeout }) as RegExpExecArray | null;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw tooSlow();
      throw error;
    } finally {
      const took = performance.now() - start;
      if (took > 2) this.#spent += took;
      place.text = '';
    }
  }
}

function tooSlow(): CommandError {
  return new CommandError(
    51156,
    'Error occurred while executing the regular expression. Result code: match limit exceeded',
  );
}
