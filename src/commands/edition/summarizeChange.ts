import type { Actor } from '../../domain/access/access.ts';
import type { Edition } from '../../domain/edition/edition.ts';
import { summarize } from '../../domain/edition/summarize.ts';
import { DomainError } from '../../domain/errors.ts';
import { dayOf } from '../../domain/time.ts';
import { authorize } from '../authorize.ts';
import type { World } from '../ports.ts';
import { loadEdition } from './loadWorking.ts';

export type SummarizeChange = {
  readonly edition: string;
  /** A released change set. */
  readonly set: string;
  /** Empty takes the words back. */
  readonly text: string;
  readonly revision: number;
};

/**
 * Tells readers of an edition in their own language what a change of the baseline did; its pages say it at once. Throws
 * `changeSetUnknown`, `summaryTooLong`, `staleRevision`.
 */
export async function summarizeChange(world: World, actor: Actor, input: SummarizeChange): Promise<Edition> {
  const edition = await world.store.transaction(async (store) => {
    const current = await loadEdition(store, input.edition);
    const person = authorize(actor, 'edition:manage', { partner: current.partner });
    if (current.revision !== input.revision) throw new DomainError('staleRevision', {});
    const sets = (await store.releases.all()).flatMap((release) => release.sets);
    if (!sets.some(({ id }) => id === input.set)) throw new DomainError('changeSetUnknown', { changeSet: input.set });
    const next = summarize(current, input.set, { text: input.text, by: person.id, on: dayOf(world.now()) });
    await store.editions.save(next);
    return next;
  });
  if (edition.publication !== null) await world.site.project(edition.tag);
  return edition;
}
