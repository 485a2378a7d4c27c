import type { Actor } from '../../domain/access/access.ts';
import { announce } from '../announce.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import type { World } from '../ports.ts';
import { type AssignmentAt, loadAssignment } from './changeAssignment.ts';

/** Takes a lesson off somebody, and tells them. Their texts stay. */
export async function dropAssignment(world: World, actor: Actor, at: AssignmentAt): Promise<void> {
  await world.store.transaction(async (store) => {
    const edition = await loadEdition(store, at.edition);
    const by = authorize(actor, 'assignment:manage', { partner: edition.partner });
    const before = await loadAssignment(store, at);
    await store.assignments.drop(before);
    const { person, role, lesson, due } = before;
    await announce(world, store, {
      kind: 'assignmentDropped',
      by: by.id,
      edition: edition.tag,
      person,
      role,
      lessons: [lesson],
      due,
    });
  });
}
