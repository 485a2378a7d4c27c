// Puts drawn glyphs into reading order.

export interface Glyph {
  /** The letters the glyph stands for: several for a ligature, in the order they are read. */
  readonly letters: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

export type Direction = 'ltr' | 'rtl';

/**
 * The lines of a page. Typst draws paragraphs, list items and table cells in reading order; within one line a run of
 * Arabic is drawn from its left end, and runs follow each other in reading order, so there only places count.
 */
export function linesOf(glyphs: readonly Glyph[], base: Direction): string[] {
  return baselines(glyphs.filter((glyph) => !isRepeatedMark(glyph)))
    .flatMap(columns)
    .map((line) => readingOrder(withSpaces(line), base));
}

/** A vowel sign drawn by itself has no width and names its whole cluster, which the base letter names too. */
function isRepeatedMark({ letters, width }: Glyph): boolean {
  return width === 0 && letters.trim() !== '';
}

function baselines(glyphs: readonly Glyph[]): Glyph[][] {
  const found: Glyph[][] = [];
  for (const glyph of glyphs) {
    const line = found.at(-1);
    const before = line?.at(-1);
    if (line && before && Math.abs(glyph.y - before.y) < 0.5 * before.size) line.push(glyph);
    else found.push([glyph]);
  }
  return found;
}

/** Three ems apart is the next column or the other end of a page header, not the next word. */
function columns(line: readonly Glyph[]): Glyph[][] {
  const found: Glyph[][] = [];
  for (const glyph of line.toSorted((one, other) => one.x - other.x)) {
    const before = found.at(-1)?.at(-1);
    if (before && glyph.x - (before.x + before.width) < 3 * glyph.size) found.at(-1)?.push(glyph);
    else found.push([glyph]);
  }
  const firstDrawn = (column: readonly Glyph[]) => Math.min(...column.map((glyph) => line.indexOf(glyph)));
  return found.toSorted((one, other) => firstDrawn(one) - firstDrawn(other));
}

/** The glyphs' letters, with a space where a gap stands for one. */
function withSpaces(line: readonly Glyph[]): string[] {
  return line.flatMap((glyph, at) => {
    const before = line[at - 1];
    const gap = before ? glyph.x - (before.x + before.width) : 0;
    return gap > 0.15 * glyph.size ? [' ', glyph.letters] : [glyph.letters];
  });
}

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;

/**
 * From left to right, as drawn, to the order a person reads who knows which way the document runs: what runs the
 * other way is turned. Digits always run from left to right, in Arabic too, and so does what stands between two
 * of them: a phone number is read as it looks. One that lost its isolation is drawn, and so read, as "111 116".
 */
function readingOrder(drawn: readonly string[], base: Direction): string {
  const directions = drawn.map(directionOf);
  const islands: string[][] = [];
  for (let at = 0; at < drawn.length; ) {
    const length = islandLength(directions.slice(at), base);
    const island = drawn.slice(at, at + Math.max(length, 1));
    islands.push(base === 'ltr' && length > 0 ? island.reverse() : island);
    at += island.length;
  }
  return (base === 'rtl' ? islands.reverse() : islands).flat().join('');
}

function directionOf(letters: string): Direction | 'neutral' {
  if (DIGIT.test(letters)) return 'ltr';
  if (!LETTER.test(letters)) return 'neutral';
  return RIGHT_TO_LEFT.test(letters) ? 'rtl' : 'ltr';
}

/** How many clusters run against `base`: from the first, if it does, to the last that does before `base` returns. */
function islandLength(directions: readonly (Direction | 'neutral')[], base: Direction): number {
  if (directions[0] === base || directions[0] === 'neutral') return 0;
  const end = directions.indexOf(base);
  const reach = end === -1 ? directions : directions.slice(0, end);
  return reach.findLastIndex((direction) => direction !== 'neutral') + 1;
}
