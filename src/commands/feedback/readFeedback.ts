import type { Actor } from '../../domain/access/access.ts';
import type { Edition } from '../../domain/edition/edition.ts';
import type { PublishedLesson } from '../../domain/edition/publication.ts';
import { type HelplineReport, type ShownFeedback, shownFeedback } from '../../domain/feedback/feedback.ts';
import type { LessonId } from '../../domain/package/lessonPackage.ts';
import { authorize } from '../authorize.ts';
import type { World } from '../ports.ts';

export type FeedbackRow = {
  readonly lesson: LessonId;
  /** As published; null of a lesson that readers do not have any more. */
  readonly published: PublishedLesson | null;
  /** Small numbers are hidden already. */
  readonly shown: ShownFeedback;
};

/** Reports of helplines that are looked back on. */
const mostReports = 100;

/** What teachers say of an edition's lessons, in teaching order, and of its helplines, the newest first. */
export async function readFeedback(
  { store }: World,
  actor: Actor,
  edition: Edition,
): Promise<{ readonly rows: readonly FeedbackRow[]; readonly reports: readonly HelplineReport[] }> {
  authorize(actor, 'edition:read', { partner: edition.partner });
  const [counts, reports, publication] = await Promise.all([
    store.feedback.ofEdition(edition.tag),
    store.feedback.reportsOf(edition.tag, mostReports),
    edition.publication === null ? null : store.publications.byNumber(edition.tag, edition.publication),
  ]);
  const entries = publication?.lessons ?? [];
  const place = new Map(entries.map(({ lesson }, at) => [lesson, at]));
  const sorted = [...counts].sort(
    (one, other) => (place.get(one.lesson) ?? entries.length) - (place.get(other.lesson) ?? entries.length),
  );
  const rows = await Promise.all(
    sorted.map(async (each) => {
      const entry = entries[place.get(each.lesson) ?? -1];
      const published = entry === undefined ? null : await store.publications.lesson(entry.hash);
      return { lesson: each.lesson, published, shown: shownFeedback(each) };
    }),
  );
  return { rows, reports };
}
