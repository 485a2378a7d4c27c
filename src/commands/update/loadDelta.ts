import type { Edition, Kept, Upstream } from '../../domain/edition/edition.ts';
import { passedBy } from '../../domain/edition/standsOn.ts';
import { DomainError } from '../../domain/errors.ts';
import { compareNumbers } from '../../domain/release/changeSet.ts';
import { lineageOf } from '../../domain/release/lineage.ts';
import type { History } from '../../domain/release/meaning.ts';
import type { ChangeSetId, ReleaseNumber } from '../../domain/release/release.ts';
import { laterSets, stillAhead, takeAhead } from '../../domain/release/takeAhead.ts';
import { type PackageDelta, packageDelta } from '../../domain/update/packageDelta.ts';
import { editionHistory, upstreamPackage } from '../edition/upstreamPackage.ts';
import type { Store } from '../ports.ts';

/** Deltas by history (a new release brings a new one) and by what they lie between: the same for every edition. */
const remembered = new WeakMap<History, Map<string, PackageDelta>>();

export type Stood = Pick<Edition, 'upstream' | 'kept' | 'raised'>;
/** Where an update leads: a release, or one change set ahead of where the edition stands. */
export type Goal =
  | { readonly kind: 'release'; readonly release: ReleaseNumber }
  | { readonly kind: 'set'; readonly set: ChangeSetId };

type Target = { readonly upstream: Upstream; readonly brought: readonly ChangeSetId[] };

/**
 * The difference between where an edition stands and a goal. Throws `releaseUnknown`, `releaseNotLater`; for a set
 * `changeSetUnknown` when no later release has it, `aheadAlready`, and `aheadNotAlone` when it does not fit.
 */
export async function loadDelta(store: Store, edition: Stood, goal: Goal): Promise<PackageDelta> {
  const target = await targetOf(store, edition, goal);
  const history = await editionHistory(store, { ...edition, upstream: target.upstream });
  const known = remembered.get(history) ?? new Map<string, PackageDelta>();
  remembered.set(history, known);
  const kept: readonly Kept[] = edition.kept ?? [];
  const key = JSON.stringify([edition.upstream, target, kept]);
  const found = known.get(key);
  if (found !== undefined) return found;
  const standing = edition.kept === undefined ? {} : { kept };
  const from = await upstreamPackage(store, { ...standing, upstream: edition.upstream });
  const to = await upstreamPackage(store, { ...standing, upstream: target.upstream });
  const delta = packageDelta(
    { number: edition.upstream.release, lessonPackage: from, ahead: edition.upstream.ahead },
    { number: target.upstream.release, lessonPackage: to, ahead: target.upstream.ahead },
    history,
    lineageOf(await store.releases.all()),
  );
  const whole = { ...delta, ...target };
  known.set(key, whole);
  return whole;
}

async function targetOf(store: Store, { upstream }: Stood, goal: Goal): Promise<Target> {
  const { release, ahead } = upstream;
  const releases = await store.releases.all();
  if (goal.kind === 'set') {
    const later = laterSets(releases, release);
    const contained = releases.some(
      (each) => compareNumbers(each.number, release) <= 0 && each.sets.some((set) => set.id === goal.set),
    );
    if (ahead.includes(goal.set) || contained) throw new DomainError('aheadAlready', { changeSet: goal.set });
    const taken = takeAhead(await store.releases.lessonPackage(release), later, [...ahead, goal.set]);
    const brought = taken.ahead.filter((id) => id !== goal.set && !ahead.includes(id));
    return { upstream: { ...upstream, ahead: taken.ahead }, brought };
  }
  if (compareNumbers(goal.release, release) <= 0) {
    throw new DomainError('releaseNotLater', { release: goal.release, base: release });
  }
  if (ahead.length === 0) return { upstream: { ...upstream, release: goal.release }, brought: [] };
  const base = await store.releases.lessonPackage(goal.release);
  const still = stillAhead(base, laterSets(releases, goal.release), ahead);
  const passed = passedBy(upstream, still.ahead);
  return { upstream: { release: goal.release, ahead: still.ahead, ...passed }, brought: [] };
}
