import type { Action, Person } from '../access/access.ts';
import { can } from '../access/can.ts';
import type { LessonId } from '../package/lessonPackage.ts';
import { hashOf } from '../release/canonical.ts';
import { type Day, daysBetween, type Instant } from '../time.ts';
import type { EditionTag } from './edition.ts';

export const assignmentRoles = ['translate', 'review'] as const;
export type AssignmentRole = (typeof assignmentRoles)[number];

/** A lesson in one person's hands, to translate or to review, until a day. */
export type Assignment = {
  /** One for a person, a lesson and a role: giving it twice is one. */
  readonly id: string;
  readonly edition: EditionTag;
  readonly lesson: LessonId;
  readonly person: string;
  readonly role: AssignmentRole;
  readonly due: Day | null;
  readonly by: string;
  readonly at: Instant;
  /** When the last text of the lesson was done in this role; absent while something is open. */
  readonly doneAt?: Instant;
  readonly revision: number;
};

export type AssignmentKey = Pick<Assignment, 'edition' | 'lesson' | 'role' | 'person'>;

/** The id of an assignment: two coordinators who give the same thing at once meet in one row. */
export const assignmentId = ({ edition, lesson, role, person }: AssignmentKey): string =>
  hashOf([edition, lesson, role, person]).slice(0, 24);

/** The right that a role needs. */
export const rightOf: Readonly<Record<AssignmentRole, Action>> = { translate: 'unit:write', review: 'unit:review' };

/** Whether a person can do what the role asks, for the partner that owns the edition. */
export function canHold(person: Person, role: AssignmentRole, partner: string): boolean {
  return person.partner === partner && can({ kind: 'person', person }, rightOf[role], { partner });
}

/** Why an assignment holds nobody any more: the lesson is free again. */
export type Freed = 'left' | 'suspended' | 'unfit';

/** Null while the person can do the work; otherwise why the lesson is free again. */
export function freedBy(assignment: Pick<Assignment, 'role'>, person: Person | null, partner: string): Freed | null {
  if (person === null || person.state === 'left') return 'left';
  if (person.state === 'suspended') return 'suspended';
  return canHold(person, assignment.role, partner) ? null : 'unfit';
}

/** What is left of a lesson in each role, as its units stand. */
export type LessonWork = {
  readonly segments: number;
  readonly translated: number;
  readonly reviewed: number;
  /** Not yet translated, sent back, or stale. */
  readonly toTranslate: number;
  /** Translated, and waiting for a second person who did not write it. */
  readonly toReview: (person: string) => number;
};

/** Units that wait for this person now; a reviewer cannot read what nobody has translated yet. */
export function openUnits(assignment: Pick<Assignment, 'role' | 'person'>, work: LessonWork): number {
  return assignment.role === 'translate' ? work.toTranslate : work.toReview(assignment.person);
}

/** Whether nothing of the lesson is left to do in this role. */
export function isComplete(role: AssignmentRole, work: LessonWork): boolean {
  return role === 'translate' ? work.toTranslate === 0 : work.reviewed >= work.segments && work.toTranslate === 0;
}

/** How near a date is: `late` is past, `soon` is within three days. */
export type Nearness = 'late' | 'soon' | 'later' | 'none';
const soonWithin = 3;

export function nearness(due: Day | null, today: Day): Nearness {
  if (due === null) return 'none';
  const days = daysBetween(today, due);
  return days < 0 ? 'late' : days <= soonWithin ? 'soon' : 'later';
}

/** What was seen of a lesson's assignments: it changes when any of them does. */
export function assignmentsStamp(assignments: readonly Assignment[]): string {
  return hashOf(assignments.map(({ id, revision }) => `${id} ${revision}`).sort()).slice(0, 12);
}

/** By date, those without one last; then by lesson, so that a list never jumps. */
export function byDue(one: Pick<Assignment, 'due' | 'lesson'>, other: Pick<Assignment, 'due' | 'lesson'>): number {
  const [first, second] = [one.due ?? '9999', other.due ?? '9999'];
  if (first !== second) return first < second ? -1 : 1;
  return one.lesson < other.lesson ? -1 : one.lesson > other.lesson ? 1 : 0;
}

export type Load = {
  readonly person: string;
  readonly lessons: number;
  readonly translate: number;
  readonly review: number;
  readonly late: number;
};

/** What each person has open, the most loaded first. Finished assignments weigh nothing. */
export function loadOf(
  assignments: readonly Assignment[],
  workOf: (lesson: LessonId) => LessonWork | undefined,
  today: Day,
): readonly Load[] {
  const loads = [...Map.groupBy(assignments, (assignment) => assignment.person)].map(([person, theirs]): Load => {
    const open = theirs.filter((each) => each.doneAt === undefined);
    const units = (role: AssignmentRole) =>
      open.reduce((sum, each) => {
        const work = each.role === role ? workOf(each.lesson) : undefined;
        return sum + (work === undefined ? 0 : openUnits(each, work));
      }, 0);
    return {
      person,
      lessons: new Set(open.map((each) => each.lesson)).size,
      translate: units('translate'),
      review: units('review'),
      late: open.filter((each) => nearness(each.due, today) === 'late').length,
    };
  });
  const sum = (load: Load) => load.translate + load.review;
  return loads.sort((one, other) => sum(other) - sum(one) || (one.person < other.person ? -1 : 1));
}
