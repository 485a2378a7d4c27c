import type { Actor } from '../../domain/access/access.ts';
import type { Edition } from '../../domain/edition/edition.ts';
import { DomainError } from '../../domain/errors.ts';
import { dayOf } from '../../domain/time.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import type { World } from '../ports.ts';

/**
 * Takes an edition off the public site; its pages keep their addresses and say so. The working text stays, and a later
 * publication opens it again. Throws `reasonNeeded`, `publicationUnknown`, `staleRevision`.
 */
export async function withdrawEdition(
  world: World,
  actor: Actor,
  input: { readonly edition: string; readonly reason: string; readonly revision: number },
): Promise<Edition> {
  const edition = await world.store.transaction(async (store) => {
    const current = await loadEdition(store, input.edition);
    const person = authorize(actor, 'edition:withdraw', { partner: current.partner });
    if (current.publication === null) throw new DomainError('publicationUnknown', { number: 0 });
    if (input.reason.trim() === '') throw new DomainError('reasonNeeded');
    if (current.revision !== input.revision) throw new DomainError('staleRevision', {});
    const next = {
      ...current,
      publication: null,
      withdrawn: { on: dayOf(world.now()), by: person.id, reason: input.reason.trim() },
      revision: current.revision + 1,
    };
    await store.editions.save(next);
    return next;
  });
  await world.site.project(edition.tag);
  return edition;
}
