import type { Store } from '../../../commands/ports.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { Lesson, LessonPackage } from '../../../domain/package/lessonPackage.ts';
import type { Release } from '../../../domain/release/release.ts';

export type Newest = { readonly release: Release; readonly lessonPackage: LessonPackage };

/** The newest release and its package; null before the first one. */
export async function newestBaseline(store: Store): Promise<Newest | null> {
  const release = await store.releases.newest();
  return release === null ? null : { release, lessonPackage: await store.releases.lessonPackage(release.number) };
}

/** A lesson by its code, or `lessonUnknown`. */
export function lessonIn(lessonPackage: LessonPackage, id: string): Lesson {
  const lesson = lessonPackage.lessons.find((each) => each.id === id);
  if (lesson === undefined) throw new DomainError('lessonUnknown', { lesson: id });
  return lesson;
}
