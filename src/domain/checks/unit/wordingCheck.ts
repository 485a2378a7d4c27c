import { freeFactsIn, isRound } from '../freeFacts.ts';
import { wrongWords } from '../wording.ts';
import { numbersOf } from './numbers.ts';
import type { LooksAt, Said } from './unitFinding.ts';

/** Terms of the avoid-list and red lines of the language. Where nobody has written a list, nothing is claimed. */
export const wordingCheck: LooksAt = ({ segment, kind, target, rules }) =>
  rules === null
    ? []
    : wrongWords({ id: segment, kind }, target, rules).map(
        ({ code, ...data }): Said => ({ check: code, level: 'error', data: { ...data } }),
      );

/** Emergency numbers are among the low round ones (110, 180); higher round ones are amounts and metres. */
const lowest = 200;

/**
 * A number to call or an address that is typed into the text: a corrected fact would not reach it. Numbers of the source
 * are the authority's words, and the same in every country.
 */
export const freeFactCheck: LooksAt = ({ source, target }) => {
  const own = new Set(numbersOf(source).flatMap(({ text, readings }) => [text, ...readings]));
  const addresses = new Set(freeFactsIn(source).map(({ value }) => value));
  return freeFactsIn(target)
    .filter(({ value }) => !own.has(value) && !addresses.has(value))
    .filter(({ value }) => !(isRound(value) && Number(value) >= lowest))
    .map(({ value }): Said => ({ check: 'freeFact', level: 'error', data: { value } }));
};
