import type { Edition } from '../edition/edition.ts';
import type { Publication } from '../edition/publication.ts';
import type { LessonId } from '../package/lessonPackage.ts';
import { compareNumbers } from './changeSet.ts';
import type { Release } from './release.ts';

/** Whether the people of an edition have a release: they stand on it or later, or took all its sets ahead. */
export type Standing = 'has' | 'ahead' | 'waits';
/** What its readers see. `unpublished`: nothing yet. */
export type Reading = 'has' | 'waits' | 'unpublished';

type Wanted = Pick<Release, 'number' | 'sets'>;

export function standingOf({ upstream }: Pick<Edition, 'upstream'>, release: Wanted): Standing {
  if (compareNumbers(upstream.release, release.number) >= 0) return 'has';
  const all = release.sets.length > 0 && release.sets.every((set) => upstream.ahead.includes(set.id));
  return all ? 'ahead' : 'waits';
}

/**
 * Whether readers see it: every published lesson that the release touches stands on the release or a later one. A
 * release that touches no published lesson is there at once. `carried`: lessons whose published text is known to carry
 * the release although they stand on an earlier one, because its sets were taken ahead.
 */
export function readingOf(
  publication: Pick<Publication, 'lessons'> | null,
  release: Pick<Release, 'number'>,
  touched: ReadonlySet<LessonId>,
  carried: ReadonlySet<LessonId> = new Set(),
): Reading {
  if (publication === null) return 'unpublished';
  const behind = publication.lessons.filter(
    (each) => touched.has(each.lesson) && compareNumbers(each.release, release.number) < 0 && !carried.has(each.lesson),
  );
  return behind.length === 0 ? 'has' : 'waits';
}
