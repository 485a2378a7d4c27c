import type { Actor } from '../../domain/access/access.ts';
import { DomainError } from '../../domain/errors.ts';
import { applyUpdate } from '../../domain/update/applyUpdate.ts';
import type { Update } from '../../domain/update/update.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import type { World } from '../ports.ts';
import { openUpdate } from './loadUpdate.ts';

export type ApplyInput = {
  readonly edition: string;
  /** The edition's revision on the page that showed the dry run. */
  readonly revision: number;
  readonly target?: string;
};

export type Applied = { readonly update: Update; readonly returned: readonly string[] };

/**
 * Brings the working edition to a later release, in one transaction. What somebody wrote since it was decided comes back
 * in `returned`. Open items are allowed: their units become stale. Throws `updateUnknown`, `staleRevision`.
 */
export async function applyEditionUpdate(world: World, actor: Actor, input: ApplyInput): Promise<Applied> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const person = authorize(actor, 'update:apply', { partner: edition.partner });
    if (edition.revision !== input.revision) throw new DomainError('staleRevision', {});
    const now = world.now();
    const open = await openUpdate(store, edition, now, input.target);
    if (open === null) throw new DomainError('updateUnknown');
    const draft = open.update.id === '' ? { ...open.update, id: world.newId(), startedBy: person.id } : open.update;
    const done = applyUpdate(draft, open.plan, open.ours, person.id, now);
    await store.units.saveMany(done.save);
    for (const unit of done.retire) await store.units.retire(unit);
    for (const entry of done.ledgerSave) await store.ledger.save(entry);
    for (const segment of done.ledgerDrop) await store.ledger.drop(edition.tag, segment);
    await store.updates.save(done.update);
    await store.editions.save(done.edition);
    return { update: done.update, returned: done.returned };
  });
}
