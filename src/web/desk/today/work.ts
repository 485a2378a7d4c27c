import type { Actor } from '../../../domain/access/access.ts';
import { can } from '../../../domain/access/can.ts';
import {
  type Assignment,
  byDue,
  type Freed,
  freedBy,
  type LessonWork,
  type Nearness,
  nearness,
  openUnits,
} from '../../../domain/edition/assignment.ts';
import { workOfUnits } from '../../../domain/edition/lessonWork.ts';
import { daysBetween } from '../../../domain/time.ts';
import { type Desk, unitsIn } from './loadDesk.ts';

/** An assignment with what is left of it. */
export type Held = {
  readonly assignment: Assignment;
  /** Units that wait for its person now. */
  readonly open: number;
  readonly near: Nearness;
  /** Until its date; negative once it has passed. */
  readonly days: number | null;
};
/** A lesson that nobody has in hand any more, and why. */
export type FreedLesson = { readonly assignment: Assignment; readonly name: string; readonly why: Freed };

export type Work = {
  readonly ofLesson: ReadonlyMap<string, LessonWork>;
  /** What this person has in hand and has not finished, the earliest date first. */
  readonly mine: readonly Held[];
  /** Late ones of others, for whoever may assign. */
  readonly late: readonly Held[];
  readonly freed: readonly FreedLesson[];
};

/** Who holds which lesson of the edition. A lesson that is left out is nobody's work. */
export function workFor(desk: Desk, actor: Actor): Work {
  const { edition, lessonPackage } = desk.working;
  const { colleagues } = desk;
  const me = actor.kind === 'person' ? actor.person.id : null;
  const ofLesson = new Map(
    lessonPackage.lessons.map((lesson) => [lesson.id, workOfUnits(lessonPackage, unitsIn(desk, lesson))]),
  );
  const unfinished = desk.assignments.filter(
    ({ doneAt, lesson }) =>
      doneAt === undefined && ofLesson.has(lesson) && edition.lessons[lesson]?.state !== 'leftOut',
  );
  const personOf = (id: string) => colleagues.find((person) => person.id === id) ?? null;
  const freed = unfinished.flatMap((assignment): readonly FreedLesson[] => {
    const person = personOf(assignment.person);
    const why = freedBy(assignment, person, edition.partner);
    return why === null ? [] : [{ assignment, name: person?.name ?? '', why }];
  });
  const gone = new Set(freed.map(({ assignment }) => assignment.id));
  const held = unfinished
    .filter((assignment) => !gone.has(assignment.id))
    .sort(byDue)
    .map((assignment) => heldOf(desk, ofLesson, assignment));
  const manages = can(actor, 'assignment:manage', { partner: edition.partner });
  return {
    ofLesson,
    mine: held.filter(({ assignment }) => assignment.person === me),
    late: manages ? held.filter(({ near, assignment }) => near === 'late' && assignment.person !== me) : [],
    freed: manages ? freed : [],
  };
}

/** What is left of one assignment. */
export function heldOf(desk: Desk, ofLesson: Work['ofLesson'], assignment: Assignment): Held {
  const work = ofLesson.get(assignment.lesson);
  return {
    assignment,
    open: work === undefined ? 0 : openUnits(assignment, work),
    near: nearness(assignment.due, desk.today),
    days: assignment.due === null ? null : daysBetween(desk.today, assignment.due),
  };
}
