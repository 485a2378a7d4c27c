import type { Edition } from '../../domain/edition/edition.ts';
import { withCheckedType } from '../../domain/facts/resolveFacts.ts';
import { upstreamPackage } from '../edition/upstreamPackage.ts';
import type { Store } from '../ports.ts';

/**
 * Where an update makes a fact another kind of value, the check that was made says of which kind the value was then: it
 * does not answer for the new one. The value, its check and its date stay; an edition that still stands on the old
 * release goes on as before.
 */
export async function keepCheckedTypes(store: Store, before: Edition, after: Edition): Promise<void> {
  const [{ facts: old }, { facts: now }] = await Promise.all([
    upstreamPackage(store, before),
    upstreamPackage(store, after),
  ]);
  const retyped = Object.values(old).filter(({ key, type }) => now[key] !== undefined && now[key].type !== type);
  for (const { key, type } of retyped) {
    const value = await store.facts.byKey(before.country, key);
    if (value === null) continue;
    const kept = withCheckedType(value, type);
    if (kept !== value) await store.facts.save(kept);
  }
}
