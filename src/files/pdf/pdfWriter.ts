import type { LessonFile, Paper } from '../../formats/files/lessonFile.ts';
import { papersOf } from '../../formats/files/lessonFile.ts';
import type { LessonWriter } from '../../formats/files/writers.ts';
import type { ClassroomFile, ClassroomFiles } from './classroomFiles.ts';

type Printed = Extract<ClassroomFile, { kind: 'pack' | 'guide' | 'sheet' }>;

const slides: readonly LessonFile[] = [
  { kind: 'slides', format: 'pdf', paper: null },
  { kind: 'slideNotes', format: 'pdf', paper: 'a4' },
];

/** Pack, guide and every sheet as PDF, on both papers; slides for the wall, and beside their notes on A4. */
export function pdfWriter({ version, build }: ClassroomFiles): LessonWriter {
  return {
    version,
    filesOf: (page) => {
      const sheets = page.sheetsToPrint.map(({ name }): Printed => ({ kind: 'sheet', name }));
      const each: readonly Printed[] = [{ kind: 'pack' }, { kind: 'guide' }, ...sheets];
      const on = (paper: Paper): readonly LessonFile[] => each.map((file) => ({ ...file, format: 'pdf', paper }));
      return [...papersOf(page.imprint.country).flatMap(on), ...(page.slides.length > 0 ? slides : [])];
    },
    build: (page, file) => {
      if (file.kind === 'book') throw new Error('a book is not set on paper');
      return build(page, file, file.paper ?? 'a4');
    },
  };
}
