import type { Inline } from '../page/lessonPage.ts';
import { plainText } from '../page/plainText.ts';
import type { SetBlock } from '../typst/pdfInput.ts';
import type { Line } from '../typst/sheetLabels.ts';
import type { SlideZone } from './deck.ts';

/** The room for words under the title, in points of a slide of 960 by 540. */
export const wordsRoom = { width: 856, height: 336 } as const;
/** What the frame of a statement takes of it on both sides, and above and below. */
export const frameRoom = { across: 44, down: 30 } as const;
/** Of the width, for words with a picture beside them, and for the picture. */
export const pictureRoom = { words: 480, picture: 352 } as const;
/** Between two zones. */
export const zoneGap = 16;

/** Letters that are read from the last row of a classroom; the largest that fit are taken. */
const sizes = [48, 44, 40, 36, 32, 28] as const;
/** For one text alone that is too long even so: it is never cut. */
const lastSizes = [26, 24, 22, 20, 18] as const;

/** Letters and signs as wide as they are high: Chinese, Japanese, Korean. */
const square = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]/gu;
const unseen = /\p{M}|\p{Cf}/gu;
const arabic = /\p{Script=Arabic}/gu;
/** The middle width of a letter, in sizes; with room to spare, because the fonts of the reader are not known. */
const letterWidth = 0.52;
export const lineHeight = 1.25;
const paragraphGap = 0.45;

const isPlain = (line: Line): line is readonly Inline[] =>
  line.every(({ kind }) => kind !== 'page' && kind !== 'pages' && kind !== 'pageOfPages');

/** How many widths of a letter a line takes. */
export function letters(line: Line): number {
  const text = isPlain(line) ? plainText([line]).replace(unseen, '') : '';
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return text.length + count(square) * 0.9 - count(arabic) * 0.12;
}

/** On how many rows a line is set, at a size and a width in points. */
export function rowsOf(line: Line, size: number, width: number): number {
  const perRow = Math.max(1, Math.floor(width / (letterWidth * size)));
  return Math.max(1, Math.ceil(letters(line) / perRow));
}

/** The height of a block in points, at a size and a width. */
function blockHeight(block: SetBlock, size: number, width: number): number {
  const indent = block.kind === 'item' || block.kind === 'speech' ? size : 0;
  const rows = block.lines.map((line) => rowsOf(line, size, width - indent));
  return rows.reduce((sum, count) => sum + count * lineHeight * size + paragraphGap * size, 0);
}

/** The height that a zone needs, with its frame. */
export function zoneHeight({ kind, blocks }: SlideZone, size: number, width: number): number {
  const framed = kind === 'statement';
  const room = framed ? width - frameRoom.across : width;
  const words = blocks.reduce((sum, block) => sum + blockHeight(block, size, room), 0);
  return words + (framed ? frameRoom.down : 0);
}

const heightOf = (zones: readonly SlideZone[], size: number, width: number): number =>
  zones.reduce((sum, zone) => sum + zoneHeight(zone, size, width), zoneGap * Math.max(0, zones.length - 1));

/** Each statement in a frame of its own, what lies between in a zone. */
export function zonesOf(blocks: readonly SetBlock[]): readonly SlideZone[] {
  const zones: { kind: SlideZone['kind']; blocks: SetBlock[] }[] = [];
  for (const block of blocks) {
    const last = zones.at(-1);
    if (block.kind === 'statement') zones.push({ kind: 'statement', blocks: [block] });
    else if (last?.kind === 'words') last.blocks.push(block);
    else zones.push({ kind: 'words', blocks: [block] });
  }
  return zones;
}

export type FittedWords = { readonly blocks: readonly SetBlock[]; readonly size: number };

const sizeFor = (blocks: readonly SetBlock[], width: number, from: readonly number[]): number | undefined =>
  from.find((size) => heightOf(zonesOf(blocks), size, width) <= wordsRoom.height);

/**
 * Words on as few slides as keep them readable across a room, in order. One text alone is never cut: it is set smaller.
 */
export function fitWords(blocks: readonly SetBlock[], width: number = wordsRoom.width): readonly FittedWords[] {
  const size = sizeFor(blocks, width, sizes);
  if (size !== undefined) return [{ blocks, size }];
  if (blocks.length < 2) return [{ blocks, size: sizeFor(blocks, width, lastSizes) ?? lastSizes[4] }];
  const cut = cutAt(blocks, width);
  return [...fitWords(blocks.slice(0, cut), width), ...fitWords(blocks.slice(cut), width)];
}

/** The cut that leaves the two halves most alike in height. */
function cutAt(blocks: readonly SetBlock[], width: number): number {
  const smallest = sizes[sizes.length - 1] ?? 28;
  const height = (part: readonly SetBlock[]): number => heightOf(zonesOf(part), smallest, width);
  const cuts = blocks.slice(1).map((_, index) => index + 1);
  const taller = (cut: number): number => Math.max(height(blocks.slice(0, cut)), height(blocks.slice(cut)));
  return cuts.reduce((best, cut) => (taller(cut) < taller(best) ? cut : best), 1);
}
