import type { Actor } from '../../domain/access/access.ts';
import type { Edition } from '../../domain/edition/edition.ts';
import { isPace, pace } from '../../domain/edition/pace.ts';
import { DomainError } from '../../domain/errors.ts';
import { authorize } from '../authorize.ts';
import type { World } from '../ports.ts';
import { loadEdition } from './loadWorking.ts';

export type ChangePace = { readonly edition: string; readonly wordsPerHour: number; readonly revision: number };

/** How many words an hour the people of an edition write: estimates come from it. Throws `paceMalformed`. */
export async function changePace(world: World, actor: Actor, input: ChangePace): Promise<Edition> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    authorize(actor, 'edition:manage', { partner: edition.partner });
    const { wordsPerHour } = input;
    if (!isPace(wordsPerHour)) throw new DomainError('paceMalformed', { least: pace.least, most: pace.most });
    if (edition.revision !== input.revision) throw new DomainError('staleRevision', {});
    const next = { ...edition, wordsPerHour, revision: edition.revision + 1 };
    await store.editions.save(next);
    return next;
  });
}
