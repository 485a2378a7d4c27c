import { splitPlaceholders } from '../package/placeholders.ts';

/** What is looked for, and what stands in its place. Both are plain words: no patterns. */
export type Replacing = {
  readonly find: string;
  readonly replace: string;
  /** Only where no letter or figure touches it. */
  readonly wholeWord: boolean;
  /** Capitals and small letters are two things. */
  readonly matchCase: boolean;
  /** Vowel signs of Arabic (and the stretching line) count; without it, a text with signs is found by its bare letters. */
  readonly matchMarks: boolean;
  /** Also inside the braces of facts, whose names nobody means when they look for a word. */
  readonly inFacts: boolean;
};

/** A place in a text, from letter to letter (UTF-16, as `slice` counts). */
export type Place = { readonly start: number; readonly end: number };

const marks = /[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]/;
const letter = /[\p{L}\p{M}\p{N}_]/u;

/** Letters of a text as they are compared, each with the place in the text that it comes from. */
type Compared = { readonly text: string; readonly places: readonly Place[] };

/**
 * Takes the text apart into letters with their marks, so that `é` is found however it was typed, and makes each what is
 * compared. A letter may become two (`İ` in English is `i̇`), so each part remembers where it comes from.
 */
function compared(text: string, language: string, { matchCase, matchMarks }: Replacing): Compared {
  let result = '';
  const places: Place[] = [];
  let start = 0;
  for (const whole of text.match(/\P{M}\p{M}*|\p{M}+/gsu) ?? []) {
    const end = start + whole.length;
    const bare = matchMarks ? whole : [...whole].filter((sign) => !marks.test(sign)).join('');
    const form = (matchCase ? bare : bare.toLocaleLowerCase(language)).normalize('NFC');
    result += form;
    for (let index = 0; index < form.length; index++) places.push({ start, end });
    start = end;
  }
  return { text: result, places };
}

/** Where the words are found: from left to right, none inside another, none across the edge of a fact. */
export function findPlaces(text: string, language: string, replacing: Replacing): readonly Place[] {
  const wanted = compared(replacing.find.normalize('NFC'), language, replacing).text;
  if (wanted === '') return [];
  const found: Place[] = [];
  let offset = 0;
  for (const part of replacing.inFacts ? [{ kind: 'words', text } as const] : splitPlaceholders(text)) {
    if (part.kind === 'words') found.push(...placesIn(part.text, offset, text, wanted, language, replacing));
    offset += part.text.length;
  }
  return found;
}

function placesIn(
  words: string,
  offset: number,
  text: string,
  wanted: string,
  language: string,
  replacing: Replacing,
): readonly Place[] {
  const { text: within, places } = compared(words, language, replacing);
  const found: Place[] = [];
  let from = 0;
  while (true) {
    const at = within.indexOf(wanted, from);
    if (at < 0) return found;
    const first = places[at];
    const last = places[at + wanted.length - 1];
    from = at + 1;
    if (first === undefined || last === undefined) continue;
    // A find that begins or ends in the middle of what one letter became is none.
    const splits = places[at - 1]?.start === first.start || places[at + wanted.length]?.start === last.start;
    const place = { start: first.start + offset, end: endOf(words, last.end, replacing) + offset };
    if (splits || (replacing.wholeWord && touchesWord(text, place))) continue;
    found.push(place);
    from = at + wanted.length;
  }
}

/** Marks that were not compared belong to the letter before them. */
function endOf(words: string, end: number, { matchMarks }: Replacing): number {
  let after = end;
  while (!matchMarks && after < words.length && marks.test(words[after] ?? '')) after++;
  return after;
}

/** Whether a letter or a figure stands right before or after. */
function touchesWord(text: string, { start, end }: Place): boolean {
  const before = [...text.slice(Math.max(0, start - 2), start)].at(-1) ?? '';
  const after = [...text.slice(end, end + 2)][0] ?? '';
  return (before !== '' && letter.test(before)) || (after !== '' && letter.test(after));
}

/** The text with the new words in these places; everything between stays as it is, byte for byte. */
export function replaceAt(text: string, places: readonly Place[], words: string): string {
  let result = '';
  let end = 0;
  for (const place of places) {
    result += text.slice(end, place.start) + words;
    end = place.end;
  }
  return result + text.slice(end);
}

/** The text after the replacement; null where nothing is found or nothing changes. */
export function replaceText(text: string, language: string, replacing: Replacing): string | null {
  const places = findPlaces(text, language, replacing);
  if (places.length === 0) return null;
  const result = replaceAt(text, places, replacing.replace);
  return result === text ? null : result;
}
