import type { Lesson, LessonPackage } from '../package/lessonPackage.ts';
import type { LessonWork } from './assignment.ts';
import { textsNeeded } from './readiness.ts';
import { type WorkingEdition, type WorkingUnit, workingUnit } from './workingText.ts';

/** Stale where the meaning changed: an editorial change is carried and asks nothing. */
export const isStale = (unit: WorkingUnit): boolean =>
  unit.staleness !== null && unit.staleness.severity !== 'editorial';

/** Not yet translated, sent back, or stale. */
export const isUnfinished = (unit: WorkingUnit): boolean => unit.origin === 'missing' || isStale(unit);

/** Whether a unit waits for a second person: translated, or core text that is reviewed and not final. */
export function awaitsReview(unit: WorkingUnit, core: boolean): boolean {
  const state = unit.unit?.state;
  return state === 'translated' || (core && state === 'reviewed');
}

/** What is left of a lesson in each role. What the edition leaves out is nobody's work. */
export function lessonWork(working: WorkingEdition, lesson: Lesson): LessonWork {
  const units = textsNeeded(working.lessonPackage, lesson)
    .map((id) => workingUnit(working, id))
    .filter((unit) => unit !== null)
    .filter((unit) => !unit.omitted);
  return workOfUnits(working.lessonPackage, units);
}

/** The same, of units that are loaded already. */
export function workOfUnits(lessonPackage: LessonPackage, units: readonly WorkingUnit[]): LessonWork {
  const isCore = (unit: WorkingUnit) => lessonPackage.segments[unit.segment]?.policy === 'core';
  const waiting = new Set(units.filter((unit) => awaitsReview(unit, isCore(unit))));
  const isReviewed = ({ origin, unit }: WorkingUnit) =>
    origin === 'inherited' || unit?.state === 'reviewed' || unit?.state === 'final';
  return {
    segments: units.length,
    translated: units.filter((unit) => unit.origin !== 'missing').length,
    reviewed: units.filter((unit) => isReviewed(unit) && !waiting.has(unit)).length,
    toTranslate: units.filter(isUnfinished).length,
    toReview: (person) => [...waiting].filter((unit) => unit.unit?.by !== person).length,
  };
}
