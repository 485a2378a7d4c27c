import type { Lesson, LessonId, SegmentId } from '../domain/package/lessonPackage.ts';
import { lessonsOf, segmentOf } from '../domain/release/changeSubject.ts';
import type { Change, ChangeSet, Release, Severity } from '../domain/release/release.ts';
import type { SetNote } from './pointer.ts';

const rank: Readonly<Record<Severity, number>> = { editorial: 0, content: 1, safety: 2 };

export const worst = (severities: readonly Severity[]): Severity | null =>
  severities.reduce<Severity | null>((high, each) => (high === null || rank[each] > rank[high] ? each : high), null);

export const segmentsIn = (lesson: Lesson): readonly SegmentId[] => [
  ...new Set(lesson.sections.flatMap((section) => section.placements.map((placement) => placement.segment))),
];

export function noteOf(set: ChangeSet, release: Release): SetNote {
  const { id, severity, title, summary, reason, due } = set;
  return { id, severity, title, summary, reason, due, release: release.number, on: release.on };
}

/** Every released set with the release that carries it, oldest first. */
export function releasedSets(
  releases: readonly Release[],
): readonly { readonly set: ChangeSet; readonly note: SetNote }[] {
  return releases.flatMap((release) => release.sets.map((set) => ({ set, note: noteOf(set, release) })));
}

/** Whether a change alters what stands in a lesson. */
function touches(change: Change, lesson: LessonId, segments: ReadonlySet<SegmentId>): boolean {
  if (lessonsOf(change).includes(lesson)) return true;
  const segment = segmentOf(change);
  return change.kind === 'segmentEdited' && segment !== null && segments.has(segment);
}

/** The sets that altered a lesson, oldest first. Adding the lesson itself is not a change in it. */
export function setsTouching(
  releases: readonly Release[],
  lesson: LessonId,
  segments: ReadonlySet<SegmentId>,
): readonly { readonly set: ChangeSet; readonly note: SetNote }[] {
  return releasedSets(releases).filter(
    ({ set }) =>
      !set.changes.some((change) => change.kind === 'lessonAdded' && change.lesson.id === lesson) &&
      set.changes.some((change) => touches(change, lesson, segments)),
  );
}
