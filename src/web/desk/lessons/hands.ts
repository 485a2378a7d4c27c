import {
  type Assignment,
  type AssignmentRole,
  assignmentRoles,
  assignmentsStamp,
  byDue,
  freedBy,
  type LessonWork,
  type Nearness,
} from '../../../domain/edition/assignment.ts';
import { type Day, dayOf } from '../../../domain/time.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import type { Desk } from '../today/loadDesk.ts';
import { heldOf } from '../today/work.ts';
import { daysLeft, workHref } from '../today/workRows.ts';

/** Who looks at the page. */
export type Viewer = { readonly id: string; readonly manages: boolean };

/** One person with a lesson in hand, in one role. */
export type Holder = {
  readonly id: string;
  readonly person: string;
  readonly name: string;
  readonly mine: boolean;
  readonly open: number;
  readonly due: Day | null;
  readonly near: Nearness;
  readonly left: string;
  readonly doneOn: Day | null;
  /** Why this person does not have it any more; the lesson is free again. */
  readonly freed: string | null;
  readonly href: string;
  readonly revision: number;
  readonly hrefs: { readonly change: string; readonly drop: string };
};

/** How far a lesson is in one role, and in whose hands. */
export type RoleLine = {
  readonly role: AssignmentRole;
  readonly done: number;
  readonly of: number;
  readonly complete: boolean;
  readonly holders: readonly Holder[];
};

export type Hands = {
  readonly roles: readonly RoleLine[];
  /** What was seen of this lesson's assignments. */
  readonly stamp: string;
  readonly mine: boolean;
  readonly free: boolean;
  readonly late: boolean;
};

/** The people and progress of one lesson. `free`: something is open in a role, and nobody has it in hand. */
export function handsOf(
  t: Translate,
  desk: Desk,
  works: ReadonlyMap<string, LessonWork>,
  lesson: string,
  viewer: Viewer | null,
): Hands {
  const work = works.get(lesson);
  const theirs = desk.assignments.filter((each) => each.lesson === lesson).sort(byDue);
  const roles = assignmentRoles.map((role): RoleLine => {
    const of = work?.segments ?? 0;
    const open = work?.toTranslate ?? 0;
    const done = role === 'translate' ? Math.max(0, of - open) : (work?.reviewed ?? 0);
    const holders = theirs
      .filter((each) => each.role === role)
      .map((each) => holderOf(t, desk, works, each, viewer?.id ?? null));
    return { role, done, of, complete: done >= of, holders };
  });
  const held = roles.flatMap((role) => role.holders).filter((holder) => holder.doneOn === null);
  const leftOut = desk.working.edition.lessons[lesson]?.state === 'leftOut';
  return {
    roles,
    stamp: assignmentsStamp(theirs),
    mine: held.some((holder) => holder.mine),
    free: !leftOut && roles.some((role) => !role.complete && !role.holders.some((each) => each.freed === null)),
    late: !leftOut && held.some((holder) => holder.near === 'late' && holder.freed === null),
  };
}

function holderOf(
  t: Translate,
  desk: Desk,
  works: ReadonlyMap<string, LessonWork>,
  assignment: Assignment,
  me: string | null,
): Holder {
  const { edition } = desk.working;
  const { id, person, due, doneAt, revision, lesson, role } = assignment;
  const somebody = desk.colleagues.find((each) => each.id === person) ?? null;
  const why = doneAt === undefined ? freedBy(assignment, somebody, edition.partner) : null;
  const name = somebody?.name ?? t('edition:somebody');
  const held = heldOf(desk, works, assignment);
  return {
    ...{ id, person, name, due, revision },
    mine: person === me,
    open: held.open,
    near: doneAt === undefined ? held.near : 'none',
    left: daysLeft(t, held.days),
    doneOn: doneAt === undefined ? null : dayOf(doneAt),
    freed: why === null ? null : t(`work:freed.${why}`, { name }),
    href: workHref(desk, lesson, role),
    hrefs: { change: paths.assignment.to(edition.tag, id), drop: paths.assignmentDrop.to(edition.tag, id) },
  };
}
