import type { ChangeSet } from '../../domain/release/release.ts';
import { followSet } from '../../domain/sendBack/sendBack.ts';
import { dayOf } from '../../domain/time.ts';
import { announce } from '../announce.ts';
import type { Store, World } from '../ports.ts';

/**
 * Carries the offers in change sets that were released or discarded along, inside the transaction that did it: released
 * ones are told to their partners.
 */
export async function followSets(world: World, store: Store, sets: readonly ChangeSet[], by: string): Promise<void> {
  const bySet = new Map(sets.map((set) => [set.id, set]));
  for (const sendBack of await store.sendBacks.ofSets([...bySet.keys()])) {
    const set = bySet.get(sendBack.changeSet ?? '');
    const followed = set === undefined ? null : followSet(sendBack, set, dayOf(world.now()), world.now());
    if (followed === null) continue;
    await store.sendBacks.save(followed);
    if (followed.state !== 'released') continue;
    await announce(world, store, { kind: 'sendBackReleased', by, edition: followed.edition, sendBack: followed });
  }
}
