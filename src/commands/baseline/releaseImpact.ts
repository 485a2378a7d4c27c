import type { Edition } from '../../domain/edition/edition.ts';
import { withKept } from '../../domain/edition/keptParts.ts';
import { emptyPackage, type LessonPackage, type SegmentId } from '../../domain/package/lessonPackage.ts';
import { composeRelease, nextNumber } from '../../domain/release/changeSet.ts';
import { lineageOf } from '../../domain/release/lineage.ts';
import { extendHistory, type History, highestSeverity, revisionsOf } from '../../domain/release/meaning.ts';
import type { ChangeSet, Release, ReleaseNumber, SegmentRevision } from '../../domain/release/release.ts';
import { laterSets, stillAhead } from '../../domain/release/takeAhead.ts';
import type { Day } from '../../domain/time.ts';
import { type ImpactItem, impactItems } from '../../domain/update/impact.ts';
import { concernsOf, type PackageDelta, packageDelta } from '../../domain/update/packageDelta.ts';
import { planUpdate } from '../../domain/update/planUpdate.ts';
import type { UpdateCounts, UpdatePlan } from '../../domain/update/update.ts';
import { ownHistory, upstreamPackage } from '../edition/upstreamPackage.ts';
import type { Store } from '../ports.ts';

/** A release that could be made: everything about it is known, nothing has been written. */
export type ProposedRelease = {
  readonly release: Release;
  readonly lessonPackage: LessonPackage;
  readonly revisions: readonly SegmentRevision[];
  readonly history: Readonly<Record<string, readonly SegmentRevision[]>>;
};

/** Composes the chosen approved sets on the newest release. Throws what `composeRelease` throws. */
export async function proposeRelease(
  store: Store,
  sets: readonly ChangeSet[],
  on: Day,
  options: { readonly summary?: string; readonly number?: ReleaseNumber; readonly demonstration?: boolean } = {},
): Promise<ProposedRelease> {
  const newest = await store.releases.newest();
  const before = newest === null ? null : await store.releases.lessonPackage(newest.number);
  const severity = highestSeverity(sets.map((set) => set.severity));
  const number = options.number ?? nextNumber(newest?.number ?? null, severity);
  const known = await store.releases.fullHistory();
  const { release, lessonPackage } = composeRelease(before ?? emptyPackage, sets, {
    number,
    on,
    summary: options.summary ?? sets.map((set) => set.summary).join(' '),
    previous: newest?.number ?? null,
    demonstration: options.demonstration ?? newest?.demonstration ?? false,
  });
  const revisions = revisionsOf(before ?? emptyPackage, release.sets, { number, on }, known);
  return { release, lessonPackage, revisions, history: extendHistory(known, revisions) };
}

export type EditionImpact = {
  readonly edition: Edition;
  readonly counts: UpdateCounts;
  /** What is somebody's work, one by one. */
  readonly items: readonly ImpactItem[];
};

/**
 * What a release would ask of each edition, item by item. One delta per place that editions stand on, and only the units
 * of the segments in it are read: the cost follows what changed, not the size of the package.
 */
export async function impactOf(store: Store, proposed: ProposedRelease): Promise<readonly EditionImpact[]> {
  const impact: EditionImpact[] = [];
  await planEach(store, proposed, (edition, plan, delta) => {
    impact.push({ edition, counts: plan.counts, items: impactItems(plan, delta) });
  });
  return impact;
}

export type EditionCounts = Pick<EditionImpact, 'edition' | 'counts'>;

/** The same in numbers alone: what a release stores. However many editions there are, no plan outlives its batch. */
export async function countsOf(store: Store, proposed: ProposedRelease): Promise<readonly EditionCounts[]> {
  const counted: EditionCounts[] = [];
  await planEach(store, proposed, (edition, { counts }) => {
    counted.push({ edition, counts });
  });
  return counted;
}

/** Units of all editions at once would be hundreds of megabytes; a batch of editions is read, planned and let go. */
const editionsAtOnce = 20;

type Planned = (edition: Edition, plan: UpdatePlan, delta: PackageDelta) => void;

async function planEach(store: Store, proposed: ProposedRelease, planned: Planned): Promise<void> {
  // They come in the order of their tags: the units of a batch lie side by side.
  const editions = await store.editions.all();
  const deltas = await deltasTo(store, proposed, editions);
  const segments = [...new Set([...deltas.values()].flatMap(({ delta }) => [...concernsOf(delta)]))];
  const revived = revivedIn(
    [...deltas.values()].map(({ delta }) => delta),
    proposed,
  );
  // Differences with a reason are few beside units: they are read once.
  const [facts, ledger] = await Promise.all([
    store.facts.ofJurisdictions([...new Set(editions.map((edition) => edition.country))]),
    store.ledger.ofEditions(
      editions.map((edition) => edition.tag),
      segments,
    ),
  ]);
  const ledgerOf = Map.groupBy(ledger, (entry) => entry.edition);
  const filled = new Map(
    [...Map.groupBy(facts, (fact) => fact.jurisdiction)].map(([country, all]) => [
      country,
      new Set(all.map((fact) => fact.key)),
    ]),
  );
  for (let first = 0; first < editions.length; first += editionsAtOnce) {
    const batch = editions.slice(first, first + editionsAtOnce);
    const tags = batch.map((edition) => edition.tag);
    const [units, past] = await Promise.all([
      store.units.ofEditions(tags, segments),
      store.units.histories(tags, revived),
    ]);
    const unitsOf = Map.groupBy(units, (unit) => unit.edition);
    const pastOf = Map.groupBy(past, (unit) => unit.edition);
    for (const edition of batch) {
      const found = deltas.get(placeOf(edition));
      if (found === undefined) continue;
      const ours = {
        edition,
        units: new Map((unitsOf.get(edition.tag) ?? []).map((unit) => [unit.segment, unit])),
        ledger: new Map((ledgerOf.get(edition.tag) ?? []).map((entry) => [entry.segment, entry])),
        history: found.history,
        filledFacts: filled.get(edition.country) ?? new Set<string>(),
        earlier: Map.groupBy(pastOf.get(edition.tag) ?? [], (unit) => unit.segment),
      };
      planned(edition, planUpdate(found.delta, ours), found.delta);
    }
  }
}

type DeltaTo = { readonly delta: PackageDelta; readonly history: History };

/** Editions that stand on the same release with nothing of their own share one delta. */
const placeOf = ({ upstream, kept, raised }: Edition): string => JSON.stringify([upstream, kept, raised]);

async function deltasTo(
  store: Store,
  proposed: ProposedRelease,
  editions: readonly Edition[],
): Promise<ReadonlyMap<string, DeltaTo>> {
  const { release, lessonPackage } = proposed;
  const releases = await store.releases.all();
  const later = laterSets(releases, release.number);
  const lineage = lineageOf([...releases, release]);
  const deltas = new Map<string, DeltaTo>();
  for (const edition of editions) {
    if (deltas.has(placeOf(edition))) continue;
    const { upstream, kept = [] } = edition;
    const still = stillAhead(lessonPackage, later, upstream.ahead);
    const parts = [];
    for (const part of kept) parts.push({ kept: part, from: await store.releases.lessonPackage(part.release) });
    const to = parts.length === 0 ? still : withKept(still.lessonPackage, parts);
    const history = await ownHistory(store, edition, proposed.history);
    const from = { number: upstream.release, lessonPackage: await upstreamPackage(store, edition) };
    const target = { number: release.number, lessonPackage: to.lessonPackage, ahead: still.ahead };
    deltas.set(placeOf(edition), { delta: packageDelta(from, target, history, lineage), history });
  }
  return deltas;
}

/** Segments that are back: an edition that had a text for one gets it back by itself. */
function revivedIn(deltas: readonly PackageDelta[], { release, history }: ProposedRelease): readonly SegmentId[] {
  const back = deltas.flatMap((delta) =>
    [...delta.segments.values()].filter(
      ({ id, before, after }) =>
        before === null &&
        after !== null &&
        (history[id] ?? []).some((revision) => revision.release !== release.number),
    ),
  );
  return [...new Set(back.map(({ id }) => id))];
}
