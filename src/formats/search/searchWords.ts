/** A word of a text: where it begins, as written, and as it is compared. */
export type SearchWord = { readonly at: number; readonly text: string; readonly folded: string };

/**
 * Marks that readers leave out or set differently: accents of Latin, Greek and Cyrillic, Hebrew points, Arabic vowel
 * marks, hamza above and below. Vowel signs of Indian and other scripts are letters to their readers and stay.
 */
const marks = /(?=[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}])(?![\u3099\u309a])\p{Mn}/gu;
/** Directions, soft hyphens, joiners, the Arabic stretch, and what stands for an apostrophe. */
const silent = /[\p{Cf}\u0640'’ʼ‘`´]/gu;

/** Letters that do not fall apart into a base and a mark, and letters that people write for one another. */
const alike: Readonly<Record<string, string>> = {
  ı: 'i',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ς: 'σ',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
  ە: 'ه',
};
const alikeLetters = new RegExp(`[${Object.keys(alike).join('')}]`, 'g');

/** Arabic and Persian digits as Latin ones. */
const digit = (letter: string): string => String((letter.codePointAt(0) ?? 0) & 0xf);

function foldWhole(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(marks, '')
    .replace(silent, '')
    .normalize('NFC')
    .replace(alikeLetters, (letter) => alike[letter] ?? letter)
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, digit);
}

/** Letters below this are looked up one by one: Latin, Arabic, and the signs between words. */
const known = 0x2070;
const unknownYet = 0;
const stays = 1;
const changes = 2;
const dependsOnOthers = 3;
const ways = new Uint8Array(known);
const folds: string[] = [];

/** Latin with its accents, Arabic and punctuation: none of them is folded otherwise because of what stands beside it. */
const isAlone = (code: number): boolean =>
  code < 0x250 || (code >= 0x600 && code < 0x700) || (code >= 0x2000 && code < known);

function wayOf(code: number): number {
  const way = ways[code] ?? dependsOnOthers;
  if (way !== unknownYet) return way;
  const letter = String.fromCharCode(code);
  folds[code] = foldWhole(letter);
  const found = !isAlone(code) ? dependsOnOthers : folds[code] === letter ? stays : changes;
  ways[code] = found;
  return found;
}

/**
 * Text as it is compared: small letters, no accents or vowel marks, one shape for letters that people mix up (`İ I ı i`,
 * `أ إ آ ا`, `ى ي`, `ة ه`). The same in every language, so that a search never depends on the machine. Folding twice
 * changes nothing.
 */
export function fold(text: string): string {
  let folded = '';
  let done = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const way = wayOf(code);
    if (way === stays) continue;
    if (way === dependsOnOthers) return foldWhole(text);
    folded += text.slice(done, at) + folds[code];
    done = at + 1;
  }
  return done === 0 ? text : folded + text.slice(done);
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterOf(language: string): Intl.Segmenter {
  const known = segmenters.get(language);
  if (known) return known;
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' });
  segmenters.set(language, segmenter);
  return segmenter;
}

/** The words of a text in any script, in order. `language` is a BCP 47 tag that chose the text. */
export function wordsIn(text: string, language: string): readonly SearchWord[] {
  const words: SearchWord[] = [];
  for (const { segment, index, isWordLike } of segmenterOf(language).segment(text)) {
    if (!isWordLike) continue;
    const folded = fold(segment);
    if (folded !== '') words.push({ at: index, text: segment, folded });
  }
  return words;
}

/** Arabic writes the article and short words before a noun without a space. */
const arabicArticle = /^(?:[وفبك]?ال|لل)(?=\p{Script=Arabic}{3})/u;

/**
 * The forms under which a folded word is kept and looked for: itself, and an Arabic word without its article. Both,
 * because `العاب` (games, without its hamza) only looks as if it had one.
 */
export function formsOf(folded: string): readonly string[] {
  const bare = folded.replace(arabicArticle, '');
  return bare === folded ? [folded] : [folded, bare];
}
