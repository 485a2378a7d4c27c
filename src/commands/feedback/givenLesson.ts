import type { Edition } from '../../domain/edition/edition.ts';
import type { PublishedLesson } from '../../domain/edition/publication.ts';
import { DomainError } from '../../domain/errors.ts';
import type { LessonId } from '../../domain/package/lessonPackage.ts';
import type { Store } from '../ports.ts';

/**
 * A lesson as readers have it now. Throws `editionUnknown` or `lessonUnknown` for what readers cannot see: nobody can
 * say anything about it.
 */
export async function givenLesson(
  store: Store,
  at: { readonly edition: string; readonly lesson: LessonId },
): Promise<{ readonly edition: Edition; readonly published: PublishedLesson }> {
  const edition = await store.editions.byTag(at.edition);
  if (edition === null || edition.publication === null)
    throw new DomainError('editionUnknown', { edition: at.edition });
  const publication = await store.publications.byNumber(edition.tag, edition.publication);
  const entry = publication?.lessons.find(({ lesson }) => lesson === at.lesson);
  const published = entry === undefined ? null : await store.publications.lesson(entry.hash);
  if (published === null) throw new DomainError('lessonUnknown', { lesson: at.lesson });
  return { edition, published };
}
