import { strToU8, zipSync } from 'fflate';
import type { EditionWriter, LessonWriter } from '../../src/formats/files/writers.ts';

/** A small real writer: a ZIP with the lesson's title, under the format of documents. */
export function documentWriter(version = '1', over: Partial<LessonWriter> = {}): LessonWriter {
  return {
    version,
    filesOf: () => [{ kind: 'guide', format: 'docx', paper: null }],
    build: async (page) =>
      zipSync({ 'title.txt': strToU8(page.title) }, { mtime: new Date('1980-01-01T12:00:00'), level: 9 }),
    ...over,
  };
}

/** A small real writer of an edition: a ZIP of every class pack that there is, and a list of the lessons. */
export function stickWriter(version = '1', over: Partial<EditionWriter> = {}): EditionWriter {
  return {
    kind: 'usb',
    version,
    needs: ({ kind, paper }) => kind === 'pack' && paper === 'a4',
    build: async ({ lessons, publication }) => {
      const packs = await Promise.all(
        lessons.flatMap(({ page, files }) =>
          files.map(async ({ name, read }) => [`${page.lesson}/${name}`, await read()] as const),
        ),
      );
      const list = JSON.stringify({
        publication: publication.number,
        lessons: lessons.map(({ page }) => page.lesson),
      });
      return zipSync(
        { 'lessons.json': strToU8(list), ...Object.fromEntries(packs) },
        { mtime: new Date('1980-01-01T12:00:00') },
      );
    },
    ...over,
  };
}
