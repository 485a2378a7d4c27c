import { placeholdersOf } from '../package/placeholders.ts';

/** How two English texts differ, the weightiest first. */
export type WordingDifference = 'facts' | 'numbers' | 'negation' | 'case' | 'punctuation' | 'typo' | 'wording';

const negations = new Set(
  'no not never none nobody nothing nowhere neither nor cannot without unless except stop avoid refuse hardly'.split(
    ' ',
  ),
);
const negativePrefix = /^(?:un|in|im|il|ir|dis|non|mis)/;
const numberWords = new Set(
  'two three four five six seven eight nine ten eleven twelve dozen hundred thousand half once twice first second third'.split(
    ' ',
  ),
);

/** What kind of difference lies between two English texts that differ. */
export function compareWording(before: string, after: string): WordingDifference {
  if (factsOf(before) !== factsOf(after)) return 'facts';
  const [old, now] = [wordsOf(before), wordsOf(after)];
  if (numbersOf(old) !== numbersOf(now)) return 'numbers';
  if (negationsOf(old) !== negationsOf(now)) return 'negation';
  const [oldLetters, newLetters] = [lettersOf(old), lettersOf(now)];
  if (oldLetters === newLetters) return 'punctuation';
  if (oldLetters.toLowerCase() === newLetters.toLowerCase()) return 'case';
  if (old.length !== now.length) return 'wording';
  const pairs = old.map((word, index) => [word.toLowerCase(), (now[index] as string).toLowerCase()] as const);
  const differing = pairs.filter(([a, b]) => a !== b);
  if (differing.some(([a, b]) => isNegated(a, b) || isNegated(b, a))) return 'negation';
  return differing.every(([a, b]) => isTypo(a, b)) ? 'typo' : 'wording';
}

/** Words, and numbers in any script's digits; punctuation, hyphens and marks of Markdown are left out. */
function wordsOf(text: string): readonly string[] {
  return text.normalize('NFC').match(/\p{Nd}+(?:[.,:]\p{Nd}+)*|[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu) ?? [];
}

function lettersOf(words: readonly string[]): string {
  return words.join('').replace(/['’]/g, '');
}

/** The facts and the addresses that a text names. */
function factsOf(text: string): string {
  const facts = placeholdersOf(text).map(({ key, form }) => `${key}|${form ?? ''}`);
  return [...facts, ...(text.match(/https?:\/\/[^\s)>]+/gi) ?? [])].sort().join(' ');
}

function numbersOf(words: readonly string[]): string {
  return words
    .filter((word) => /^\p{Nd}/u.test(word) || numberWords.has(word.toLowerCase()))
    .join(' ')
    .toLowerCase();
}

function negationsOf(words: readonly string[]): number {
  return words.filter((word) => negations.has(word.toLowerCase()) || /n['’]t$/i.test(word)).length;
}

function isNegated(word: string, other: string): boolean {
  return negativePrefix.test(other) && other.replace(negativePrefix, '') === word;
}

/** One letter wrong in a word of four or more, two in one of eight or more; an ending added or lost is no typo. */
function isTypo(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  if (shorter < 4 || a.startsWith(b) || b.startsWith(a)) return false;
  return distance(a, b) <= (shorter >= 8 ? 2 : 1);
}

/** Letters to insert, delete, replace, or swap with their neighbour. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const above = rows[i - 1] as number[];
      let least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (rows[i - 2]?.[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}
