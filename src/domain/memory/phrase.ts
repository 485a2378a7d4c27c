import { foldWord, isUnspaced, type Word } from './words.ts';

type PhraseWord = {
  readonly text: string;
  /** Any ending may follow. */
  readonly open: boolean;
  /** Up to three words may stand before it. */
  readonly gap: boolean;
};

/**
 * Words that are looked for one after another. `*` at a word's end stands for any ending, `…` for up to three words
 * between. `stems`: every word may go on with an ending, as the languages that inflect do.
 */
export type Phrase = { readonly words: readonly PhraseWord[]; readonly unspaced: string | null };

export type PhraseKind = 'words' | 'stems';

const longestGap = 3;

export function phraseOf(text: string, language: string, kind: PhraseKind): Phrase {
  const words: PhraseWord[] = [];
  let gap = false;
  for (const part of text.split(/[\s\-‐‑'’]+/u)) {
    if (part === '…') gap = words.length > 0;
    const letters = part.replace(/[^\p{L}\p{M}\p{N}]/gu, '');
    if (letters === '') continue;
    const folded = foldWord(letters, language);
    words.push({ ...stemOf(folded, kind, part.endsWith('*')), gap });
    gap = false;
  }
  const whole = words.map((word) => word.text).join('');
  return { words, unspaced: isUnspaced(whole) ? whole : null };
}

/** The part of a word that its forms share: without the Arabic article, and without the ة that becomes a ت. */
function stemOf(word: string, kind: PhraseKind, open: boolean): Omit<PhraseWord, 'gap'> {
  if (kind === 'words') return { text: word, open };
  const stem = /^\p{Script=Arabic}/u.test(word) ? word.replace(/^ال(?=..)/, '').replace(/(?<=..)ة$/, '') : word;
  // Two letters begin too many words.
  return { text: stem, open: open || stem.length > 2 };
}

/** The places where a phrase stands: from a word to a word, both counted. */
export function placesOf(words: readonly Word[], phrase: Phrase): readonly (readonly [first: number, last: number])[] {
  if (phrase.words.length === 0) return [];
  if (phrase.unspaced !== null) {
    const { unspaced } = phrase;
    return words.flatMap((word, index) => (word.text.includes(unspaced) ? [[index, index] as const] : []));
  }
  const places: (readonly [number, number])[] = [];
  for (let first = 0; first < words.length; first++) {
    const last = endOf(words, first, phrase.words);
    if (last !== null) places.push([first, last]);
  }
  return places;
}

function endOf(words: readonly Word[], first: number, wanted: readonly PhraseWord[]): number | null {
  let at = first;
  for (const [index, word] of wanted.entries()) {
    if (index > 0) {
      const next = nextOf(words, at, word);
      if (next === null) return null;
      at = next;
    } else if (!fits(words[at], word)) return null;
  }
  return at;
}

function nextOf(words: readonly Word[], at: number, wanted: PhraseWord): number | null {
  const farthest = wanted.gap ? at + 1 + longestGap : at + 1;
  for (let next = at + 1; next <= farthest; next++) {
    const word = words[next];
    if (word === undefined || !word.joined) return null;
    if (fits(word, wanted)) return next;
  }
  return null;
}

function fits(word: Word | undefined, { text, open }: PhraseWord): boolean {
  return word?.forms.some((form) => (open ? form.startsWith(text) : form === text)) ?? false;
}
