import type { ReleaseNumber } from '../../domain/release/release.ts';
import type { Store } from '../ports.ts';
import type { Seed } from './readSeed.ts';
import { seedSteps } from './seedStore.ts';

/**
 * Whether a store holds a baseline that did not come from this seed, and so must not be mixed with it: the number of its
 * newest release. Null for an empty store, for one that the seed is still being brought to, and for one that was seeded
 * whole and went on with releases of its own.
 */
export async function otherHistory(store: Store, seed: Seed): Promise<ReleaseNumber | null> {
  const done = await store.seeding.done();
  // Agreed words came later than the first stores: a store that lacks nothing else was seeded whole.
  const steps = seedSteps({ ...seed, glossaries: [] });
  if (steps.every((step) => done.has(step))) return null;
  const roots = new Map(seed.releases.map(({ release }) => [release.number, release.root]));
  const releases = await store.releases.all();
  const foreign = releases.some(({ number, root }) => roots.get(number) !== root);
  return foreign ? ((await store.releases.newest())?.number ?? null) : null;
}
