import { bareText } from '../sentences.ts';
import { means, numbersOf, type WrittenNumber } from './numbers.ts';
import { smallNumber } from './numberWords.ts';
import type { LooksAt, Said } from './unitFinding.ts';

/** Other numerals than digits: Chinese, Ethiopic, Roman in one sign. What they count is not read here. */
const otherNumerals = /[\p{Nl}\p{No}]|[一二三四五六七八九十百千万]/u;

/**
 * The same numbers on both sides, whatever digits they are written with. A small number may be a word on either side,
 * and so may any number where the language counts with other signs than digits: those are to look at, and so are those of
 * a text that is deliberately another one. The rest is wrong.
 */
export const numbersCheck: LooksAt = ({ source, target, language, policy, adapted }) => {
  // A local text is written by each country: its numbers are its own.
  if (policy === 'local') return [];
  const [wanted, found] = [numbersOf(source), numbersOf(target)];
  const missing = lacking(wanted, found).filter((number) => !smallNumber.says(bareText(target), language, number));
  const extra = lacking(found, wanted).filter((number) => !smallNumber.says(bareText(source), 'en', number));
  return [
    ...said('numbersMissing', missing, adapted || otherNumerals.test(target)),
    ...said('numbersExtra', extra, adapted || otherNumerals.test(source)),
  ];
};

function lacking(wanted: readonly WrittenNumber[], found: readonly WrittenNumber[]): readonly WrittenNumber[] {
  return wanted.filter((number) => !found.some((other) => means(number, other)));
}

function said(
  check: 'numbersMissing' | 'numbersExtra',
  numbers: readonly WrittenNumber[],
  mayBeWords: boolean,
): readonly Said[] {
  if (numbers.length === 0) return [];
  const small = mayBeWords || numbers.every((number) => smallNumber.mayBeWord(number));
  const texts = [...new Set(numbers.map(({ text }) => text))];
  return [{ check, level: small ? 'warning' : 'error', data: { numbers: texts } }];
}
