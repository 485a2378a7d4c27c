import type { Actor } from '../../domain/access/access.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ChangeSet, Release } from '../../domain/release/release.ts';
import { dayOf } from '../../domain/time.ts';
import { announce } from '../announce.ts';
import { authorize } from '../authorize.ts';
import type { Store, World } from '../ports.ts';
import { followSets } from '../sendBack/followSets.ts';
import { loadChangeSet } from './loadChangeSet.ts';
import { countsOf } from './releaseCounts.ts';
import { proposeRelease } from './releaseImpact.ts';

export type MakeRelease = {
  readonly sets: readonly string[];
  readonly summary: string;
  /** The newest release on the page that showed the impact; null for the first. */
  readonly previous: string | null;
};

/** The approved sets by id. Throws `changeSetState` for one that is not approved. */
export async function approvedSets(store: Store, ids: readonly string[]): Promise<readonly ChangeSet[]> {
  const sets: ChangeSet[] = [];
  for (const id of ids) {
    const set = await loadChangeSet(store, id);
    if (set.state !== 'approved') throw new DomainError('changeSetState', { changeSet: set.id, state: set.state });
    sets.push(set);
  }
  if (sets.length === 0) throw new DomainError('changeSetEmpty', { changeSet: '' });
  return sets;
}

/**
 * Makes the next release of the chosen approved sets. The release, each edition's counts, the event and everybody's
 * notices and mails are one transaction; the public pages follow at once. Throws `staleRevision` when another release
 * was made meanwhile.
 */
export async function makeRelease(world: World, actor: Actor, input: MakeRelease): Promise<Release> {
  const release = await world.store.transaction(async (store) => {
    const person = authorize(actor, 'release:make');
    const newest = await store.releases.newest();
    if ((newest?.number ?? null) !== input.previous)
      throw new DomainError('staleRevision', { theirs: newest?.number ?? '' });
    const sets = await approvedSets(store, input.sets);
    const now = world.now();
    const summary = input.summary.trim();
    const proposed = await proposeRelease(store, sets, dayOf(now), summary === '' ? {} : { summary });
    const impact = await countsOf(store, proposed);
    await store.releases.add(proposed.release, proposed.lessonPackage, proposed.revisions);
    const number = proposed.release.number;
    const released = sets.map((set): ChangeSet => {
      return { ...set, state: 'released', release: number, updatedAt: now, revision: set.revision + 1 };
    });
    for (const set of released) await store.changeSets.save(set);
    await store.editions.saveCounts(
      impact.map(({ edition, counts }) => ({ tag: edition.tag, release: number, counts })),
    );
    await announce(world, store, {
      kind: 'releaseMade',
      by: person.id,
      release: proposed.release,
      editions: impact.map(({ edition, counts }) => ({ tag: edition.tag, partner: edition.partner, counts })),
    });
    await followSets(world, store, released, person.id);
    return proposed.release;
  });
  await world.site.projectAll();
  return release;
}
