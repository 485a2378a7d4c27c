import { labelDrawing } from '../../formats/drawing/labelDrawing.ts';
import { FileError } from '../../formats/files/fileError.ts';
import type { Block, LessonPage } from '../../formats/page/lessonPage.ts';
import type { DeckPicture, DeckPictures } from '../../formats/pptx/pictureShapes.ts';
import { writePptx } from '../../formats/pptx/writePptx.ts';
import { deckOf } from '../../formats/slides/deckOf.ts';
import type { SheetLabels } from '../../formats/typst/sheetLabels.ts';
import { inColours } from '../dots.ts';
import type { Drawings } from '../drawings.ts';

/** The bytes of an edition's own picture by their hash: a JPEG. */
export type SlidePictureOf = (hash: string) => Promise<Uint8Array | null>;

/** As many dots across as a projector shows of it. */
const drawingWidth = 1600;

/** A lesson's slides for PowerPoint. Throws where a drawing or a picture of the slides is not there. */
export async function buildPptx(
  page: LessonPage,
  labels: SheetLabels,
  drawings: Drawings,
  pictureOf: SlidePictureOf,
): Promise<Uint8Array> {
  return writePptx(deckOf(page, labels), await deckPictures(page, drawings, pictureOf));
}

/** The pictures of a lesson's slides. Throws as `buildPptx`. */
export async function deckPictures(
  page: LessonPage,
  drawings: Drawings,
  pictureOf: SlidePictureOf,
  dots: typeof inColours = inColours,
): Promise<DeckPictures> {
  const blocks = page.slides.flatMap(({ lines }) => lines);
  const found: Record<string, DeckPicture> = {};
  for (const block of blocks) {
    const picture = await pictureFor(block, page, drawings, pictureOf, dots);
    if (picture !== null) found[block.segment] = picture;
  }
  return found;
}

async function pictureFor(
  { segment, drawing, picture }: Block,
  page: LessonPage,
  drawings: Drawings,
  pictureOf: SlidePictureOf,
  dots: typeof inColours,
): Promise<DeckPicture | null> {
  if (picture !== undefined) {
    const bytes = await pictureOf(picture.print);
    if (bytes === null) throw new FileError('pictureMissing', `The picture of ${segment} is not in the archive`);
    return { type: 'jpeg', bytes, width: picture.width, height: picture.height, texts: [] };
  }
  if (drawing === undefined) return null;
  const svg = drawings.get(drawing.name);
  if (svg === undefined) throw new FileError('pictureMissing', `There is no drawing ${drawing.name} for ${segment}`);
  // Lines alone become dots: the words stay text over them, and no font of this machine gets into the file.
  const bare = labelDrawing(svg, drawing.labels, page.imprint.direction);
  const bytes = await dots(bare.svg, bare.width, drawingWidth);
  return { type: 'png', bytes, width: bare.width, height: bare.height, texts: bare.texts };
}
