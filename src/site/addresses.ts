import type { EditionTag } from '../domain/edition/edition.ts';
import type { LessonId } from '../domain/package/lessonPackage.ts';
import type { Hash } from '../domain/release/release.ts';

/** The addresses of the public site. `web/paths.ts` has the same patterns for the router; a test holds them equal. */
const part = encodeURIComponent;

export const addresses = {
  home: '/',
  verify: '/verify',
  desk: '/desk',
  edition: (tag: EditionTag): string => `/${part(tag)}`,
  help: (tag: EditionTag): string => `/${part(tag)}/help`,
  lesson: (tag: EditionTag, lesson: LessonId): string => `/${part(tag)}/lessons/${part(lesson)}`,
  file: (tag: EditionTag, lesson: LessonId, file: string): string =>
    `/${part(tag)}/lessons/${part(lesson)}/${part(file)}`,
  /** A file of the whole edition. */
  editionFile: (tag: EditionTag, file: string): string => `/${part(tag)}/package/${part(file)}`,
  /** Pictures of an edition's own, by the hash of their bytes: `pictureBase` and the hash and `.webp`. */
  pictureBase: (tag: EditionTag): string => `/${part(tag)}/pictures/pic-`,
  picture: (tag: EditionTag, hash: Hash): string => `${addresses.pictureBase(tag)}${part(hash)}.webp`,
  verifyCode: (code: string): string => `/verify/${part(code)}`,
} as const;
