import type { Actor } from '../../domain/access/access.ts';
import { DomainError } from '../../domain/errors.ts';
import { applyUpdate } from '../../domain/update/applyUpdate.ts';
import type { Update } from '../../domain/update/update.ts';
import { closeAssignments } from '../assignment/closeAssignments.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import type { World } from '../ports.ts';
import { keepCheckedTypes } from './keepCheckedTypes.ts';
import { begunBy, openUpdate, type UpdateGoal } from './loadUpdate.ts';

export type ApplyInput = UpdateGoal & {
  readonly edition: string;
  /** The edition's revision on the page that showed the dry run. */
  readonly revision: number;
};

export type Applied = { readonly update: Update; readonly returned: readonly string[] };

/**
 * Brings the working edition to a later release, or takes one change set ahead, in one transaction. What somebody wrote
 * since it was decided comes back in `returned`. Open items are allowed: their units become stale. Throws
 * `updateUnknown`, `staleRevision`, and what `openUpdate` throws.
 */
export async function applyEditionUpdate(world: World, actor: Actor, input: ApplyInput): Promise<Applied> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const person = authorize(actor, 'update:apply', { partner: edition.partner });
    if (edition.revision !== input.revision) throw new DomainError('staleRevision', {});
    const now = world.now();
    const open = await openUpdate(store, edition, now, input);
    if (open === null) throw new DomainError('updateUnknown');
    const draft = begunBy(open.update, person.id, world.newId);
    const done = applyUpdate(draft, open.plan, open.ours, person.id, now);
    await store.units.saveMany(done.save);
    for (const unit of done.retire) await store.units.retire(unit);
    for (const segment of done.ledgerDrop) await store.ledger.drop(edition.tag, segment);
    for (const entry of done.ledgerSave) await store.ledger.save(entry);
    await store.updates.save(done.update);
    if (done.draft !== null) await store.updates.save({ ...done.draft, id: world.newId() });
    await store.editions.save(done.edition);
    await keepCheckedTypes(store, edition, done.edition);
    await closeAssignments(world, store, done.edition, 'all');
    return { update: done.update, returned: done.returned };
  });
}
