import type { WrittenNumber } from './numbers.ts';

/**
 * How some languages say the numbers from 1 on. Only what stands here is taken for granted; in other languages, and for
 * forms that are missing here, a person looks. A star stands for any ending.
 */
const words: Readonly<Record<string, readonly string[]>> = {
  en: [
    ...['one|once|first|a|an', 'two|twice|second|both', 'three|third', 'four|fourth', 'five|fifth', 'six|sixth'],
    ...['seven*', 'eight|eighth', 'nine|ninth', 'ten|tenth', 'eleven*', 'twelve|twelfth', 'thirteen*', 'fourteen*'],
    ...['fifteen*', 'sixteen*', 'seventeen*', 'eighteen*', 'nineteen*', 'twenty|twentieth'],
  ],
  tr: [
    ...['bir*|ilk*|tek*', 'iki*', 'üç*', 'dört*|dörd*', 'beş*', 'altı*', 'yedi*', 'sekiz*', 'dokuz*', 'on|onu*|onun*'],
    ...['on bir*', 'on iki*', 'on üç*', 'on dört*', 'on beş*', 'on altı*', 'on yedi*', 'on sekiz*', 'on dokuz*'],
    'yirmi*',
  ],
  ar: [
    ...['*واحد*|*أول*|مرة|*أحد*|*إحدى*', '*اثن*|*ثان*|*مرتين*|*ان|*ين|*كلا*|*كلت*', '*ثلاث*|*ثالث*', '*أربع*|*رابع*'],
    ...['*خمس*|*خامس*', '*ست|*ستة*|*سادس*', '*سبع*|*سابع*', '*ثمان*|*ثامن*', '*تسع*|*تاسع*', '*عشر*|*عاشر*'],
  ],
};

const compiled = new Map<string, RegExp>();
const letters = '[\\p{L}\\p{M}]';

function patternOf(language: string, value: number): RegExp | null {
  const name = `${language} ${value}`;
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const spellings = words[language]?.[value - 1];
  if (spellings === undefined) return null;
  const body = spellings.split('|').map((word) => word.replaceAll('*', `${letters}*`).replaceAll(' ', '\\s+'));
  const pattern = new RegExp(`(?<!${letters})(?:${body.join('|')})(?!${letters})`, 'iu');
  compiled.set(name, pattern);
  return pattern;
}

const countOf = ({ readings }: WrittenNumber): number => Number(readings[0]);
/** Up to here languages write numbers as words more often than as figures. */
const largest = 20;

export const smallNumber = {
  /** Whether a writer may have used a word for it. */
  mayBeWord: (number: WrittenNumber): boolean => Number.isInteger(countOf(number)) && countOf(number) <= largest,
  /** Whether the text says the number in a word that we know. */
  says: (text: string, language: string, number: WrittenNumber): boolean =>
    smallNumber.mayBeWord(number) &&
    (patternOf(language, countOf(number))?.test(text.toLocaleLowerCase(language)) ?? false),
};
