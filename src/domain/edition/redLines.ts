import { missingCore } from '../checks/lessonChecks.ts';
import type { Lesson, Placement } from '../package/lessonPackage.ts';
import type { Obstacle } from './readiness.ts';
import { lessonOf, type WorkingEdition } from './workingText.ts';

/**
 * The red lines that the structure of a lesson can cross: core text that is left out, the practice step that is left out,
 * and a question without its one right answer. They stop every edition; nobody waives them.
 */
export function structureObstacles(working: WorkingEdition, lesson: Lesson): readonly Obstacle[] {
  const taught = lessonOf(working, lesson);
  const isCore = ({ segment }: Placement) => working.lessonPackage.segments[segment]?.policy === 'core';
  const left = placementsOf(lesson).filter(({ segment }) => working.ledger.get(segment)?.omits);
  return [
    ...(left.some((placement) => placement.practice) ? [{ kind: 'practiceMissing', stops: true } as const] : []),
    ...[...new Set(left.filter(isCore).map(({ segment }) => segment))].map(
      (segment): Obstacle => ({ kind: 'coreMissing', stops: true, segment }),
    ),
    ...missingCore(working.lessonPackage, taught).map(
      (segment): Obstacle => ({ kind: 'coreMissing', stops: true, segment }),
    ),
    ...changedKeys(working, lesson, taught).map((segment): Obstacle => ({ kind: 'keyChanged', stops: true, segment })),
  ];
}

const placementsOf = (lesson: Lesson): readonly Placement[] => lesson.sections.flatMap((section) => section.placements);

/** Questions of the lesson that are asked here with another key: the right answer is not there, or is not marked. */
function changedKeys(working: WorkingEdition, lesson: Lesson, taught: Lesson): readonly string[] {
  const [wanted, found] = [keysOf(working, lesson), keysOf(working, taught)];
  return [...wanted]
    .filter(([question, key]) => found.has(question) && found.get(question) !== key)
    .map(([question]) => question);
}

/** The right answers of every question, as one word. */
function keysOf({ lessonPackage }: WorkingEdition, lesson: Lesson): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const section of lesson.sections) {
    let question: string | null = null;
    for (const { segment, right } of section.placements) {
      const kind = lessonPackage.segments[segment]?.kind;
      if (kind === 'question') {
        question = segment;
        keys.set(segment, '');
      } else if (kind === 'answer' && right && question !== null) {
        keys.set(question, `${keys.get(question)} ${segment}`);
      }
    }
  }
  return keys;
}
