import type { Direction } from '../../browser/pdfLines.ts';

/** Marks of direction, soft hyphens. */
const unseen = /[\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069\u00ad\ufeff]/gu;

/** The form in which words are compared: compatible letters, no marks of direction, one space for any white space. */
export const folded = (text: string): string => text.normalize('NFKC').replace(unseen, '').replace(/\s+/gu, ' ').trim();

/** Without vowel signs and tatweel, which readers of a PDF state unreliably. */
export const unvowelled = (text: string): string => folded(text).replace(/[\u0640\u064b-\u065f\u0670]/gu, '');

/** Found from here to there. */
export type Place = { readonly start: number; readonly end: number };

/** Text in which words are looked for one after the other. */
export type Reading = {
  /** Where the words stand, from a place on; null where they do not. */
  readonly find: (words: string, from: number) => Place | null;
  /** The text from a place to another. */
  readonly between: (start: number, end: number) => string;
  readonly length: number;
};

/** Words exactly as expected, however lines break. */
export function exactReading(text: string): Reading {
  const all = folded(text);
  return {
    find: (words, from) => {
      const wanted = folded(words);
      const start = all.indexOf(wanted, from);
      return start < 0 ? null : { start, end: start + wanted.length };
    },
    between: (start, end) => all.slice(start, end),
    length: all.length,
  };
}

/**
 * Letters that every reader states in the same order. `pdftotext` gives lam-alef turned around, and letters under a vowel
 * sign twice: alefs are dropped and doubled letters are one.
 */
const skeleton = (text: string): string =>
  unvowelled(text)
    .toLowerCase()
    .replace(/[\u0622\u0623\u0625\u0627]/gu, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/(.)\1+/gu, '$1');

/** The most lines over which one line of ours may have been broken. */
const mostLines = 4;

/**
 * Right-to-left text of `pdftotext -raw`: lines in the order drawn, the words of a line turned around. Found where a few
 * neighbouring lines hold every word; places are numbers of lines.
 */
export function turnedReading(text: string): Reading {
  const lines = text.split('\n').filter((line) => folded(line) !== '');
  const bones = lines.map(skeleton);
  return {
    find: (words, from) => {
      const wanted = folded(words).split(' ').map(skeleton).filter(Boolean);
      // The earliest end, and from there the latest start: nothing before the words counts as theirs.
      for (let end = from + 1; end <= lines.length; end++) {
        for (let start = end - 1; start >= Math.max(from, end - mostLines); start--) {
          const seen = bones
            .slice(start, end)
            .join('')
            .replace(/(.)\1+/gu, '$1');
          if (wanted.every((word) => seen.includes(word))) return { start, end };
        }
      }
      return null;
    },
    between: (start, end) => folded(lines.slice(start, end).join('\n')),
    length: lines.length,
  };
}

/** As `pdftotext -raw` gives it. */
export const rawReading = (text: string, direction: Direction): Reading =>
  direction === 'rtl' ? turnedReading(text) : exactReading(text);

/** The first of the words that does not stand after those before it; null when all do. */
export function firstOutOfOrder(reading: Reading, all: readonly string[], from = 0): string | null {
  let at = from;
  for (const words of all) {
    const place = reading.find(words, at);
    if (place === null) return words;
    at = place.end;
  }
  return null;
}

/** Whether a value stands there by itself, not as a part of a longer number or word. */
export function standsAlone(value: string, text: string): boolean {
  const quoted = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${quoted}(?![\\p{L}\\p{N}])`, 'u').test(text);
}

/** A word with its place on the page, as `pdftotext -bbox` gives it; lengths in points, y from the top. */
type BoxedWord = { readonly text: string; readonly x: number; readonly y: number };

const attribute = (tag: string, name: string): number => Number(new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1]);
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'" };

/** Lines as the eye sees them, from left to right whatever the script, page by page. */
export function seenLines(boxes: string): readonly (readonly string[])[] {
  return boxes
    .split('<page ')
    .slice(1)
    .map((page) => {
      const words = [...page.matchAll(/<word ([^>]*)>([^<]*)<\/word>/g)].map(
        ([, tag = '', text = '']): BoxedWord => ({
          text: folded(text.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)),
          x: attribute(tag, 'xMin'),
          y: (attribute(tag, 'yMin') + attribute(tag, 'yMax')) / 2,
        }),
      );
      const lines: BoxedWord[][] = [];
      for (const word of words.toSorted((one, other) => one.y - other.y)) {
        const line = lines.at(-1);
        if (line?.[0] !== undefined && Math.abs(line[0].y - word.y) < 3) line.push(word);
        else lines.push([word]);
      }
      return lines.map((line) =>
        line
          .toSorted((one, other) => one.x - other.x)
          .map(({ text }) => text)
          .join(' '),
      );
    });
}
