import { baselineLanguage } from '../edition/workingText.ts';
import type { FactKey } from '../facts/fact.ts';
import type { LessonId, LessonPackage, Segment, SegmentId } from '../package/lessonPackage.ts';
import { textHash } from '../release/canonical.ts';
import { meaningOf, stalenessOf } from '../release/meaning.ts';
import type { ChangeSetId, Meaning, ReleaseNumber, SegmentRevision, Severity, TextHash } from '../release/release.ts';
import type { Day } from '../time.ts';
import { countWords } from './mergeWords.ts';

/** What happened to one segment between two releases, whatever lay between. */
export type SegmentDelta = {
  readonly id: SegmentId;
  readonly before: Segment | null;
  readonly after: Segment | null;
  readonly afterHash: TextHash | null;
  readonly meaning: Meaning;
  /** Null when the meaning is the same: untouched, editorial, or there and back. */
  readonly severity: Severity | null;
  readonly due: Day | null;
  readonly sets: readonly ChangeSetId[];
  /** Words of the source as it is now: counted once, for every edition. */
  readonly words: number;
  /** Lessons it stands in now; where it stood, for a removed one. */
  readonly lessons: readonly LessonId[];
  /** Lessons it stands in now and did not before. */
  readonly newLessons: readonly LessonId[];
};

/** The cumulative difference between two releases: churn and reverts in between have cancelled out. */
export type PackageDelta = {
  readonly base: ReleaseNumber;
  readonly target: ReleaseNumber;
  readonly segments: ReadonlyMap<SegmentId, SegmentDelta>;
  readonly lessonsAdded: readonly LessonId[];
  readonly lessonsRemoved: readonly LessonId[];
  /** Facts that are new and required, became required, or changed their type. */
  readonly factsNeeded: readonly FactKey[];
};

export type ReleasedPackage = { readonly number: ReleaseNumber; readonly lessonPackage: LessonPackage };

/**
 * Computed once for a pair of releases and used for every edition: its cost is one pass over the two packages, and
 * what editions pay for is the number of segments in it.
 */
export function packageDelta(
  base: ReleasedPackage,
  target: ReleasedPackage,
  history: Readonly<Record<SegmentId, readonly SegmentRevision[]>>,
): PackageDelta {
  const from = base.lessonPackage;
  const to = target.lessonPackage;
  const placesBefore = placesOf(from);
  const placesAfter = placesOf(to);
  const segments = new Map<SegmentId, SegmentDelta>();
  for (const id of new Set([...Object.keys(from.segments), ...Object.keys(to.segments)])) {
    const before = from.segments[id] ?? null;
    const after = to.segments[id] ?? null;
    const was = placesBefore.get(id) ?? [];
    const is = placesAfter.get(id) ?? [];
    const newLessons = is.filter((lesson) => !was.includes(lesson));
    const same = before !== null && after !== null && before.text === after.text && before.policy === after.policy;
    if (same && newLessons.length === 0) continue;
    const revisions = history[id] ?? [];
    const afterHash = after === null ? null : textHash(after.text);
    const way = before === null || afterHash === null ? null : stalenessOf(revisions, textHash(before.text), afterHash);
    const first = after !== null && before === null ? revisions.at(-1) : undefined;
    segments.set(id, {
      id,
      before,
      after,
      afterHash,
      meaning: afterHash === null ? textHash(before?.text ?? '') : meaningOf(revisions, afterHash),
      severity: way?.severity ?? null,
      due: way?.due ?? first?.due ?? null,
      sets: way?.sets ?? (first?.changeSet ? [first.changeSet] : setsSince(revisions, from, id)),
      words: after === null ? 0 : countWords(after.text, baselineLanguage),
      lessons: after === null ? was : is,
      newLessons,
    });
  }
  const lessonIds = (lessonPackage: LessonPackage) => lessonPackage.lessons.map((lesson) => lesson.id);
  return {
    base: base.number,
    target: target.number,
    segments,
    lessonsAdded: lessonIds(to).filter((id) => !lessonIds(from).includes(id)),
    lessonsRemoved: lessonIds(from).filter((id) => !lessonIds(to).includes(id)),
    factsNeeded: Object.values(to.facts)
      .filter((fact) => {
        const old = from.facts[fact.key];
        if (old === undefined) return fact.need === 'required' && fact.fallback === undefined;
        return old.type !== fact.type || (fact.need === 'required' && old.need !== 'required');
      })
      .map((fact) => fact.key),
  };
}

/** The sets that edited a segment after the text that the base has; for changes that kept the meaning. */
function setsSince(revisions: readonly SegmentRevision[], from: LessonPackage, id: SegmentId): readonly ChangeSetId[] {
  const before = from.segments[id];
  if (before === undefined) return [];
  const start = revisions.findLastIndex((revision) => revision.textHash === textHash(before.text));
  return revisions.slice(start + 1).flatMap((revision) => (revision.changeSet === null ? [] : [revision.changeSet]));
}

function placesOf(lessonPackage: LessonPackage): ReadonlyMap<SegmentId, readonly LessonId[]> {
  const places = new Map<SegmentId, LessonId[]>();
  for (const lesson of lessonPackage.lessons) {
    for (const section of lesson.sections) {
      for (const { segment } of section.placements) {
        const lessons = places.get(segment);
        if (lessons === undefined) places.set(segment, [lesson.id]);
        else if (lessons.at(-1) !== lesson.id) lessons.push(lesson.id);
      }
    }
  }
  return places;
}
