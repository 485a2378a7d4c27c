import type { LessonFile, Paper } from '../../formats/files/lessonFile.ts';
import { papersOf } from '../../formats/files/lessonFile.ts';
import type { LessonWriter } from '../../formats/files/writers.ts';
import type { ClassroomFile, ClassroomFiles } from './classroomFiles.ts';

type Printed = Extract<ClassroomFile, { kind: 'pack' | 'guide' | 'sheet' }>;

/** Slides for the wall, and beside their notes on both papers. */
const slidesOn = (papers: readonly Paper[]): readonly LessonFile[] => [
  { kind: 'slides', format: 'pdf', paper: null },
  ...papers.map((paper): LessonFile => ({ kind: 'slideNotes', format: 'pdf', paper })),
];

/** Pack, guide, every sheet and the slides beside their notes as PDF, on both papers; slides for the wall. */
export function pdfWriter({ version, build }: ClassroomFiles): LessonWriter {
  return {
    version,
    filesOf: (page) => {
      const sheets = page.sheetsToPrint.map(({ name }): Printed => ({ kind: 'sheet', name }));
      const each: readonly Printed[] = [{ kind: 'pack' }, { kind: 'guide' }, ...sheets];
      const on = (paper: Paper): readonly LessonFile[] => each.map((file) => ({ ...file, format: 'pdf', paper }));
      const papers = papersOf(page.imprint.country);
      return [...papers.flatMap(on), ...(page.slides.length > 0 ? slidesOn(papers) : [])];
    },
    build: (page, file) => {
      if (file.kind === 'book') throw new Error('a book is not set on paper');
      return build(page, file, file.paper ?? 'a4');
    },
  };
}
