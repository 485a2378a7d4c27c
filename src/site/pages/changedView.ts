import { segmentOf } from '../../domain/release/changeSubject.ts';
import type { ChangeSet } from '../../domain/release/release.ts';
import type { LessonPage } from '../../formats/page/lessonPage.ts';
import type { SetNote } from '../pointer.ts';
import { touchedBy } from './lessonParts.ts';

/** A set of the baseline that altered a lesson. */
export type Changed = { readonly set: ChangeSet; readonly note: SetNote };

/**
 * What a reader of the lesson is told of a change. The baseline writes its summaries in English: an edition in another
 * language names the parts that were touched, in its own words, so that nobody has to read a foreign sentence.
 */
export function changedView(page: LessonPage, { set, note }: Changed) {
  const { severity, release, on, summary } = note;
  const segments = set.changes.flatMap((change) => segmentOf(change) ?? []);
  const own = page.imprint.language.split('-')[0] === 'en';
  return { severity, release, on, summary: own ? summary : null, touched: own ? null : touchedBy(page, segments) };
}
