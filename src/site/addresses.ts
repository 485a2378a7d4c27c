import type { EditionTag } from '../domain/edition/edition.ts';
import type { Band, LessonId } from '../domain/package/lessonPackage.ts';
import type { Hash } from '../domain/release/release.ts';

/** The addresses of the public site. `web/paths.ts` has the same patterns for the router; a test holds them equal. */
const part = encodeURIComponent;

export const addresses = {
  home: '/',
  verify: '/verify',
  desk: '/desk',
  coverage: '/coverage',
  accessibility: '/accessibility',
  baselineChanges: '/baseline/changes',
  baselineFeed: '/baseline/changes.atom',
  edition: (tag: EditionTag): string => `/${part(tag)}`,
  help: (tag: EditionTag): string => `/${part(tag)}/help`,
  /** The lessons of one age band in their order, with what each needs. */
  plan: (tag: EditionTag, band: Band): string => `/${part(tag)}/plans/${part(band)}`,
  /** One lesson in every language that has it. */
  languages: (lesson: LessonId): string => `/lessons/${part(lesson)}`,
  lesson: (tag: EditionTag, lesson: LessonId): string => `/${part(tag)}/lessons/${part(lesson)}`,
  file: (tag: EditionTag, lesson: LessonId, file: string): string =>
    `/${part(tag)}/lessons/${part(lesson)}/${part(file)}`,
  /** A file of the whole edition. */
  editionFile: (tag: EditionTag, file: string): string => `/${part(tag)}/package/${part(file)}`,
  /** Pictures of an edition's own, by the hash of their bytes: `pictureBase` and the hash and `.webp`. */
  pictureBase: (tag: EditionTag): string => `/${part(tag)}/pictures/pic-`,
  picture: (tag: EditionTag, hash: Hash): string => `${addresses.pictureBase(tag)}${part(hash)}.webp`,
  changes: (tag: EditionTag): string => `/${part(tag)}/changes`,
  feed: (tag: EditionTag): string => `/${part(tag)}/changes.atom`,
  /** The form of a lesson; below it `thanks` and `reported`. */
  feedback: (tag: EditionTag, lesson: LessonId): string => `${addresses.lesson(tag, lesson)}/feedback`,
  verifyCode: (code: string): string => `/verify/${part(code)}`,
} as const;
