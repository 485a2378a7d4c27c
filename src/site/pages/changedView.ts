import type { Edition, PublicationLesson } from '../../domain/edition/edition.ts';
import { segmentOf } from '../../domain/release/changeSubject.ts';
import type { ChangeSet, Release } from '../../domain/release/release.ts';
import type { LessonPage } from '../../formats/page/lessonPage.ts';
import type { SetNote } from '../pointer.ts';
import { touchedBy } from './lessonParts.ts';

/** A set of the baseline that altered a lesson. */
export type Changed = {
  readonly set: ChangeSet;
  readonly note: SetNote;
  /** The published lesson does not have it yet. */
  readonly waiting: boolean;
};

/** The sets that altered a lesson, with those that its edition has not taken in marked as such. */
export function withWaiting(
  sets: readonly Omit<Changed, 'waiting'>[],
  { release, ahead = [] }: Pick<PublicationLesson, 'release' | 'ahead'>,
  releases: readonly Release[],
): readonly Changed[] {
  const place = (number: string): number => releases.findIndex((each) => each.number === number);
  return sets.map((each) => ({
    ...each,
    waiting: place(each.note.release) > place(release) && !ahead.includes(each.set.id),
  }));
}

/**
 * What a reader of the lesson is told of a change: the edition's own words for it, or the baseline's summary where both
 * speak English. Until somebody has written the first, an edition in another language names the parts that were touched,
 * in its own words, so that nobody has to read a foreign sentence.
 */
export function changedView(page: LessonPage, { set, note, waiting }: Changed, summaries: Edition['summaries'] = {}) {
  const { severity, release, on, summary } = note;
  const own = summaries[set.id]?.text ?? null;
  const english = page.imprint.language.split('-')[0] === 'en';
  const segments = set.changes.flatMap((change) => segmentOf(change) ?? []);
  return {
    ...{ severity, release, on, own, waiting },
    summary: own === null && english ? summary : null,
    touched: own === null && !english ? touchedBy(page, segments) : null,
  };
}
