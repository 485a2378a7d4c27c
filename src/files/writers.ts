import { join } from 'node:path';
import type { Writers } from '../formats/files/writers.ts';
import type { Beside } from './beside/beside.ts';
import { editionBookWriter, lessonBookWriter } from './documents/bookWriters.ts';
import type { PictureOf } from './documents/pictures.ts';
import { wordWriter } from './documents/wordWriter.ts';
import { readDrawings } from './drawings.ts';
import { createClassroomFiles } from './pdf/classroomFiles.ts';
import type { PdfBuilder } from './pdf/pdfBuilder.ts';
import { pdfWriter } from './pdf/pdfWriter.ts';
import { slidesWriter } from './slides/slidesWriter.ts';

const drawingsFolder = join(import.meta.dirname, '../../content/baseline/drawings');

export type WriterParts = {
  readonly pdfs: PdfBuilder;
  readonly beside: Beside;
  readonly pictureOf: PictureOf;
};

/** Every format that lessons and editions come in. A new one is one entry; its order on the pages is its file's rank. */
export function createWriters({ pdfs, beside, pictureOf }: WriterParts): Writers {
  const drawings = readDrawings(drawingsFolder);
  const sources = { drawings, pictureOf };
  return {
    lessons: [
      pdfWriter(createClassroomFiles(pdfs, drawings, pictureOf)),
      wordWriter(beside, sources, pdfs),
      slidesWriter(beside, sources),
      lessonBookWriter(beside, sources),
    ],
    editions: [editionBookWriter(beside, sources)],
  };
}
