import { join } from 'node:path';
import type { LessonWriter } from '../../formats/files/writers.ts';
import type { SheetLabels } from '../../formats/typst/sheetLabels.ts';
import type { PictureSources } from '../documents/pictures.ts';
import { labelFiles, readLabels } from '../labels.ts';
import { sealOf } from '../seal.ts';
import { buildPptx } from './buildPptx.ts';

const formats = join(import.meta.dirname, '../../formats');

/** The slides of a lesson for PowerPoint; those without slides have none. */
export function slidesWriter({ drawings, pictureOf }: PictureSources): LessonWriter {
  const labelsOf = readLabels<SheetLabels>('sheet');
  const rooms = ['pptx', 'slides', 'typst', 'drawing'].map((room) => join(formats, room));
  return {
    version: sealOf([...rooms, import.meta.dirname, ...labelFiles('sheet')]),
    filesOf: (page) => (page.slides.length > 0 ? [{ kind: 'slides', format: 'pptx', paper: null }] : []),
    build: (page) => buildPptx(page, labelsOf(page.imprint.language), drawings, pictureOf),
  };
}
