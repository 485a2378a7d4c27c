import type { Lesson, LessonId, LessonPackage, Placement, SectionId, SegmentId } from '../package/lessonPackage.ts';
import { placeholdersOf } from '../package/placeholders.ts';
import { type Anchored, placeAdditions, surroundings } from './additions.ts';
import type { Kept } from './edition.ts';

/** A kept part with the package of the last release that had it. */
export type KeptFrom = { readonly kept: Kept; readonly from: LessonPackage };

export type WithKept = {
  readonly lessonPackage: LessonPackage;
  /** Kept segments that stand in no lesson any more, because nothing is left of what stood around them. */
  readonly adrift: readonly SegmentId[];
};

/**
 * The package as an edition works on it: with the lessons and segments that the baseline removed and the edition
 * keeps. A kept lesson stands behind its former predecessor; a kept segment follows its predecessor, else the nearest
 * survivor. What the baseline has (again) wins over what was kept.
 */
export function withKept(lessonPackage: LessonPackage, parts: readonly KeptFrom[]): WithKept {
  let current = lessonPackage;
  const adrift: SegmentId[] = [];
  for (const { kept, from } of parts) if (kept.kind === 'lesson') current = keepLesson(current, from, kept.lesson);
  for (const { kept, from } of parts) {
    if (kept.kind !== 'segment' || Object.hasOwn(current.segments, kept.segment)) continue;
    const placed = keepSegment(current, from, kept.segment, kept.atEnd ?? false);
    if (placed === null) adrift.push(kept.segment);
    // Without a place it is still there: only a person lets it go.
    current = placed ?? withTexts(current, from, [kept.segment], null);
  }
  return { lessonPackage: current, adrift };
}

function keepLesson(current: LessonPackage, from: LessonPackage, id: LessonId): LessonPackage {
  const index = from.lessons.findIndex((lesson) => lesson.id === id);
  const lesson = from.lessons[index];
  if (lesson === undefined || current.lessons.some((each) => each.id === id)) return current;
  const before = from.lessons.slice(0, index).findLast((each) => current.lessons.some((other) => other.id === each.id));
  const at = before === undefined ? 0 : current.lessons.findIndex((each) => each.id === before.id) + 1;
  const segments = lesson.sections.flatMap((section) => section.placements.map((placement) => placement.segment));
  const lessons = [...current.lessons.slice(0, at), lesson, ...current.lessons.slice(at)];
  return withTexts({ ...current, lessons }, from, segments, lesson);
}

function keepSegment(current: LessonPackage, from: LessonPackage, id: SegmentId, atEnd: boolean): LessonPackage | null {
  let stands = false;
  const lessons = current.lessons.map((lesson) => {
    const old = from.lessons.find((each) => each.id === lesson.id);
    const spots = old === undefined ? [] : standingsIn(old, id);
    return spots.reduce((into, { anchor, placement }) => {
      const placed = placeAdditions(into, [anchor], () => placement);
      stands ||= placed.standing.size > 0 || (atEnd && into.sections.length > 0);
      return placed.standing.size > 0 || !atEnd ? placed.lesson : placeLast(into, anchor.section, placement);
    }, lesson);
  });
  return stands ? withTexts({ ...current, lessons }, from, [id], null) : null;
}

function placeLast(lesson: Lesson, wanted: SectionId, placement: Placement): Lesson {
  const last = lesson.sections.find(({ id }) => id === wanted) ?? lesson.sections.at(-1);
  const sections = lesson.sections.map((section) =>
    section === last ? { ...section, placements: [...section.placements, placement] } : section,
  );
  return { ...lesson, sections };
}

function standingsIn(
  lesson: Lesson,
  id: SegmentId,
): readonly { readonly anchor: Anchored; readonly placement: Placement }[] {
  return lesson.sections.flatMap(({ id: section, placements }) => {
    const index = placements.findIndex((placement) => placement.segment === id);
    const placement = placements[index];
    if (placement === undefined) return [];
    const after = placements[index - 1]?.segment ?? null;
    const around = surroundings(lesson, section, after);
    return [{ placement, anchor: { id, section, after, earlier: around.earlier, later: around.later.slice(1) } }];
  });
}

/** The segments that the package lacks, with the facts and the evidence that they name. */
function withTexts(
  current: LessonPackage,
  from: LessonPackage,
  ids: readonly SegmentId[],
  lesson: Lesson | null,
): LessonPackage {
  const segments = { ...current.segments };
  const facts = { ...current.facts };
  const evidence = { ...current.evidence };
  const add = (id: SegmentId): void => {
    const segment = from.segments[id];
    if (segment === undefined || Object.hasOwn(segments, id)) return;
    segments[id] = segment;
    for (const { key } of placeholdersOf(segment.text)) {
      const fact = from.facts[key];
      if (fact === undefined || Object.hasOwn(facts, key)) continue;
      facts[key] = fact;
      if (fact.whenMissing !== undefined) add(fact.whenMissing);
    }
  };
  for (const id of ids) add(id);
  const cited =
    lesson === null
      ? []
      : [
          ...lesson.fields.evidence,
          ...lesson.sections.flatMap((section) => section.placements.flatMap((placement) => placement.evidence ?? [])),
        ];
  for (const id of cited) {
    const entry = from.evidence[id];
    if (entry !== undefined && !Object.hasOwn(evidence, id)) evidence[id] = entry;
  }
  return { ...current, segments, facts, evidence };
}
