import type { LessonFile, Paper } from '../../formats/files/lessonFile.ts';
import { papersOf } from '../../formats/files/lessonFile.ts';
import type { LessonWriter } from '../../formats/files/writers.ts';
import type { ClassroomFile, ClassroomFiles } from './classroomFiles.ts';

/** Pack, guide and every sheet as PDF, on both papers. */
export function pdfWriter({ version, build }: ClassroomFiles): LessonWriter {
  return {
    version,
    filesOf: (page) => {
      const sheets = page.sheetsToPrint.map(({ name }): ClassroomFile => ({ kind: 'sheet', name }));
      const each: readonly ClassroomFile[] = [{ kind: 'pack' }, { kind: 'guide' }, ...sheets];
      const on = (paper: Paper): readonly LessonFile[] => each.map((file) => ({ ...file, format: 'pdf', paper }));
      return papersOf(page.imprint.country).flatMap(on);
    },
    build: (page, file) => {
      if (file.kind === 'slides' || file.kind === 'book') throw new Error(`${file.kind} is not set on paper`);
      return build(page, file, file.paper ?? 'a4');
    },
  };
}
