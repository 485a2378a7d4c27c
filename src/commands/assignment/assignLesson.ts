import type { Actor } from '../../domain/access/access.ts';
import {
  type Assignment,
  type AssignmentRole,
  assignmentId,
  assignmentsStamp,
  canHold,
} from '../../domain/edition/assignment.ts';
import type { Edition } from '../../domain/edition/edition.ts';
import { DomainError } from '../../domain/errors.ts';
import type { LessonId } from '../../domain/package/lessonPackage.ts';
import { type Day, dayOf } from '../../domain/time.ts';
import { announce } from '../announce.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import { loadOwnPackage } from '../material/material.ts';
import type { Store, World } from '../ports.ts';

export type AssignLesson = {
  readonly edition: string;
  /** Each with the stamp of the assignments that its coordinator saw there. */
  readonly lessons: readonly { readonly lesson: LessonId; readonly stamp: string }[];
  readonly person: string;
  readonly role: AssignmentRole;
  readonly due: Day | null;
};

/**
 * Puts lessons into one person's hands, all or none, and tells that person in the same transaction. Giving a lesson
 * again changes its date. Throws `staleRevision` when somebody assigned one of them meanwhile, `assigneeUnfit` for a
 * person who may not do it, `lessonUnknown` for one that the edition does not work on, `dueMalformed`, `nothingTicked`.
 */
export async function assignLesson(world: World, actor: Actor, input: AssignLesson): Promise<readonly Assignment[]> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const by = authorize(actor, 'assignment:manage', { partner: edition.partner });
    if (input.lessons.length === 0) throw new DomainError('nothingTicked');
    const now = world.now();
    checkDue(input.due, dayOf(now));
    await assignee(store, edition, input.person, input.role);
    const { lessonPackage } = await loadOwnPackage(store, edition);
    const there = Map.groupBy(await store.assignments.ofEdition(edition.tag), (each) => each.lesson);
    const given: Assignment[] = [];
    for (const { lesson, stamp } of input.lessons) {
      const works = edition.lessons[lesson]?.state !== 'leftOut';
      if (!works || !lessonPackage.lessons.some((each) => each.id === lesson)) {
        throw new DomainError('lessonUnknown', { lesson });
      }
      const beside = there.get(lesson) ?? [];
      if (assignmentsStamp(beside) !== stamp) throw new DomainError('staleRevision', {});
      const { person, role, due } = input;
      const id = assignmentId({ edition: edition.tag, lesson, role, person });
      const before = beside.find((each) => each.id === id);
      const revision = (before?.revision ?? 0) + 1;
      given.push({ id, edition: edition.tag, lesson, person, role, due, by: by.id, at: now, revision });
    }
    for (const assignment of given) await store.assignments.save(assignment);
    await announce(world, store, {
      kind: 'lessonAssigned',
      by: by.id,
      edition: edition.tag,
      person: input.person,
      role: input.role,
      lessons: given.map((each) => each.lesson),
      due: input.due,
    });
    return given;
  });
}

/** The person, who has to be able to do what the role asks. Throws `assigneeUnfit`. */
export async function assignee(store: Store, edition: Edition, id: string, role: AssignmentRole): Promise<void> {
  const person = await store.people.byId(id);
  if (person === null || person.partner !== edition.partner) throw new DomainError('personUnknown');
  if (!canHold(person, role, edition.partner)) throw new DomainError('assigneeUnfit', { name: person.name });
}

/** A real day that has not passed, or none. Throws `dueMalformed`. */
export function checkDue(due: Day | null, today: Day): void {
  if (due === null) return;
  const date = new Date(`${due}T00:00:00Z`);
  const real = /^\d{4}-\d\d-\d\d$/.test(due) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(due);
  if (!real || due < today) throw new DomainError('dueMalformed');
}
