import type { ClassroomFiles } from '../../src/files/pdf/classroomFiles.ts';
import { pdfWriter } from '../../src/files/pdf/pdfWriter.ts';
import { stageOf } from '../../src/formats/files/lessonFile.ts';
import type { Writers } from '../../src/formats/files/writers.ts';

/** What is built before a publication opens, and nothing else: packs, guides and sheets on the country's paper. */
export function paperOnly(classroom: ClassroomFiles): Writers {
  const writer = pdfWriter(classroom);
  return {
    lessons: [
      {
        ...writer,
        filesOf: (page) => writer.filesOf(page).filter((file) => stageOf(file, page.imprint.country) === 0),
      },
    ],
    editions: [],
  };
}
