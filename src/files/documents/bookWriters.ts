import { join } from 'node:path';
import type { BookLabels } from '../../formats/epub/bookSetting.ts';
import type { writeEditionEpub, writeLessonEpub } from '../../formats/epub/writeEpub.ts';
import type { EditionWriter, LessonWriter } from '../../formats/files/writers.ts';
import type { SheetLabels } from '../../formats/typst/sheetLabels.ts';
import type { Beside } from '../beside/beside.ts';
import { labelFiles, readLabels } from '../labels.ts';
import { sealOf } from '../seal.ts';
import { epubPictures, type PictureSources } from './pictures.ts';

const formats = join(import.meta.dirname, '../../formats');
const module = new URL('../../formats/epub/writeEpub.ts', import.meta.url);

function bookParts(beside: Beside) {
  const [sheetOf, bookOf] = [readLabels<SheetLabels>('sheet'), readLabels<BookLabels>('book')];
  const rooms = ['epub', 'typst', 'drawing'].map((room) => join(formats, room));
  return {
    version: sealOf([...rooms, ...labelFiles('sheet'), ...labelFiles('book')]),
    labelsOf: (language: string) => ({ sheet: sheetOf(language), book: bookOf(language) }),
    lesson: beside.of<typeof writeLessonEpub>(module, 'writeLessonEpub'),
    edition: beside.of<typeof writeEditionEpub>(module, 'writeEditionEpub'),
  };
}

/** A lesson as an EPUB, to read on a phone or with a screen reader. */
export function lessonBookWriter(beside: Beside, sources: PictureSources): LessonWriter {
  const { version, labelsOf, lesson } = bookParts(beside);
  return {
    version,
    filesOf: () => [{ kind: 'book', format: 'epub', paper: null }],
    build: async (page) => lesson(page, labelsOf(page.imprint.language), await epubPictures(page, sources)),
  };
}

/** All lessons of an edition in one EPUB. */
export function editionBookWriter(beside: Beside, sources: PictureSources): EditionWriter {
  const { version, labelsOf, edition } = bookParts(beside);
  return {
    kind: 'wholeBook',
    version,
    build: async ({ language, lessons }) => {
      const all = [];
      for (const { page } of lessons) all.push({ page, pictures: await epubPictures(page, sources) });
      return edition(all, labelsOf(language));
    },
  };
}
