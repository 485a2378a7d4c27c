import {
  AlignmentType,
  CheckBox,
  HeadingLevel,
  ImageRun,
  type IParagraphOptions,
  LeaderType,
  Paragraph,
  type ParagraphChild,
  TabStopType,
  TextRun,
} from 'docx';
import { legal } from '../exchange/xmlWords.ts';
import type { SetBlock } from '../typst/pdfInput.ts';
import type { Line } from '../typst/sheetLabels.ts';
import { type Look, runs } from './runs.ts';
import { textWidth } from './styles.ts';
import { inSource, type Writing } from './writing.ts';

export type Level = 1 | 2 | 3 | 4;
const levels = {
  1: HeadingLevel.HEADING_1,
  2: HeadingLevel.HEADING_2,
  3: HeadingLevel.HEADING_3,
  4: HeadingLevel.HEADING_4,
} as const;

/** A paragraph in its direction; none without words, so that no empty lines stand in the document. */
export function paragraph(
  children: readonly ParagraphChild[],
  writing: Writing,
  options: Omit<IParagraphOptions, 'children' | 'text'> = {},
): readonly Paragraph[] {
  if (children.length === 0) return [];
  const direction = writing.direction === 'rtl' ? { bidirectional: true } : {};
  return [new Paragraph({ ...direction, ...options, children: [...children] })];
}

/** `alone`: it may end a page. In the cells of a table the word processor would else keep all rows together. */
export function heading(words: Line, level: Level, writing: Writing, alone = false): readonly Paragraph[] {
  return paragraph(runs(words, writing), writing, { heading: levels[level], ...(alone ? { keepNext: false } : {}) });
}

export function styled(words: Line, style: string, writing: Writing, look: Look = {}): readonly Paragraph[] {
  return paragraph(runs(words, writing, look), writing, { style });
}

/** Where blocks are set: which headings they may have, what marks their points, and how much room pictures have. */
export type Place = {
  readonly level: Level;
  readonly marks: 'points' | 'boxes';
  /** In twentieths of a point. */
  readonly room: number;
  readonly style?: string;
};

const lineOf = (lines: readonly Line[]): Line =>
  lines.flatMap((one, index) => (index === 0 ? one : [{ kind: 'break' }, ...one]));

/** So many characters stand before the line that is written on, over the whole width; more stand above it. */
const shortLabel = 32;
const lengthOf = (line: Line): number => line.reduce((sum, node) => sum + ('text' in node ? node.text.length : 12), 0);

/** A label and a line to write on, as a leader: it keeps its width when the label is changed. */
function writingLine(block: SetBlock, writing: Writing, room: number): readonly Paragraph[] {
  const label = lineOf(block.lines);
  const before = runs(label, writing);
  const gap =
    before.length === 0
      ? []
      : [new TextRun(lengthOf(label) * textWidth > shortLabel * room ? { break: 1 } : { text: ' ' })];
  return paragraph([...before, ...gap, new TextRun({ children: ['\t'] })], writing, {
    style: 'WritingLine',
    tabStops: [{ type: TabStopType.RIGHT, position: room, leader: LeaderType.UNDERSCORE }],
  });
}

function tick(block: SetBlock, writing: Writing): readonly Paragraph[] {
  const words = runs(lineOf(block.lines), writing);
  return paragraph([new CheckBox({ checked: false }), new TextRun({ text: '\u2002' }), ...words], writing, {
    indent: { left: 400, hanging: 400 },
  });
}

/** A page has so much room for the height of a drawing, and of an edition's own picture. In twentieths of a point. */
const tallest = { drawing: 6000, picture: 4530 } as const;
const twipsInPixel = 15;

function picture(block: SetBlock, writing: Writing, room: number): readonly Paragraph[] {
  if (block.drawing === undefined) return block.lines.flatMap((words) => paragraph(runs(words, writing), writing));
  const { key, credit } = block.drawing;
  const file = writing.pictures[key];
  if (file === undefined) throw new Error(`There is no picture for ${key}`);
  const height = credit.length > 0 ? tallest.picture : tallest.drawing;
  const scale = Math.min(room / file.width, height / file.height) / twipsInPixel;
  const image = new ImageRun({
    type: file.type,
    data: file.bytes,
    transformation: { width: Math.round(file.width * scale), height: Math.round(file.height * scale) },
    altText: { name: key, description: legal(writing.alts.get(key) ?? block.drawing.alt) },
  });
  const shown = paragraph([image], writing, { alignment: AlignmentType.CENTER, keepNext: credit.length > 0 });
  return [
    ...shown,
    ...paragraph(runs(credit, writing), writing, { style: 'PictureCaption', alignment: AlignmentType.CENTER }),
  ];
}

function item(block: SetBlock, writing: Writing, marks: Place['marks']): readonly Paragraph[] {
  return block.lines.flatMap((words, index) =>
    paragraph(
      runs(words, writing),
      writing,
      index === 0 ? { numbering: { reference: marks, level: 0 } } : { indent: { left: 400 } },
    ),
  );
}

/** Two frames in a row would become one, were they not set in by different distances. */
const apart = (index: number): NonNullable<IParagraphOptions['indent']> => ({ left: 200 + (index % 2), right: 200 });

/** Segments in reading order. */
export function blocks(segments: readonly SetBlock[], around: Writing, place: Place): readonly Paragraph[] {
  return segments.flatMap((block, index): readonly Paragraph[] => {
    const writing = block.untranslated ? inSource(around) : around;
    const each = (options: Omit<IParagraphOptions, 'children' | 'text'>): readonly Paragraph[] =>
      block.lines.flatMap((words) => paragraph(runs(words, writing), writing, options));
    switch (block.kind) {
      case 'heading':
      case 'step':
        return heading(lineOf(block.lines), place.level, writing);
      case 'item':
        return item(block, writing, place.marks);
      case 'statement':
        return each({ style: 'Statement', indent: apart(index) });
      case 'speech':
        return each({ style: 'Speech' });
      case 'blank':
        return writingLine(block, writing, place.room);
      case 'tick':
        return tick(block, writing);
      case 'picture':
        return picture(block, writing, place.room);
      case 'caption':
        return each({ style: 'PictureCaption' });
      default:
        return each(place.style === undefined ? {} : { style: place.style });
    }
  });
}

export const whole: Place = { level: 2, marks: 'points', room: textWidth };
