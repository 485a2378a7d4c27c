import type { DeckSlide, SlideCall } from '../slides/deck.ts';
import { letters, lineHeight, rowsOf, wordsRoom } from '../slides/fitWords.ts';
import type { Draw, Relate } from './pictureShapes.ts';
import { places } from './places.ts';
import { pictureXml, shapeXml } from './shapeXml.ts';
import { paragraphXml, type Voice } from './textXml.ts';

type HelpSlide = Extract<DeckSlide, { kind: 'help' }>;

const cellHeight = 160;
/** Frames touch; the second begins where the first ends. */
const cellInset = [16, 10] as const;

/** The numbers in cells, large enough for the last row; services and the day of the check; the code below. */
export function helpShapes(slide: HelpSlide, voice: Voice, relate: Relate): readonly Draw[] {
  const { main, more, notices, check } = slide.help;
  const lines = [
    ...notices.map((notice) => paragraphXml(notice, { size: 16, bold: true }, voice)),
    ...more.map((call) => moreParagraph(call, voice)),
    paragraphXml(check, { size: 14, colour: 'second', before: 4 }, voice),
  ];
  const top = places.words.y + (main.length > 0 ? cellHeight + 8 : 0);
  const box = { x: places.words.x, y: top, width: wordsRoom.width, height: codeTop - 6 - top };
  return [
    ...cells(main, voice),
    (id) => shapeXml(id, { name: 'Help more', box, paragraphs: lines }, voice.rtl),
    ...codeShapes(slide, voice, relate),
  ];
}

/** Labels are bold, and a row too many does no harm; one too few would run into the number. */
const boldWidth = 1.35;

/** Each cell is its label in a frame and the number over it, so that the numbers stand in one row. */
function cells(main: readonly SlideCall[], voice: Voice): readonly Draw[] {
  const width = wordsRoom.width / Math.max(main.length, 1);
  const room = width - 2 * cellInset[0];
  const labelSize = main.length > 2 ? 16 : 18;
  const labelRows = Math.max(...main.map(({ label }) => rowsOf(label, labelSize * boldWidth, room)));
  const longest = Math.max(1, ...main.map(({ call }) => letters(call)));
  const size = Math.max(18, Math.min(54, Math.floor(room / (0.6 * longest))));
  return main.flatMap(({ label, call, note }, index): readonly Draw[] => {
    const cell = { x: places.words.x + index * width, y: places.words.y, width, height: cellHeight };
    const down = cellInset[1] + labelRows * lineHeight * labelSize;
    const number = { ...cell, y: cell.y + down, height: cellHeight - down - 6 };
    const title = [paragraphXml(label, { size: labelSize, bold: true }, voice)];
    const words = [
      paragraphXml(call, { size, font: 'title' }, voice),
      ...(note.length === 0 ? [] : [paragraphXml(note, { size: 15, before: 1 }, voice)]),
    ];
    const name = `Help ${index + 1}`;
    return [
      (id) => shapeXml(id, { name, box: cell, frame: 'thin', inset: cellInset, paragraphs: title }, voice.rtl),
      (id) => shapeXml(id, { name, box: number, inset: [cellInset[0], 0], paragraphs: words }, voice.rtl),
    ];
  });
}

function moreParagraph({ label, call, note }: SlideCall, voice: Voice): string {
  const line = [
    { kind: 'strong', children: label.filter((node) => node.kind === 'text') } as const,
    { kind: 'text', text: ': ' } as const,
    ...note,
    ...(note.length === 0 ? [] : [{ kind: 'text', text: ' ' } as const]),
    ...call,
  ];
  return paragraphXml(line, { size: 16, before: 3 }, voice);
}

const codeTop = 394;
const qrSide = 92;

/** The code to type and, with an address to check at, to scan. */
function codeShapes({ question, how, code, qr }: HelpSlide, voice: Voice, relate: Relate): readonly Draw[] {
  if (code === '') return [];
  const start = places.words.x + (qr === null ? 0 : qrSide + 18);
  const box = { x: start, y: codeTop, width: places.words.x + wordsRoom.width - start, height: qrSide };
  const paragraphs = [
    paragraphXml(question, { size: 16, bold: true }, voice),
    paragraphXml(how, { size: 16, before: 2 }, voice),
    paragraphXml([{ kind: 'number', text: code }], { size: 26, bold: true, before: 2 }, voice),
  ];
  const words: Draw = (id) => shapeXml(id, { name: 'Code', box, anchor: 'ctr', paragraphs }, voice.rtl);
  if (qr === null) return [words];
  const relation = relate({ qr: qr.url });
  const square = { x: places.words.x, y: codeTop, width: qrSide, height: qrSide };
  return [(id) => pictureXml(id, 'QR', qr.alt, relation, square, voice.rtl), words];
}
