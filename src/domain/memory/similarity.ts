import { distance } from 'fastest-levenshtein';
import { splitPlaceholders } from '../package/placeholders.ts';
import { normalText } from '../package/text.ts';

/** The first of the code points that Unicode leaves to its users: no text has them. */
const privateUse = 0xe000;
const privateUses = 0xf8ff - privateUse + 1;

const letterAt = (place: number): string => String.fromCharCode(privateUse + (place % privateUses));

/**
 * Texts in the form in which they are compared: composed, with single spaces, and every fact as one letter of its own, so
 * that another fact is one change and not twenty. One alphabet serves all texts that are compared with one another.
 */
export class Alphabet {
  readonly #letters = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** Private letters that a text brings along itself are turned into spaces. */
  comparable(text: string): string {
    const parts = splitPlaceholders(normalText(text).replace(/[\ue000-\uf8ff]/g, ' '));
    const whole = parts.map((part) => (part.kind === 'words' ? part.text : this.#letterOf(part.text))).join('');
    return whole.replace(/\s+/gu, ' ').trim();
  }

  #letterOf(fact: string): string {
    const known = this.#letters.get(fact);
    if (known !== undefined) return known;
    // The letter comes from the name, so that it does not matter which text came first.
    let place = 0;
    for (const unit of fact) place = (Math.imul(place, 31) + (unit.codePointAt(0) ?? 0)) >>> 0;
    let letter = letterAt(place);
    while (this.#taken.has(letter) && this.#taken.size < privateUses) letter = letterAt(++place);
    this.#taken.add(letter);
    this.#letters.set(fact, letter);
    return letter;
  }
}

/**
 * How much of two comparable texts is the same, in whole per cent: 100 only when they are equal. Letters that have to be
 * put in, taken out or replaced, of those that the longer text has.
 */
export function likeness(one: string, other: string): number {
  if (one === other) return 100;
  const longer = Math.max(one.length, other.length);
  return Math.min(99, Math.floor((100 * (longer - distance(one, other))) / longer));
}

/** The most that two texts of these lengths can have in common. */
export const likenessLimit = (one: number, other: number): number =>
  Math.floor((100 * Math.min(one, other)) / Math.max(one, other, 1));
