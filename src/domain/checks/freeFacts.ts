import { splitPlaceholders } from '../package/placeholders.ts';
import { westernDigits } from './unit/numbers.ts';

// Three digits or more in a row, or groups of two and more: ages and counts have fewer, prices and shares say what they are.
const longNumber = /(?<![\d.,])\d{3,}(?:[ \u00a0-]\d{2,})*(?![\d.,]?\d)(?!\s?[%٪])/g;
const groups = /(?<![\d.,])\d{2,}(?:[.][\d]{2,}){2,}(?!\d)|(?<![\d.,])\d{2}(?:[ \u00a0]\d{2}){2,}(?!\d)/g;
const endings = 'com|org|net|gov|info|edu|int|eu|tr|eg|uk|de|ch|fr|es|br|ke|au|nl|pl|jp|kr|cn|za|ng';
const address = new RegExp(
  `\\bhttps?:\\/\\/\\S+|\\bwww\\.\\S+|[\\w.+-]+@[\\w-]+\\.\\w+|\\b[a-z0-9][a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.(?:${endings})\\b`,
  'gi',
);

/** A number to call or an address that stands in a text instead of the country's fact. */
export type FreeFact = { readonly value: string; readonly kind: 'address' | 'number' };

/** The numbers to call and the addresses that a text holds outside its facts, in digits from 0 to 9. */
export function freeFactsIn(text: string): readonly FreeFact[] {
  const words = westernDigits(
    splitPlaceholders(text)
      .map((part) => (part.kind === 'words' ? part.text : ' '))
      .join(''),
  );
  const addresses = [...words.matchAll(address)].map(([value]) => ({ value, kind: 'address' as const }));
  const rest = addresses.reduce((left, { value }) => left.replace(value, ' '), words);
  const numbers = [...rest.matchAll(longNumber), ...rest.matchAll(groups)]
    .map(([value]) => value)
    .filter((value) => !isYear(value));
  return [...[...new Set(numbers)].map((value) => ({ value, kind: 'number' as const })), ...addresses];
}

/** Hundreds and tens as authors write counts, metres and minutes. */
export const isRound = (value: string): boolean => /^[1-9]\d0$/.test(value);
const isYear = (value: string): boolean => /^(?:19|20)\d\d$/.test(value);
