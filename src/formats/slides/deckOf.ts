import type { LessonPage, LessonSlide, Paragraph } from '../page/lessonPage.ts';
import { plainText } from '../page/plainText.ts';
import { documentOf, frameOf } from '../typst/frame.ts';
import type { SetBlock } from '../typst/pdfInput.ts';
import { setBlocks } from '../typst/setBlocks.ts';
import { lessonLine } from '../typst/sheetInput.ts';
import { type Line, labelLine, type SheetLabels, typedLine, wordsLine } from '../typst/sheetLabels.ts';
import type { BareSlide, Deck } from './deck.ts';
import { fitWords, pictureRoom, rowsOf, wordsRoom, zonesOf } from './fitWords.ts';
import { footOf } from './footOf.ts';
import { helpSlide, isOnlyHelp } from './helpSlide.ts';

const sameWords = (title: Paragraph, other: string): boolean => plainText([title]).trim() === other.trim();

/** The first slide: the content's own where it opens with the lesson's title, else one before it. */
function titleSlide(page: LessonPage, labels: SheetLabels, own: LessonSlide | undefined): BareSlide {
  return {
    kind: 'title',
    title: own?.title ?? wordsLine(page.title),
    above: lessonLine(page, labels),
    blocks: setBlocks(own?.lines ?? [], labels),
    notes: setBlocks(own?.notes ?? [], labels),
  };
}

const isPicture = ({ drawing }: SetBlock): boolean => drawing !== undefined;

/** Words with at most one picture beside them; each further picture has a slide of its own. */
function contentSlides(slide: LessonSlide, labels: SheetLabels): readonly BareSlide[] {
  const blocks = setBlocks(slide.lines, labels);
  const notes = setBlocks(slide.notes, labels);
  const [beside = null, ...further] = blocks.filter(isPicture);
  const words = blocks.filter((block) => !isPicture(block));
  const fitted = fitWords(words, beside === null ? undefined : pictureRoom.words);
  const parts = [
    ...fitted.map((part, index) => ({ ...part, picture: index === 0 ? beside : null })),
    ...further.map((picture) => ({ blocks: [], size: 28, picture })),
  ];
  return parts.map(({ blocks: part, size, picture }, index) => ({
    kind: 'words',
    title: parts.length === 1 ? slide.title : [...slide.title, ...partLine(index + 1, parts.length)],
    zones: zonesOf(part),
    picture,
    size,
    notes,
  }));
}

/** ` (2/3)`, which a right-to-left line must not turn around. */
const partLine = (part: number, parts: number): Line => [
  { kind: 'text', text: ' (' },
  ...typedLine(`${part}/${parts}`),
  { kind: 'text', text: ')' },
];

function bareSlides(page: LessonPage, labels: SheetLabels): readonly BareSlide[] {
  const [first] = page.slides;
  const opens = first !== undefined && sameWords(first.title, page.title) && fitsOpening(first, labels);
  const rest = opens ? page.slides.slice(1) : page.slides;
  const last = rest.at(-1);
  const helps = last !== undefined && isOnlyHelp(last, page) ? last : undefined;
  const between = helps ? rest.slice(0, -1) : rest;
  return [
    titleSlide(page, labels, opens ? first : undefined),
    ...between.flatMap((slide) => contentSlides(slide, labels)),
    helpSlide(page, labels, helps),
  ];
}

/** Under a large title there is room for three rows, and none for a picture. */
function fitsOpening({ lines }: LessonSlide, labels: SheetLabels): boolean {
  const blocks = setBlocks(lines, labels);
  const rows = blocks.flatMap((block) => block.lines.map((line) => rowsOf(line, 30, wordsRoom.width)));
  return !blocks.some(isPicture) && rows.reduce((sum, count) => sum + count, 0) <= 3;
}

/**
 * A lesson's slides: the title first, the content's slides, the numbers to call last. Texts too long for one slide go on
 * on another, so that nobody in the last row has to guess. Pure: the same page and labels make the same deck.
 */
export function deckOf(page: LessonPage, labels: SheetLabels): Deck {
  const { notices, stamp } = frameOf(page, labels, [], []);
  const document = documentOf(page, page.title, labels);
  const bare = bareSlides(page, labels);
  return {
    document,
    tag: document.region === '' ? document.language : `${document.language}-${document.region}`,
    notices,
    stamp,
    foot: footOf(page, labels),
    slides: bare.map((slide, index) => ({
      ...slide,
      number: index + 1,
      place: labelLine(labels.slideOf, { slide: index + 1, slides: bare.length }),
    })),
  };
}
