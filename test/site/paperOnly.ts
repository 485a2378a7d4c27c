import type { ClassroomFiles } from '../../src/files/pdf/classroomFiles.ts';
import { pdfWriter } from '../../src/files/pdf/pdfWriter.ts';
import type { Writers } from '../../src/formats/files/writers.ts';

/** Packs, guides and sheets on A4 and nothing else: what is built before a publication opens. */
export function paperOnly(classroom: ClassroomFiles): Writers {
  const writer = pdfWriter(classroom);
  return {
    lessons: [{ ...writer, filesOf: (page) => writer.filesOf(page).filter(({ paper }) => paper === 'a4') }],
    editions: [],
  };
}
