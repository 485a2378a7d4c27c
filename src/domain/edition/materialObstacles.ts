import type { Lesson, LessonId, LessonPackage, SegmentId } from '../package/lessonPackage.ts';
import type { Obstacle } from './readiness.ts';
import { segmentsOf, type WorkingEdition } from './workingText.ts';

/** What a lesson of a partner's own lacks before it may go out. */
export const lessonGaps = ['title', 'steps', 'practice', 'coreMessages', 'safeguarding'] as const;
export type LessonGap = (typeof lessonGaps)[number];

/** What stands in the way of a lesson because of the edition's own material. No demonstration is let through here. */
export function materialObstacles(working: WorkingEdition, lesson: Lesson): readonly Obstacle[] {
  const { material, homeless, ledger } = working;
  if (material === undefined) return [];
  const found: Obstacle[] = (homeless?.get(lesson.id) ?? []).map((segment) => ({
    kind: 'homeless',
    stops: true,
    segment,
  }));
  for (const segment of segmentsOf(lesson)) {
    if (ledger.get(segment)?.omits) continue;
    const picture = material.pictures.get(segment);
    const lacksOne = material.segments.get(segment)?.kind === 'picture' && picture === undefined;
    if (lacksOne) found.push({ kind: 'pictureMissing', stops: true, segment });
    if (picture !== undefined && picture.reviewedBy === null) {
      found.push({ kind: 'pictureUnreviewed', stops: true, segment });
    }
    const drawing = working.lessonPackage.segments[segment]?.drawing ?? null;
    if (picture !== undefined && picture.drawing !== drawing) found.push({ kind: 'pictureOld', stops: false, segment });
  }
  if (material.lessons.has(lesson.id)) {
    for (const problem of gapsOf(working.lessonPackage, lesson, new Set(material.lessons.keys()))) {
      found.push({ kind: 'lessonIncomplete', stops: true, problem });
    }
  }
  return found;
}

/**
 * The texts of a lesson that nobody reads because a picture of the edition's own stands there: what the drawing shows,
 * and the words in it.
 */
export function replacedIn({ material, lessonPackage }: WorkingEdition, lesson: Lesson): ReadonlySet<SegmentId> {
  const replaced = new Set<SegmentId>();
  if (material === undefined || material.pictures.size === 0) return replaced;
  for (const { placements } of lesson.sections) {
    let within = false;
    for (const { segment } of placements) {
      const isLabel = lessonPackage.segments[segment]?.kind === 'label';
      if (!isLabel) within = material.pictures.has(segment) && !material.segments.has(segment);
      if (within) replaced.add(segment);
    }
  }
  return replaced;
}

/**
 * What a partner's own lesson lacks of what every lesson has: a title, steps with minutes, a practice step, the core
 * statement that it is never the child's fault, and the routine for a child who tells, as the baseline words it.
 */
export function gapsOf(lessonPackage: LessonPackage, lesson: Lesson, own: ReadonlySet<LessonId>): readonly LessonGap[] {
  const routine = routineOf(lessonPackage, own);
  const of = (kind: string) => lesson.sections.filter((each) => each.kind === kind).flatMap((each) => each.placements);
  const isKind = (segment: SegmentId, kind: string) => lessonPackage.segments[segment]?.kind === kind;
  const steps = of('steps').filter(({ segment }) => isKind(segment, 'step'));
  const has: Readonly<Record<LessonGap, boolean>> = {
    title: of('head').some(({ segment }) => isKind(segment, 'heading')),
    steps: steps.some(({ minutes = 0 }) => minutes > 0),
    practice: steps.some(({ practice }) => practice),
    coreMessages: of('messages').some(({ segment }) => familyOf(lessonPackage, segment) === firstStatement),
    safeguarding:
      of('safeguarding').length > 0 &&
      routine.every((segment) => of('safeguarding').some((each) => each.segment === segment)),
  };
  return lessonGaps.filter((gap) => !has[gap]);
}

/** "It is not your fault": without it no lesson goes out. */
export const firstStatement: SegmentId = 'CPS-01';

const familyOf = (lessonPackage: LessonPackage, id: SegmentId): SegmentId =>
  lessonPackage.segments[id]?.variantOf ?? id;

/**
 * What every lesson of the baseline says for a child who tells: the shared core part of its safeguarding section.
 * `own`: the lessons that are not the baseline's.
 */
export function routineOf(lessonPackage: LessonPackage, own: ReadonlySet<LessonId>): readonly SegmentId[] {
  const baseline = lessonPackage.lessons.filter((lesson) => !own.has(lesson.id));
  const routines = baseline.flatMap((lesson) => {
    const found = lesson.sections.filter(({ kind }) => kind === 'safeguarding').flatMap(({ placements }) => placements);
    return found.length === 0 ? [] : [found.map(({ segment }) => segment)];
  });
  const [first = [], ...others] = routines;
  return first.filter(
    (segment) => lessonPackage.segments[segment]?.policy === 'core' && others.every((each) => each.includes(segment)),
  );
}
