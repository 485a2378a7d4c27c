import type { LessonPage } from '../page/lessonPage.ts';
import type { EditionBook, EditionFileKind } from './editionFile.ts';
import { editionFileKinds } from './editionFile.ts';
import { type LessonFile, rankOf } from './lessonFile.ts';

/** Makes files of one format for a lesson. The same page, file and `version` make the same bytes. */
export type LessonWriter = {
  /** Changes when anything but the lesson changes the bytes: what another version built is built again. */
  readonly version: string;
  /** What it makes of a lesson. */
  readonly filesOf: (page: LessonPage) => readonly LessonFile[];
  /** Rejects with a `FileError` where it can say why. */
  readonly build: (page: LessonPage, file: LessonFile) => Promise<Uint8Array>;
};

/** Makes one file of the whole edition. */
export type EditionWriter = {
  readonly kind: EditionFileKind;
  readonly version: string;
  /** Files of lessons that stand in it: it is made when they are there, or have failed. */
  readonly needs?: (file: LessonFile) => boolean;
  readonly build: (book: EditionBook) => Promise<Uint8Array>;
};

/** Every format that a lesson and an edition come in: a new format is one entry. */
export type Writers = { readonly lessons: readonly LessonWriter[]; readonly editions: readonly EditionWriter[] };

export type LessonTask = { readonly file: LessonFile; readonly writer: LessonWriter };

/** The files of a lesson and who makes them, in the order of importance. */
export function tasksOf(writers: Writers, page: LessonPage): readonly LessonTask[] {
  const { country } = page.imprint;
  return writers.lessons
    .flatMap((writer) => writer.filesOf(page).map((file) => ({ file, writer })))
    .sort((one, other) => rankOf(one.file, country) - rankOf(other.file, country));
}

export const lessonFilesOf = (writers: Writers, page: LessonPage): readonly LessonFile[] =>
  tasksOf(writers, page).map(({ file }) => file);

/** The writers of the edition's files, in the order of importance. */
export function editionWritersOf({ editions }: Writers): readonly EditionWriter[] {
  return [...editions].sort((one, other) => editionFileKinds.indexOf(one.kind) - editionFileKinds.indexOf(other.kind));
}
