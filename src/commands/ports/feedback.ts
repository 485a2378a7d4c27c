import type { EditionTag } from '../../domain/edition/edition.ts';
import type { FactKey } from '../../domain/facts/fact.ts';
import type { HelplineFault, HelplineReport, LessonAnswer, LessonCounts } from '../../domain/feedback/feedback.ts';
import type { LessonId } from '../../domain/package/lessonPackage.ts';
import type { Day } from '../../domain/time.ts';

/** What teachers say: counts only. No row tells who, from where, or at what hour. */
export interface Feedback {
  /** Adds one answer to the lesson's counts. */
  count(tag: EditionTag, lesson: LessonId, answer: LessonAnswer): Promise<void>;
  /** By lesson. */
  ofEdition(tag: EditionTag): Promise<readonly LessonCounts[]>;
  /** Adds one report; how many there are now of this fault on this day, this one included. */
  report(tag: EditionTag, fact: FactKey, fault: HelplineFault, on: Day): Promise<number>;
  /** Newest day first. */
  reportsOf(tag: EditionTag, limit: number): Promise<readonly HelplineReport[]>;
}
