import { checksOfTextAlone, type UnitCheck } from '../checks/unit/unitFinding.ts';
import { type JudgedFinding, stopsPublication } from '../checks/unit/waiver.ts';
import type { FactKey, ResolvedFact } from '../facts/fact.ts';
import type { Lesson, LessonId, LessonPackage, SegmentId } from '../package/lessonPackage.ts';
import { placeholdersOf } from '../package/placeholders.ts';
import type { Day } from '../time.ts';
import { materialObstacles, replacedIn } from './materialObstacles.ts';
import { structureObstacles } from './redLines.ts';
import { segmentsOf, type WorkingEdition, type WorkingUnit, workingUnit } from './workingText.ts';

/** Something that stops a lesson, or that a person should look at before publishing. */
export type Obstacle = {
  readonly kind:
    | 'untranslated'
    | 'unreviewed'
    | 'backTranslation'
    | 'staleSafety'
    | 'stale'
    | 'fact'
    | 'practiceMissing'
    | 'coreMissing'
    | 'keyChanged'
    | 'check'
    | 'homeless'
    | 'pictureMissing'
    | 'pictureUnreviewed'
    | 'pictureOld'
    | 'lessonIncomplete';
  readonly stops: boolean;
  readonly segment?: SegmentId;
  readonly fact?: FactKey;
  readonly problem?: string;
  readonly due?: Day | null;
  /** What a check found in the text. */
  readonly check?: UnitCheck;
};

export type LessonReadiness = {
  readonly lesson: LessonId;
  readonly segments: number;
  /** Segments with a text of ours, or inherited. */
  readonly done: number;
  readonly reviewed: number;
  readonly stale: number;
  readonly obstacles: readonly Obstacle[];
  readonly ready: boolean;
};

/** What the checks say of a unit's text. */
export type LookedAt = (unit: WorkingUnit) => readonly JudgedFinding[];

/** Whether a fact's problem stops the lessons that use it. */
export type FactGate = (fact: ResolvedFact) => boolean;

/** Facts without which no lesson goes out: a child must find help on every sheet. */
const helpFacts: readonly FactKey[] = ['emergency.number', 'helpline.child'];
/** Facts that the help box prints where a country has them. */
const boxFacts: readonly FactKey[] = [...helpFacts, 'helpline.crisis', 'report.authority', 'removal.service'];

/** The facts a lesson needs: those its texts name (and what stands in for them), and the helplines on every sheet. */
export function factsOf(lessonPackage: LessonPackage, lesson: Lesson): readonly FactKey[] {
  const keys = new Set<FactKey>(helpFacts);
  if (lesson.fields.band !== 'A' && lesson.fields.band !== 'B') keys.add('helpline.crisis');
  for (const segment of [...segmentsOf(lesson), ...standInsOf(lessonPackage, lesson)]) {
    for (const { key } of placeholdersOf(lessonPackage.segments[segment]?.text ?? '')) keys.add(key);
  }
  return [...keys].filter((key) => lessonPackage.facts[key] !== undefined);
}

/** All facts that a published lesson carries: the ones it needs and the ones in its help box. */
export function carriedFacts(lessonPackage: LessonPackage, lesson: Lesson): readonly FactKey[] {
  const keys = new Set([...factsOf(lessonPackage, lesson), ...boxFacts]);
  return [...keys].filter((key) => lessonPackage.facts[key] !== undefined);
}

/** The sentences that stand in for facts a country has not filled: placed nowhere, and still part of the lesson. */
export function standInsOf(lessonPackage: LessonPackage, lesson: Lesson): readonly SegmentId[] {
  const named = segmentsOf(lesson).flatMap((id) => placeholdersOf(lessonPackage.segments[id]?.text ?? ''));
  const standIns = named.flatMap(({ key }) => lessonPackage.facts[key]?.whenMissing ?? []);
  return [...new Set(standIns)].filter((id) => lessonPackage.segments[id] !== undefined);
}

/** A package and its lessons never change: their texts are searched for facts once. */
const neededTexts = new WeakMap<LessonPackage, WeakMap<Lesson, readonly SegmentId[]>>();

/** What a lesson needs texts for: its segments in reading order, then the sentences that stand in for missing facts. */
export function textsNeeded(lessonPackage: LessonPackage, lesson: Lesson): readonly SegmentId[] {
  const known = neededTexts.get(lessonPackage) ?? new WeakMap<Lesson, readonly SegmentId[]>();
  neededTexts.set(lessonPackage, known);
  const texts = known.get(lesson) ?? [...new Set([...segmentsOf(lesson), ...standInsOf(lessonPackage, lesson)])];
  known.set(lesson, texts);
  return texts;
}

/**
 * What stands between a lesson and its publication. A demonstration edition may go out with unreviewed units; a
 * missing text, a missing practice step or a stopped fact holds any edition back. A stale safety text stops after its
 * date, before it is shown; a stale content text never stops: readers are told instead. What a check calls wrong stops
 * until it is mended or waived, and the red lines of structure stop in a demonstration edition, too.
 */
export function readinessOf(
  working: WorkingEdition,
  lesson: Lesson,
  facts: Readonly<Record<FactKey, ResolvedFact>>,
  stops: FactGate,
  today: Day,
  lookedAt: LookedAt,
): LessonReadiness {
  const units = [...segmentsOf(lesson), ...standInsOf(working.lessonPackage, lesson)]
    .map((segment) => workingUnit(working, segment))
    .filter((unit) => unit !== null)
    .filter((unit) => !unit.omitted);
  const replaced = replacedIn(working, lesson);
  const obstacles: Obstacle[] = units.flatMap((unit) => [
    ...unitObstacles(working, unit, today).filter(({ kind }) => !replaced.has(unit.segment) || isAboutSource(kind)),
    ...checkObstacles(unit, lookedAt),
  ]);
  for (const key of factsOf(working.lessonPackage, lesson)) {
    const fact = facts[key];
    if (fact?.problem !== undefined && stops(fact)) {
      obstacles.push({ kind: 'fact', stops: true, fact: key, problem: fact.problem });
    }
  }
  obstacles.push(...structureObstacles(working, lesson));
  obstacles.push(...materialObstacles(working, lesson));
  return {
    lesson: lesson.id,
    segments: units.length,
    done: units.filter((unit) => unit.origin !== 'missing').length,
    reviewed: units.filter((unit) => unit.origin === 'inherited' || isReviewed(unit)).length,
    stale: units.filter((unit) => unit.staleness !== null && unit.staleness.severity !== 'editorial').length,
    obstacles,
    ready: obstacles.every((obstacle) => !obstacle.stops),
  };
}

/** What remains to be said of a text whose place a picture has taken: that its source has changed. */
const isAboutSource = (kind: Obstacle['kind']): boolean => kind === 'stale' || kind === 'staleSafety';

const isReviewed = (unit: WorkingUnit): boolean => unit.unit?.state === 'reviewed' || unit.unit?.state === 'final';

function unitObstacles(working: WorkingEdition, unit: WorkingUnit, today: Day): readonly Obstacle[] {
  const { segment, staleness } = unit;
  if (unit.origin === 'missing') return [{ kind: 'untranslated', stops: true, segment }];
  const found: Obstacle[] = [];
  if (staleness?.severity === 'safety') {
    const late = staleness.due !== null && staleness.due < today;
    found.push({ kind: 'staleSafety', stops: late && !working.edition.demonstration, segment, due: staleness.due });
  } else if (staleness?.severity === 'content') {
    found.push({ kind: 'stale', stops: false, segment });
  }
  if (unit.origin === 'inherited') return found;
  const core = working.lessonPackage.segments[segment]?.policy === 'core';
  const lenient = working.edition.demonstration;
  if (!isReviewed(unit)) found.push({ kind: 'unreviewed', stops: !lenient, segment });
  else if (core && unit.unit?.state !== 'final') found.push({ kind: 'backTranslation', stops: !lenient, segment });
  return found;
}

/**
 * What the checks found in a unit. A stale text differs from its new source because it is stale: that is told already,
 * and its publication is what the reader policy decides.
 */
function checkObstacles(unit: WorkingUnit, lookedAt: LookedAt): readonly Obstacle[] {
  const stale = unit.staleness !== null && unit.staleness.severity !== 'editorial';
  return lookedAt(unit)
    .filter((finding) => finding.waiver === null)
    .filter((finding) => !stale || checksOfTextAlone.includes(finding.check))
    .map((finding) => ({
      kind: 'check',
      stops: stopsPublication(finding),
      segment: unit.segment,
      check: finding.check,
    }));
}

/** Whether a check holds a text back. */
export const isStopped = (unit: WorkingUnit, lookedAt: LookedAt): boolean =>
  checkObstacles(unit, lookedAt).some((obstacle) => obstacle.stops);
