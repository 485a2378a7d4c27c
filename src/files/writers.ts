import type { EditionWriter, LessonWriter, Writers } from '../formats/files/writers.ts';
import type { ClassroomFiles } from './pdf/classroomFiles.ts';
import { pdfWriter } from './pdf/pdfWriter.ts';

/** Every format that lessons and editions come in. A new one is one entry; its order on the pages is its file's rank. */
export function createWriters(classroom: ClassroomFiles): Writers {
  const lessons: readonly LessonWriter[] = [pdfWriter(classroom)];
  const editions: readonly EditionWriter[] = [];
  return { lessons, editions };
}
