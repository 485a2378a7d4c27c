import { DomainError } from '../errors.ts';
import type { Lesson, LessonPackage, Segment, SegmentId } from '../package/lessonPackage.ts';
import { hashOf } from './canonical.ts';
import type { Hash } from './release.ts';

// Values never change, so a segment's hash is computed once however many releases share it.
const segmentHashes = new WeakMap<Segment, Hash>();

/** The hash of a segment as a whole: id, kind, policy, text, lineage and note. */
export function segmentHash(segment: Segment): Hash {
  const known = segmentHashes.get(segment);
  if (known !== undefined) return known;
  const hash = hashOf(segment);
  segmentHashes.set(segment, hash);
  return hash;
}

/** The hash of a lesson: its fields and structure, and the hashes of the segments that stand in it. */
export function lessonHash(lessonPackage: LessonPackage, lesson: Lesson): Hash {
  const segments: Record<SegmentId, Hash> = {};
  for (const id of placedIn(lesson)) {
    if (!Object.hasOwn(lessonPackage.segments, id)) throw new DomainError('segmentUnknown', { segment: id });
    segments[id] = segmentHash(lessonPackage.segments[id] as Segment);
  }
  return hashOf({ lesson, segments });
}

/** The Merkle root of a package: its lessons in order, the segments placed nowhere, facts and evidence. */
export function packageRoot(lessonPackage: LessonPackage): Hash {
  const placed = new Set(lessonPackage.lessons.flatMap((lesson) => [...placedIn(lesson)]));
  const unplaced = Object.values(lessonPackage.segments).filter((segment) => !placed.has(segment.id));
  return hashOf({
    lessons: lessonPackage.lessons.map((lesson) => lessonHash(lessonPackage, lesson)),
    unplaced: Object.fromEntries(unplaced.map((segment) => [segment.id, segmentHash(segment)])),
    facts: lessonPackage.facts,
    evidence: lessonPackage.evidence,
  });
}

/** The ids of all segments that a lesson places. */
export function placedIn(lesson: Lesson): ReadonlySet<SegmentId> {
  return new Set(lesson.sections.flatMap((section) => section.placements.map((placement) => placement.segment)));
}
