import type { DrawingText } from '../drawing/labelDrawing.ts';
import type { DeckSlide } from '../slides/deck.ts';
import { pictureRoom, wordsRoom } from '../slides/fitWords.ts';
import type { SetBlock } from '../typst/pdfInput.ts';
import { places } from './places.ts';
import { type Box, pictureXml, shapeXml } from './shapeXml.ts';
import { paragraphXml, type Voice } from './textXml.ts';

/** A picture as Office reads it, and the words that stand over it, in its own units. */
export type DeckPicture = {
  readonly type: 'png' | 'jpeg';
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly texts: readonly DrawingText[];
};
/** By the key that a slide's picture names. */
export type DeckPictures = Readonly<Record<string, DeckPicture>>;

/** A shape that waits for its number on the slide. */
export type Draw = (id: number) => string;
/** The file that a shape shows; gives the relation of the slide to it. */
export type Relate = (file: { readonly picture: string } | { readonly qr: string }) => string;

/** The picture of a slide, its words over it, and whom to thank. Throws where it is missing. */
export function pictureShapes(
  slide: Extract<DeckSlide, { kind: 'words' }>,
  voice: Voice,
  pictures: DeckPictures,
  relate: Relate,
): readonly Draw[] {
  const { picture: block } = slide;
  if (block?.drawing === undefined) return [];
  const { key, alt, credit } = block.drawing;
  const picture = pictures[key];
  if (picture === undefined) throw new Error(`There is no picture for ${key}`);
  const credited = credit.length > 0 ? 24 : 0;
  const box = pictureBox(picture, slide.zones.length > 0, wordsRoom.height - credited);
  const unit = box.width / picture.width;
  const relation = relate({ picture: key });
  return [
    (id) => pictureXml(id, 'Picture', alt, relation, box, voice.rtl),
    ...picture.texts.map(
      (text): Draw =>
        (id) =>
          labelShape(id, text, box, unit, voice),
    ),
    ...(credited === 0 ? [] : [(id: number) => creditShape(id, block, box, voice)]),
  ];
}

/** As large as its place allows, in its own proportions. */
function pictureBox({ width, height }: DeckPicture, beside: boolean, tallest: number): Box {
  const room = beside ? pictureRoom.picture : wordsRoom.width;
  const unit = Math.min(room / width, tallest / height);
  const [wide, tall] = [width * unit, height * unit];
  const start = places.words.x + wordsRoom.width - room;
  return { x: start + (room - wide) / 2, y: places.words.y + (tallest - tall) / 2, width: wide, height: tall };
}

/** A word over a drawing. Drawings know left and right, boxes the start: in a right-to-left deck it is counted back. */
function labelShape(id: number, text: DrawingText, box: Box, unit: number, voice: Voice): string {
  const width = text.width * unit;
  const height = text.size * unit * 2.6;
  const middle = voice.rtl ? box.width - text.x * unit : text.x * unit;
  const place = { x: box.x + middle - width / 2, y: box.y + text.y * unit - height / 2, width, height };
  const style = { size: text.size * unit, bold: text.bold, align: 'center' } as const;
  const paragraphs = [paragraphXml([{ kind: 'text', text: text.text }], style, voice)];
  return shapeXml(id, { name: 'Label', box: place, anchor: 'ctr', paragraphs }, voice.rtl);
}

function creditShape(id: number, { drawing }: SetBlock, box: Box, voice: Voice): string {
  const place = { x: box.x, y: box.y + box.height + 4, width: Math.max(box.width, 200), height: 18 };
  const paragraphs = [paragraphXml(drawing?.credit ?? [], { size: 11, colour: 'second' }, voice)];
  return shapeXml(id, { name: 'Credit', box: place, paragraphs }, voice.rtl);
}
