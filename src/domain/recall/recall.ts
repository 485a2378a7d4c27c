import type { LessonId, SegmentId } from '../package/lessonPackage.ts';
import type { Instant } from '../time.ts';

/** An order by two people that takes a lesson or a segment off all editions at once. */
export type Recall = {
  readonly id: string;
  readonly target:
    | { readonly kind: 'lesson'; readonly lesson: LessonId }
    | { readonly kind: 'segment'; readonly segment: SegmentId };
  /** Public, in English: why. */
  readonly reason: string;
  /** Public, in English: what to do instead. */
  readonly instead: string;
  readonly orderedBy: string;
  readonly orderedAt: Instant;
  /** Null while it waits for the second person. */
  readonly secondedBy: string | null;
  readonly inForceSince: Instant | null;
  readonly liftedBy: string | null;
  readonly liftedAt: Instant | null;
  readonly revision: number;
};
