import type { Deck, DeckSlide, SlideZone } from '../slides/deck.ts';
import {
  frameRoom,
  letters,
  lineHeight,
  pictureRoom,
  rowsOf,
  wordsRoom,
  zoneGap,
  zoneHeight,
} from '../slides/fitWords.ts';
import { helpShapes } from './helpShapes.ts';
import { type LayoutName, numberField } from './masterXml.ts';
import { type DeckPictures, type Draw, pictureShapes, type Relate } from './pictureShapes.ts';
import { places } from './places.ts';
import { ownColours, partXml, shapeXml, treeXml } from './shapeXml.ts';
import { blockXml, paragraphXml, type Voice } from './textXml.ts';

export const layoutOf: Readonly<Record<DeckSlide['kind'], LayoutName>> = {
  title: 'Title',
  words: 'Words',
  help: 'Help',
};

/** The voice of a deck. */
export const voiceOf = ({ tag, document }: Deck): Voice => ({
  tag,
  rtl: document.direction === 'rtl',
  missing: document.missing,
});

/** A slide; in the order in which it is read out: title, words, pictures, notices, its number. */
export function slideXml(slide: DeckSlide, deck: Deck, pictures: DeckPictures, relate: Relate): string {
  const voice = voiceOf(deck);
  const draws = [
    ...(deck.stamp === '' ? [] : [stamp(deck.stamp, voice)]),
    ...shapesOf(slide, voice, pictures, relate),
    ...noticeShape(deck, voice),
    numberShape(slide, voice),
  ];
  return partXml('sld', '', treeXml(draws.map((draw, index) => draw(index + 2))) + ownColours);
}

function shapesOf(slide: DeckSlide, voice: Voice, pictures: DeckPictures, relate: Relate): readonly Draw[] {
  switch (slide.kind) {
    case 'title':
      return titleShapes(slide, voice);
    case 'words':
      return [titleShape(slide, voice), ...wordShapes(slide, voice), ...pictureShapes(slide, voice, pictures, relate)];
    case 'help':
      return [titleShape(slide, voice), ...helpShapes(slide, voice, relate)];
  }
}

/** On one row where that leaves the letters large, else on two, as far as letters can be counted. */
function titleSize(count: number, large: number): number {
  const oneRow = Math.floor(wordsRoom.width / (0.52 * Math.max(count, 1)));
  if (oneRow >= large * 0.8) return Math.min(large, oneRow);
  return Math.max(20, Math.min(large, Math.floor(oneRow * 2 * 0.9)));
}

const titleShape =
  ({ title }: DeckSlide, voice: Voice): Draw =>
  (id) => {
    const paragraphs = [paragraphXml(title, { size: titleSize(letters(title), 38), font: 'title' }, voice)];
    return shapeXml(id, { name: 'Title', placeholder: 'type="title"', paragraphs }, voice.rtl);
  };

/** The title stands on its rule, and the line above on the title, however many rows it has. */
function titleShapes(slide: Extract<DeckSlide, { kind: 'title' }>, voice: Voice): readonly Draw[] {
  const size = titleSize(letters(slide.title), 52);
  const title = [paragraphXml(slide.title, { size, font: 'title' }, voice)];
  const above = [paragraphXml(slide.above, { size: 22, colour: 'accent' }, voice)];
  const words = slide.blocks.flatMap((block, index) =>
    blockXml({ ...block, kind: 'paragraph' }, 30, voice, index === 0),
  );
  const height = Math.max(rowsOf(slide.title, size, wordsRoom.width), 1) * size * lineHeight + 12;
  const { opening } = places;
  const box = { ...opening, y: opening.y + opening.height - height, height };
  const line = { ...places.above, y: box.y - places.above.height };
  const lesson = { name: 'Lesson', placeholder: 'type="body" sz="quarter" idx="13"', box: line, paragraphs: above };
  const opener = { name: 'Title', placeholder: 'type="title"', box, anchor: 'b', paragraphs: title } as const;
  const body = { name: 'Words', placeholder: 'type="body" idx="1"', paragraphs: words };
  return [opener, lesson, ...(words.length === 0 ? [] : [body])].map(
    (shape): Draw =>
      (id) =>
        shapeXml(id, shape, voice.rtl),
  );
}

type WordsSlide = Extract<DeckSlide, { kind: 'words' }>;

/** Each zone as high as its words need, the last down to the foot. The first is the layout's own place for words. */
function wordShapes(slide: WordsSlide, voice: Voice): readonly Draw[] {
  const { x, y: top } = places.words;
  const width = slide.picture === null ? wordsRoom.width : pictureRoom.words;
  let y: number = top;
  return slide.zones.map((zone, index): Draw => {
    const needs = zoneHeight(zone, slide.size, width);
    const height = Math.max(Math.min(needs, top + wordsRoom.height - y), slide.size * 1.5);
    const box = { x, y, width, height };
    y += height + zoneGap;
    const placeholder = index === 0 ? { placeholder: 'type="body" idx="1"' } : {};
    return (id) =>
      shapeXml(
        id,
        { name: `Words ${index + 1}`, ...placeholder, box, ...zoneLook(zone, slide.size, voice) },
        voice.rtl,
      );
  });
}

function zoneLook(zone: SlideZone, size: number, voice: Voice) {
  const paragraphs = zone.blocks.flatMap((block, index) => blockXml(block, size, voice, index === 0));
  if (zone.kind === 'words') return { paragraphs };
  const inset = [frameRoom.across / 2, frameRoom.down / 2 - 4] as const;
  return { paragraphs, frame: 'heavy', anchor: 'ctr', inset } as const;
}

/** Demonstration and draft: on each slide itself, so that a slide copied elsewhere still says it. */
function noticeShape({ notices }: Deck, voice: Voice): readonly Draw[] {
  if (notices.length === 0) return [];
  const paragraphs = notices.map((notice) =>
    paragraphXml(notice, { size: notices.length > 1 ? 10 : 12, bold: true }, voice),
  );
  return [(id) => shapeXml(id, { name: 'Notice', box: places.notice, anchor: 'ctr', paragraphs }, voice.rtl)];
}

/** Pale, across the slide and behind its words: outlined letters are filled by some programs. */
const stamp =
  (words: string, voice: Voice): Draw =>
  (id) => {
    const box = { x: 130, y: 160, width: 700, height: 220 };
    const paragraphs = [
      paragraphXml([{ kind: 'text', text: words }], { size: 150, bold: true, faint: true, align: 'center' }, voice),
    ];
    return shapeXml(id, { name: 'Stamp', box, turned: -25, anchor: 'ctr', paragraphs }, voice.rtl);
  };

/** Which slide it is; the rest of the foot is the master's. */
const numberShape =
  (slide: DeckSlide, voice: Voice): Draw =>
  (id) => {
    const paragraph = paragraphXml(slide.place, { size: 11, colour: 'second', align: 'end' }, voice);
    const number = { name: 'Number', placeholder: 'type="sldNum" sz="quarter" idx="11"' };
    return shapeXml(id, { ...number, paragraphs: [withField(paragraph, slide)] }, voice.rtl);
  };

/** The slide's own number as a field, in the look of the run that it replaces: right when a teacher moves slides. */
function withField(paragraph: string, { number }: DeckSlide): string {
  const run = new RegExp(
    `<a:r>(<a:rPr(?:(?!</a:rPr>).)*</a:rPr>)<a:t>\u2066?\u200e?${number}\u200e?\u2069?</a:t></a:r>`,
  );
  return paragraph.replace(run, (_, look: string) => numberField(look, String(number)));
}
