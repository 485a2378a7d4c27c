import sharp from 'sharp';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import type { DocxPicture, DocxPictures } from '../../formats/docx/writing.ts';
import { labelDrawing } from '../../formats/drawing/labelDrawing.ts';
import type { EpubPicture, EpubPictures } from '../../formats/epub/bookSetting.ts';
import { FileError } from '../../formats/files/fileError.ts';
import { blocksOf } from '../../formats/page/blocksOf.ts';
import type { Block, LessonPage } from '../../formats/page/lessonPage.ts';
import type { Drawings } from '../drawings.ts';

/** The bytes of an edition's own picture by their hash: a JPEG. */
export type PictureOf = (hash: string) => Promise<Uint8Array | null>;

/** Dots across a drawing: sharp on paper at the width of a page. */
const drawingWidth = 1600;

/** Where a document's pictures come from. */
export type PictureSources = { readonly drawings: Drawings; readonly pictureOf: PictureOf };

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

/**
 * Whether Word can show these pictures: it takes dots, and words in a drawing would be drawn in whatever fonts this machine
 * has, or in none. Such a part is offered as PDF and EPUB only.
 */
export const fitsWord = (blocks: readonly Block[]): boolean =>
  blocks.every(({ drawing }) => drawing === undefined || drawing.labels.length === 0);

/** The pictures of these blocks for Word. */
export async function docxPictures(
  page: LessonPage,
  blocks: readonly Block[],
  sources: PictureSources,
): Promise<DocxPictures> {
  const found: Record<SegmentId, DocxPicture> = {};
  for (const { segment, drawing, picture } of blocks) {
    if (picture !== undefined) {
      const bytes = await ownPicture(segment, picture.print, sources);
      found[segment] = { type: 'jpg', bytes, width: picture.width, height: picture.height };
    } else if (drawing !== undefined) {
      const { svg, width, height } = labelDrawing(svgOf(segment, drawing.name, sources), [], page.imprint.direction);
      const bytes = await sharp(Buffer.from(svg), { density: 72 * Math.max(1, drawingWidth / width) })
        .resize({ width: drawingWidth })
        .png({ compressionLevel: 9, palette: true })
        .toBuffer();
      found[segment] = { type: 'png', bytes, width, height };
    }
  }
  return found;
}
