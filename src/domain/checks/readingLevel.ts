import { sentencesOf, wordsOf } from './sentences.ts';

/** How hard a text is to read, on the scale that its language has. */
export type ReadingLevel = {
  /**
   * `grade`: Flesch-Kincaid school grade (English). `ease`: Ateşman's readability, 100 is easiest (Turkish).
   * `words`: words per sentence, where a language has no scale that works without vowel signs (Arabic).
   */
  readonly scale: 'grade' | 'ease' | 'words';
  readonly value: number;
  readonly sentences: number;
  readonly words: number;
};

const vowels: Readonly<Record<string, RegExp>> = { tr: /[aeıioöuüâîû]/giu };

/** Syllables of an English word: groups of vowels, without a silent e at the end. */
function englishSyllables(word: string): number {
  const plain = word.toLowerCase().replace(/[^a-z]/g, '');
  if (plain.length <= 3) return 1;
  const groups = plain.replace(/(?:[^laeiouy]es|[^aeiouytd]ed|[^laeiouy]e)$/, '').match(/[aeiouy]{1,2}/g);
  return Math.max(1, groups?.length ?? 1);
}

/**
 * The level of several texts taken together. Sources: Kincaid et al. 1975 (English), Ateşman 1997 (Turkish).
 * Null for texts without a sentence.
 */
export function readingLevel(texts: readonly string[], language: string): ReadingLevel | null {
  const sentences = texts.flatMap((text) => sentencesOf(text, language));
  const words = sentences.flatMap((sentence) => wordsOf(sentence, language));
  if (sentences.length === 0 || words.length === 0) return null;
  const perSentence = words.length / sentences.length;
  const counts = { sentences: sentences.length, words: words.length };
  if (language === 'en') {
    const syllables = words.reduce((sum, word) => sum + englishSyllables(word), 0) / words.length;
    return { scale: 'grade', value: round(0.39 * perSentence + 11.8 * syllables - 15.59), ...counts };
  }
  const letters = vowels[language];
  if (letters !== undefined) {
    const syllables = words.reduce((sum, word) => sum + (word.match(letters)?.length || 1), 0) / words.length;
    return { scale: 'ease', value: round(198.825 - 40.175 * syllables - 2.61 * perSentence), ...counts };
  }
  return { scale: 'words', value: round(perSentence), ...counts };
}

const round = (value: number): number => Math.round(value * 10) / 10;
