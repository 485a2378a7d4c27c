import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LessonWriter } from '../../formats/files/writers.ts';
import type { writePptx } from '../../formats/pptx/writePptx.ts';
import { deckOf } from '../../formats/slides/deckOf.ts';
import type { SheetLabels } from '../../formats/typst/sheetLabels.ts';
import type { Beside } from '../beside/beside.ts';
import type { PictureSources } from '../documents/pictures.ts';
import type { inColours } from '../dots.ts';
import { labelFiles, readLabels } from '../labels.ts';
import { sealOf } from '../seal.ts';
import { deckPictures } from './buildPptx.ts';

const formats = join(import.meta.dirname, '../../formats');
const dotsModule = new URL('../dots.ts', import.meta.url);
const deckModule = new URL('../../formats/pptx/writePptx.ts', import.meta.url);

/** The slides of a lesson for PowerPoint; those without slides have none. */
export function slidesWriter(beside: Beside, { drawings, pictureOf }: PictureSources): LessonWriter {
  const labelsOf = readLabels<SheetLabels>('sheet');
  const deck = beside.of<typeof writePptx>(deckModule, 'writePptx');
  const dots = beside.of<typeof inColours>(dotsModule, 'inColours');
  const rooms = ['pptx', 'slides', 'typst', 'drawing'].map((room) => join(formats, room));
  return {
    version: sealOf([...rooms, import.meta.dirname, fileURLToPath(dotsModule), ...labelFiles('sheet')]),
    filesOf: (page) => (page.slides.length > 0 ? [{ kind: 'slides', format: 'pptx', paper: null }] : []),
    build: async (page) =>
      deck(deckOf(page, labelsOf(page.imprint.language)), await deckPictures(page, drawings, pictureOf, dots)),
  };
}
