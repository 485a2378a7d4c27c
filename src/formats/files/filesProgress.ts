import { type EditionFileKind, editionFileKinds } from './editionFile.ts';
import type { FileReason } from './fileError.ts';
import { type LessonFileGroup, lessonFileGroups, type NamedFile } from './lessonFile.ts';

export const fileGroups = [...lessonFileGroups, ...editionFileKinds] as const;
export type FileGroup = LessonFileGroup | EditionFileKind;

/** A file that could not be made, and why; it is tried again at the next projection. */
export type FileFailure = NamedFile & {
  readonly group: FileGroup;
  readonly reason: FileReason;
  readonly detail: string;
};

/** How far the files of an edition's publication are. */
export type FilesProgress = {
  readonly working: boolean;
  /** In the order of importance; formats that nobody makes are not there. */
  readonly groups: readonly { readonly group: FileGroup; readonly built: number; readonly of: number }[];
  readonly failures: readonly FileFailure[];
};
