import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type LabelledDrawing, labelDrawing } from '../../formats/drawing/labelDrawing.ts';
import { pictureDrawing } from '../../formats/drawing/pictureDrawing.ts';
import { FileError } from '../../formats/files/fileError.ts';
import type { Paper } from '../../formats/files/lessonFile.ts';
import { blocksOf } from '../../formats/page/blocksOf.ts';
import type { Block, LessonPage } from '../../formats/page/lessonPage.ts';
import { guideInput, packInput } from '../../formats/typst/guideInput.ts';
import type { PdfInput } from '../../formats/typst/pdfInput.ts';
import { sheetInput } from '../../formats/typst/sheetInput.ts';
import type { SheetLabels } from '../../formats/typst/sheetLabels.ts';
import { slideNotesInput, slidesInput } from '../../formats/typst/slidesInput.ts';
import { type Drawings, readDrawings } from '../drawings.ts';
import { labelFiles, readLabels } from '../labels.ts';
import { sealOf } from '../seal.ts';
import type { PdfBuilder } from './pdfBuilder.ts';

/** Which file of a lesson on paper or the wall: the guide, everything in print order, the slides without and with notes, or one sheet. */
export type ClassroomFile =
  | { readonly kind: 'guide' }
  | { readonly kind: 'pack' }
  | { readonly kind: 'slides' }
  | { readonly kind: 'slideNotes' }
  | { readonly kind: 'sheet'; readonly name: string };

export type ClassroomFiles = {
  /** Changes when the templates or the words around the lessons do: files built by another one are built again. */
  readonly version: string;
  /** On A4 unless another paper is asked for. Rejects with a `FileError`. */
  readonly build: (page: LessonPage, file: ClassroomFile, paper?: Paper) => Promise<Uint8Array>;
};

const inputsFolder = join(import.meta.dirname, '../../formats/typst');
const templatesFolder = join(import.meta.dirname, 'templates');
const gathering = join(import.meta.dirname, 'gatherObjects.ts');
const drawingsFolder = join(import.meta.dirname, '../../../content/baseline/drawings');

/** The bytes of an edition's own picture for paper, by their hash. */
export type PictureOf = (hash: string) => Promise<Uint8Array | null>;

/** A lesson's files, in the words of its edition's language where there are any, else in English. */
export function createClassroomFiles(
  builder: PdfBuilder,
  drawings: Drawings = readDrawings(drawingsFolder),
  pictureOf: PictureOf = async () => null,
): ClassroomFiles {
  const labelsOf = readLabels<SheetLabels>('sheet');
  // What the templates are, what they are given, how the file is put together, and the drawings.
  const seal = createHash('sha256').update(sealOf([templatesFolder, inputsFolder, gathering, ...labelFiles('sheet')]));
  for (const [name, svg] of drawings) seal.update(name).update(svg);
  return {
    version: seal.digest('hex').slice(0, 16),
    build: async (page, file, paper = 'a4') => {
      const input = inputOf(page, file, labelsOf(page.imprint.language), paper);
      const shown = { ...drawingsOf(page, drawings), ...(await picturesOf(page, pictureOf)) };
      return builder.build({ ...input, drawings: shown });
    },
  };
}

function inputOf(page: LessonPage, file: ClassroomFile, labels: SheetLabels, paper: Paper): PdfInput {
  if (file.kind === 'guide') return guideInput(page, labels, paper);
  if (file.kind === 'pack') return packInput(page, labels, paper);
  if (file.kind === 'slides') return slidesInput(page, labels);
  if (file.kind === 'slideNotes') return slideNotesInput(page, labels, paper);
  const sheet = page.sheetsToPrint.find(({ name }) => name === file.name);
  if (sheet === undefined) throw new Error(`Lesson ${page.lesson} has no sheet ${file.name}`);
  return sheetInput(page, sheet, labels, paper);
}

/** The drawings of a lesson, with their words in them. */
function drawingsOf(page: LessonPage, drawings: Drawings): Readonly<Record<string, LabelledDrawing>> {
  const { direction } = page.imprint;
  const pictures = blocksOf(page).filter((block) => block.drawing !== undefined);
  return Object.fromEntries(
    pictures.map(({ segment, drawing }: Block) => {
      const svg = drawings.get(drawing?.name ?? '');
      if (svg === undefined) {
        throw new FileError('pictureMissing', `There is no drawing ${drawing?.name} for ${segment}`);
      }
      return [segment, labelDrawing(svg, drawing?.labels ?? [], direction)];
    }),
  );
}

/** An edition's own pictures, in greys, each in a drawing of its own. A missing one stops the file. */
async function picturesOf(page: LessonPage, pictureOf: PictureOf): Promise<Readonly<Record<string, LabelledDrawing>>> {
  const found: Record<string, LabelledDrawing> = {};
  for (const { segment, picture } of blocksOf(page)) {
    if (picture === undefined) continue;
    const bytes = await pictureOf(picture.print);
    if (bytes === null) throw new FileError('pictureMissing', `The picture of ${segment} is not in the archive`);
    found[segment] = pictureDrawing(bytes, picture.width, picture.height);
  }
  return found;
}
