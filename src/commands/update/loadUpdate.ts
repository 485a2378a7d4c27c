import type { Edition } from '../../domain/edition/edition.ts';
import { DomainError } from '../../domain/errors.ts';
import type { FactKey } from '../../domain/facts/fact.ts';
import { compareNumbers } from '../../domain/release/changeSet.ts';
import type { ReleaseNumber } from '../../domain/release/release.ts';
import { type PackageDelta, packageDelta } from '../../domain/update/packageDelta.ts';
import { type OurSide, planUpdate } from '../../domain/update/planUpdate.ts';
import type { Update, UpdatePlan } from '../../domain/update/update.ts';
import type { Store } from '../ports.ts';

/** Deltas by history (a new release brings a new one) and pair of releases: the same for every edition. */
const remembered = new WeakMap<object, Map<string, PackageDelta>>();

/** The difference between two releases. Throws `releaseUnknown`, `releaseNotLater`. */
export async function loadDelta(store: Store, base: ReleaseNumber, target: ReleaseNumber): Promise<PackageDelta> {
  if (compareNumbers(target, base) <= 0) throw new DomainError('releaseNotLater', { release: target, base });
  const history = await store.releases.fullHistory();
  const pairs = remembered.get(history) ?? new Map<string, PackageDelta>();
  remembered.set(history, pairs);
  const key = `${base} ${target}`;
  const known = pairs.get(key);
  if (known !== undefined) return known;
  const [from, to] = await Promise.all([store.releases.lessonPackage(base), store.releases.lessonPackage(target)]);
  const delta = packageDelta({ number: base, lessonPackage: from }, { number: target, lessonPackage: to }, history);
  pairs.set(key, delta);
  return delta;
}

/** What of an edition a delta concerns; reads nothing else. */
export async function loadOurSide(store: Store, edition: Edition, delta: PackageDelta): Promise<OurSide> {
  const segments = [...delta.segments.keys()];
  const [units, ledger, history, facts] = await Promise.all([
    store.units.some(edition.tag, segments),
    store.ledger.ofEdition(edition.tag),
    store.releases.fullHistory(),
    store.facts.ofJurisdictions([edition.country]),
  ]);
  return {
    edition,
    units: new Map(units.map((unit) => [unit.segment, unit])),
    ledger: new Map(ledger.map((entry) => [entry.segment, entry])),
    history,
    filledFacts: new Set<FactKey>(facts.map((fact) => fact.key)),
  };
}

export type OpenUpdate = {
  readonly plan: UpdatePlan;
  readonly ours: OurSide;
  /** The stored draft, retargeted; `revision` 0 when nothing has been decided yet. */
  readonly update: Update;
};

/**
 * The update that waits for an edition, computed as its units are now; null when it stands on the newest release. A
 * draft that was begun for an earlier release is retargeted and keeps the decisions that still answer the same meaning.
 */
export async function openUpdate(
  store: Store,
  edition: Edition,
  now: string,
  target?: ReleaseNumber,
): Promise<OpenUpdate | null> {
  const newest = await store.releases.newest();
  const goal = target ?? newest?.number;
  if (goal === undefined || compareNumbers(goal, edition.upstream.release) <= 0) return null;
  const base = edition.upstream.release;
  const delta = await loadDelta(store, base, goal);
  const [ours, draft] = await Promise.all([loadOurSide(store, edition, delta), store.updates.draft(edition.tag)]);
  const plan = planUpdate(delta, ours);
  const update: Update = draft
    ? { ...draft, base, target: goal }
    : {
        id: '',
        edition: edition.tag,
        base,
        target: goal,
        state: 'draft',
        decisions: {},
        log: [],
        before: null,
        startedBy: '',
        updatedAt: now,
        appliedAt: null,
        revision: 0,
      };
  return { plan, ours, update };
}
