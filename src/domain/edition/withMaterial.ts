import type { Lesson, LessonPackage, Section, Segment, SegmentId } from '../package/lessonPackage.ts';
import { textHash } from '../release/canonical.ts';
import { placeAdditions } from './additions.ts';
import type { TranslationUnit } from './edition.ts';
import type { LocalLesson, LocalSegment, Material } from './material.ts';

/** The baseline with an edition's own material in its places. */
export type WithMaterial = {
  readonly lessonPackage: LessonPackage;
  /** The units, and one for each added segment: it is its own source, so it never falls behind. */
  readonly units: ReadonlyMap<SegmentId, TranslationUnit>;
  /** Added segments for which a person has to find a place, by lesson. */
  readonly homeless: ReadonlyMap<string, readonly SegmentId[]>;
};

/**
 * Puts added segments and added lessons into the package, so that everything that reads a lesson (readiness, the
 * workbench, the review, a publication) reads them as well. A package without material comes back as it is.
 */
export function withMaterial(
  lessonPackage: LessonPackage,
  units: ReadonlyMap<SegmentId, TranslationUnit>,
  material: Material,
): WithMaterial {
  if (material.segments.size === 0 && material.lessons.size === 0) {
    return { lessonPackage, units, homeless: new Map() };
  }
  const segments: Record<SegmentId, Segment> = { ...lessonPackage.segments };
  const all = new Map(units);
  for (const local of material.segments.values()) {
    segments[local.id] = { id: local.id, kind: local.kind, policy: 'local', text: local.text };
    all.set(local.id, unitOfLocal(local));
  }
  const homeless = new Map<string, readonly SegmentId[]>();
  const known = new Set(lessonPackage.lessons.map((lesson) => lesson.id));
  const placed = lessonPackage.lessons.map((lesson): Lesson => {
    const own = [...material.segments.values()].filter((each) => each.lesson === lesson.id);
    if (own.length === 0) return lesson;
    // Put behind the same segment, the last stands first: whoever adds a text after this one means this one.
    own.sort((one, other) => order(other.since, one.since) || order(other.id, one.id));
    const found = placeAdditions(lesson, own);
    if (found.adrift.length > 0)
      homeless.set(
        lesson.id,
        found.adrift.map(({ id }) => id),
      );
    return found.lesson;
  });
  const added = [...material.lessons.values()]
    .filter((lesson) => !known.has(lesson.id))
    .sort((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true }))
    .map((lesson) => lessonOfLocal(lesson, segments));
  return { lessonPackage: { ...lessonPackage, lessons: [...placed, ...added], segments }, units: all, homeless };
}

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** An added segment as a unit: made from itself. */
export function unitOfLocal(local: LocalSegment): TranslationUnit {
  return {
    edition: local.edition,
    segment: local.id,
    target: local.text,
    state: local.state,
    basedOn: textHash(local.text),
    adapted: true,
    backTranslation: null,
    by: local.by,
    reviewedBy: local.reviewedBy,
    at: local.at,
    origin: 'person',
    ...(local.sentBack === undefined ? {} : { sentBack: local.sentBack }),
    revision: local.revision,
  };
}

/** What an added segment said before, as a unit's history is read. */
export function pastUnitsOf(local: LocalSegment): readonly TranslationUnit[] {
  return local.past.map(({ text, ...past }) => ({
    ...unitOfLocal(local),
    ...past,
    target: text,
    basedOn: textHash(text),
  }));
}

/** A lesson of the partner's own as a lesson: shared segments that the baseline took away stand in it no more. */
function lessonOfLocal({ id, fields, sections }: LocalLesson, segments: Readonly<Record<SegmentId, Segment>>): Lesson {
  const kept = sections.map(
    (section): Section => ({
      ...section,
      placements: section.placements.filter(({ segment }) => Object.hasOwn(segments, segment)),
    }),
  );
  const steps = kept.filter(({ kind }) => kind === 'steps').flatMap(({ placements }) => placements);
  const minutes = steps.reduce((sum, step) => sum + (step.minutes ?? 0), 0);
  return { id, fields: { ...fields, minutes }, sections: kept };
}
