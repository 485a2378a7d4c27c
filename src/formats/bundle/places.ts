import { DomainError } from '../../domain/errors.ts';
import type { Hash } from '../../domain/release/release.ts';
import { blocksOf } from '../page/blocksOf.ts';
import type { Bundle, BundleFile, BundleLesson } from './bundle.ts';

/** Paths inside a bundle. Plain letters only: they survive every file system of a stick, and need no escaping. */
const plainName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/;

export const lessonPath = ({ page }: BundleLesson): string => `lessons/${page.lesson}.html`;
export const filePath = ({ page }: BundleLesson, file: BundleFile): string => `lessons/${page.lesson}/${file.name}`;
export const picturePath = (hash: Hash): string => `pictures/pic-${hash}.webp`;

/** The pictures that the page of a lesson shows. */
export const pictureHashes = (lesson: Pick<BundleLesson, 'page'>): readonly Hash[] => [
  ...new Set(blocksOf(lesson.page).flatMap(({ picture }) => (picture === undefined ? [] : [picture.web]))),
];

/** What lies beside the page of one lesson: its files, and the pictures that it shows. */
export function besideLesson(lesson: BundleLesson): ReadonlyMap<string, Uint8Array> {
  const beside = new Map<string, Uint8Array>();
  for (const file of lesson.files) beside.set(filePath(lesson, file), file.bytes);
  for (const hash of pictureHashes(lesson)) {
    const bytes = lesson.pictures.get(hash);
    if (bytes === undefined) throw new DomainError('bundleIncomplete', { missing: picturePath(hash) });
    beside.set(picturePath(hash), bytes);
  }
  return beside;
}

/** Refuses what could not lie side by side on any file system: odd names, and names that differ in case alone. */
export function checkPlaces(bundle: Bundle): void {
  const seen = new Set<string>();
  const take = (name: string, path: string): void => {
    const folded = path.toLowerCase();
    if (!plainName.test(name) || seen.has(folded)) throw new DomainError('bundleNameRefused', { file: path });
    seen.add(folded);
  };
  for (const lesson of bundle.lessons) {
    take(lesson.page.lesson, lessonPath(lesson));
    for (const file of lesson.files) take(file.name, filePath(lesson, file));
  }
}
