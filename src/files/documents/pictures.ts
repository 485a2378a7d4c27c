import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import type { DocxPicture, DocxPictures } from '../../formats/docx/writing.ts';
import { type LabelledDrawing, labelDrawing } from '../../formats/drawing/labelDrawing.ts';
import { letteredSvg } from '../../formats/drawing/letteredSvg.ts';
import type { EpubPicture, EpubPictures } from '../../formats/epub/bookSetting.ts';
import { FileError } from '../../formats/files/fileError.ts';
import { blocksOf } from '../../formats/page/blocksOf.ts';
import type { Block, LessonPage } from '../../formats/page/lessonPage.ts';
import { inGreys } from '../dots.ts';
import type { Drawings } from '../drawings.ts';

/** The bytes of an edition's own picture by their hash: a JPEG. */
export type PictureOf = (hash: string) => Promise<Uint8Array | null>;

/** Dots across a drawing: 285 to the inch at the width of a page. */
const drawingWidth = 2000;

/** Where a document's pictures come from. */
export type PictureSources = {
  readonly drawings: Drawings;
  readonly pictureOf: PictureOf;
  /** How drawings become dots, where that is done elsewhere. */
  readonly dots?: Dots;
};
export type Dots = (svg: string, width: number, dots: number) => Promise<Uint8Array>;

const placing = (page: LessonPage): readonly Block[] =>
  blocksOf(page).filter(({ drawing, picture }) => drawing !== undefined || picture !== undefined);

async function ownPicture(segment: SegmentId, hash: string, { pictureOf }: PictureSources): Promise<Uint8Array> {
  const bytes = await pictureOf(hash);
  if (bytes === null) throw new FileError('pictureMissing', `The picture of ${segment} is not in the archive`);
  return bytes;
}

function svgOf(segment: SegmentId, name: string, { drawings }: PictureSources): string {
  const svg = drawings.get(name);
  if (svg === undefined) throw new FileError('pictureMissing', `There is no drawing ${name} for ${segment}`);
  return svg;
}

/** Everything that a lesson shows, for a book: drawings stay drawings. */
export async function epubPictures(page: LessonPage, sources: PictureSources): Promise<EpubPictures> {
  const found: Record<SegmentId, EpubPicture> = {};
  for (const { segment, drawing, picture } of placing(page)) {
    if (picture !== undefined) {
      found[segment] = { kind: 'file', type: 'jpeg', bytes: await ownPicture(segment, picture.print, sources) };
    } else if (drawing !== undefined) {
      const svg = svgOf(segment, drawing.name, sources);
      found[segment] = { kind: 'drawing', drawing: labelDrawing(svg, drawing.labels, page.imprint.direction) };
    }
  }
  return found;
}

/** Where drawings get their words from: the typesetter, with the project's own fonts. */
export type LettersOf = (drawing: LabelledDrawing) => Promise<string>;

/**
 * The pictures of these blocks for Word, which takes dots. The words of a drawing are outlines before they become dots, so
 * that no font of this machine gets into the file.
 */
export async function docxPictures(
  page: LessonPage,
  blocks: readonly Block[],
  sources: PictureSources,
  lettersOf: LettersOf,
): Promise<DocxPictures> {
  const found: Record<SegmentId, DocxPicture> = {};
  for (const { segment, drawing, picture } of blocks) {
    if (picture !== undefined) {
      const bytes = await ownPicture(segment, picture.print, sources);
      found[segment] = { type: 'jpg', bytes, width: picture.width, height: picture.height };
    } else if (drawing !== undefined) {
      const drawn = labelDrawing(svgOf(segment, drawing.name, sources), drawing.labels, page.imprint.direction);
      const { width, height, texts } = drawn;
      const svg = texts.length === 0 ? drawn.svg : letteredSvg(drawn, await lettersOf(drawn));
      const bytes = await (sources.dots ?? inGreys)(svg, width, drawingWidth);
      found[segment] = { type: 'png', bytes, width, height };
    }
  }
  return found;
}
