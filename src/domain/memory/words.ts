import { splitPlaceholders } from '../package/placeholders.ts';

/** A word of a text in the form in which words are compared, and where it stands. */
export type Word = {
  readonly text: string;
  /** The same, and what it may be without particles on its front. */
  readonly forms: readonly string[];
  readonly start: number;
  readonly end: number;
  /** Nothing but space, hyphens, quotation marks or stars lies between it and the word before. */
  readonly joined: boolean;
};

const letters = /[\p{L}\p{M}\p{N}]+/gu;
const plain = /^[a-z0-9]+$/;
const arabic = /[\u0600-\u06ff]/;
const softGap = /^[\s\-‐‑'’‘"“”«»*_]*$/u;
/** Vowel signs and the stretched line of Arabic: written or left out at will. */
const arabicSigns = /[\u064b-\u065f\u0670\u0640]/g;

/** A word in the case and spelling in which it is compared: a Turkish İ is an i, an Arabic alif with hamza is an alif. */
export function foldWord(word: string, language: string): string {
  if (plain.test(word)) return word;
  const lower = word.normalize('NFC').toLocaleLowerCase(language);
  if (!arabic.test(lower)) return lower;
  return lower
    .replace(arabicSigns, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/[ىی]/g, 'ي')
    .replaceAll('ک', 'ك');
}

/** The words of a text; facts in braces are none. */
export function wordsOf(text: string, language: string): readonly Word[] {
  const words: Word[] = [];
  let before = 0;
  let offset = 0;
  for (const part of splitPlaceholders(text)) {
    if (part.kind === 'words') {
      for (const match of part.text.matchAll(letters)) {
        const start = offset + match.index;
        const end = start + match[0].length;
        const joined = words.length > 0 && softGap.test(text.slice(before, start));
        const folded = foldWord(match[0], language);
        words.push({ text: folded, forms: withoutParticles(folded), start, end, joined });
        before = end;
      }
    }
    offset += part.text.length;
  }
  return words;
}

const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Whether a text is in a script that writes its words without spaces. */
export const isUnspaced = (text: string): boolean => unspaced.test(text);

/**
 * What a word may be without the particles that Arabic writes onto its front (and, then, with, for, like, will, the). The
 * word itself comes first.
 */
function withoutParticles(word: string): readonly string[] {
  if (!arabic.test(word)) return [word];
  const found = [word];
  const strip = (pattern: RegExp): void => {
    for (const form of [...found]) {
      const rest = form.replace(pattern, '');
      if (rest.length >= 2 && !found.includes(rest)) found.push(rest);
    }
  };
  strip(/^[وف]/);
  strip(/^(?:لل|[بكلس])/);
  strip(/^ال/);
  return found;
}
