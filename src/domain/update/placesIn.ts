import { settled } from '../diff/longestIncreasing.ts';
import { touchesTeaching } from '../diff/severity.ts';
import type { Lesson, LessonId, LessonPackage, SegmentId } from '../package/lessonPackage.ts';
import { highestSeverity } from '../release/meaning.ts';
import type { ChangeSetId, Severity } from '../release/release.ts';

/** The lessons in which each segment stands, in teaching order. */
export function placesOf(lessonPackage: LessonPackage): ReadonlyMap<SegmentId, readonly LessonId[]> {
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

const idsIn = (lesson: Lesson | undefined, section: string): readonly SegmentId[] =>
  lesson?.sections.find(({ id }) => id === section)?.placements.map(({ segment }) => segment) ?? [];

/** Segments that stand elsewhere within a lesson than before: in another section, or in another order. */
export function movedWithin(from: LessonPackage, to: LessonPackage): ReadonlySet<SegmentId> {
  const moved = new Set<SegmentId>();
  for (const lesson of to.lessons) {
    const before = from.lessons.find(({ id }) => id === lesson.id);
    if (before === undefined || before.sections === lesson.sections) continue;
    const stood = new Set(before.sections.flatMap((section) => section.placements.map(({ segment }) => segment)));
    for (const section of lesson.sections) {
      const old = idsIn(before, section.id);
      const now = section.placements.map(({ segment }) => segment);
      const still = settled(old, now);
      for (const segment of now) if (stood.has(segment) && !still.has(segment)) moved.add(segment);
    }
  }
  return moved;
}

/** What changed around a segment that did not change itself. */
export type Surrounding = { readonly severity: Severity; readonly sets: readonly ChangeSetId[] };
/** A segment that came, went or changed its meaning, with the lessons in which to look around it. */
export type Changed = Surrounding & { readonly id: SegmentId; readonly lessons: readonly LessonId[] };

/**
 * The segments beside what changed, and all segments of a lesson that is given to others than before: an adaptation
 * there may have lost its reason.
 */
export function surroundingsOf(
  from: LessonPackage,
  to: LessonPackage,
  changed: readonly Changed[],
): ReadonlyMap<SegmentId, Surrounding> {
  const found = new Map<SegmentId, Surrounding>();
  const add = (id: SegmentId | undefined, { severity, sets }: Surrounding) => {
    if (id === undefined) return;
    const known = found.get(id);
    const all = [...new Set([...(known?.sets ?? []), ...sets])];
    found.set(id, {
      severity: highestSeverity([severity, ...(known === undefined ? [] : [known.severity])]),
      sets: all,
    });
  };
  const lessonsOf = (lessonPackage: LessonPackage) => new Map(lessonPackage.lessons.map((each) => [each.id, each]));
  const [before, after] = [lessonsOf(from), lessonsOf(to)];
  for (const change of changed) {
    for (const id of change.lessons) {
      for (const lesson of [before.get(id), after.get(id)]) {
        for (const section of lesson?.sections ?? []) {
          const at = section.placements.findIndex(({ segment }) => segment === change.id);
          if (at < 0) continue;
          add(section.placements[at - 1]?.segment, change);
          add(section.placements[at + 1]?.segment, change);
        }
      }
    }
  }
  for (const lesson of to.lessons) {
    const old = before.get(lesson.id);
    if (old === undefined || old.fields === lesson.fields || !touchesTeaching(old.fields, lesson.fields)) continue;
    for (const section of lesson.sections) {
      for (const { segment } of section.placements) add(segment, { severity: 'content', sets: [] });
    }
  }
  for (const { id } of changed) found.delete(id);
  return found;
}
