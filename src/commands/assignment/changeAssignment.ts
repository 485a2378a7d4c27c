import type { Actor } from '../../domain/access/access.ts';
import { type Assignment, assignmentId } from '../../domain/edition/assignment.ts';
import { DomainError } from '../../domain/errors.ts';
import { type Day, dayOf } from '../../domain/time.ts';
import { announce } from '../announce.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import type { Store, World } from '../ports.ts';
import { assignee, checkDue } from './assignLesson.ts';

export type AssignmentAt = { readonly edition: string; readonly assignment: string; readonly revision: number };

/** The assignment as it was seen. Throws `assignmentUnknown`, `staleRevision`. */
export async function loadAssignment(store: Store, at: AssignmentAt): Promise<Assignment> {
  const found = await store.assignments.byId(at.assignment);
  if (found === null || found.edition !== at.edition) throw new DomainError('assignmentUnknown');
  if (found.revision !== at.revision) throw new DomainError('staleRevision', {});
  return found;
}

/**
 * Moves the date, or hands the lesson over. Whoever gets it is told; so is whoever loses it. A date that stays as it
 * was may have passed: only a new one has to lie ahead.
 */
export async function changeAssignment(
  world: World,
  actor: Actor,
  at: AssignmentAt,
  change: { readonly person: string; readonly due: Day | null },
): Promise<Assignment> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, at.edition);
    const by = authorize(actor, 'assignment:manage', { partner: edition.partner });
    const before = await loadAssignment(store, at);
    const now = world.now();
    if (change.due !== before.due) checkDue(change.due, dayOf(now));
    const { lesson, role } = before;
    const about = { by: by.id, edition: edition.tag, role, lessons: [lesson], due: change.due };
    if (change.person === before.person) {
      const next = { ...before, due: change.due, by: by.id, at: now, revision: before.revision + 1 };
      await store.assignments.save(next);
      if (change.due !== before.due) {
        await announce(world, store, { kind: 'lessonAssigned', ...about, person: before.person });
      }
      return next;
    }
    await assignee(store, edition, change.person, role);
    const id = assignmentId({ edition: edition.tag, lesson, role, person: change.person });
    const theirs = await store.assignments.byId(id);
    const { due, person } = change;
    const revision = (theirs?.revision ?? 0) + 1;
    const next = { id, edition: edition.tag, lesson, person, role, due, by: by.id, at: now, revision };
    await store.assignments.drop(before);
    await store.assignments.save(next);
    await announce(world, store, { kind: 'assignmentDropped', ...about, person: before.person });
    await announce(world, store, { kind: 'lessonAssigned', ...about, person });
    return next;
  });
}
