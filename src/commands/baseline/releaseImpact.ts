import type { Edition, EditionTag } from '../../domain/edition/edition.ts';
import { withKept } from '../../domain/edition/keptParts.ts';
import { segmentsOf } from '../../domain/edition/workingText.ts';
import { emptyPackage, type LessonPackage, type SegmentId } from '../../domain/package/lessonPackage.ts';
import { textHash } from '../../domain/release/canonical.ts';
import { composeRelease, nextNumber } from '../../domain/release/changeSet.ts';
import { lineageOf } from '../../domain/release/lineage.ts';
import {
  extendHistory,
  type History,
  highestSeverity,
  meaningOf,
  revisionsOf,
  stalenessOf,
} from '../../domain/release/meaning.ts';
import type { ChangeSet, Release, ReleaseNumber, SegmentRevision } from '../../domain/release/release.ts';
import { laterSets, stillAhead } from '../../domain/release/takeAhead.ts';
import type { Day } from '../../domain/time.ts';
import { type ImpactItem, impactItems } from '../../domain/update/impact.ts';
import { concernsOf, type PackageDelta, packageDelta } from '../../domain/update/packageDelta.ts';
import { planUpdate } from '../../domain/update/planUpdate.ts';
import type { UpdateCounts } from '../../domain/update/update.ts';
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
 * What a release would ask of each edition. One delta per place that editions stand on, and only the units of the
 * segments in it are read: the cost follows what changed, not the size of the package.
 */
export async function impactOf(store: Store, proposed: ProposedRelease): Promise<readonly EditionImpact[]> {
  const editions = await store.editions.all();
  const deltas = await deltasTo(store, proposed, editions);
  const segments = [...new Set([...deltas.values()].flatMap(({ delta }) => [...concernsOf(delta)]))];
  const tags = editions.map((edition) => edition.tag);
  const [units, ledger, facts, past] = await Promise.all([
    store.units.ofEditions(tags, segments),
    store.ledger.ofEditions(tags, segments),
    store.facts.ofJurisdictions([...new Set(editions.map((edition) => edition.country))]),
    store.units.histories(
      tags,
      revivedIn(
        [...deltas.values()].map(({ delta }) => delta),
        proposed,
      ),
    ),
  ]);
  const unitsOf = Map.groupBy(units, (unit) => unit.edition);
  const ledgerOf = Map.groupBy(ledger, (entry) => entry.edition);
  const factsOf = Map.groupBy(facts, (fact) => fact.jurisdiction);
  const pastOf = Map.groupBy(past, (unit) => unit.edition);
  return editions.flatMap((edition) => {
    const found = deltas.get(placeOf(edition));
    if (found === undefined) return [];
    const plan = planUpdate(found.delta, {
      edition,
      units: new Map((unitsOf.get(edition.tag) ?? []).map((unit) => [unit.segment, unit])),
      ledger: new Map((ledgerOf.get(edition.tag) ?? []).map((entry) => [entry.segment, entry])),
      history: found.history,
      filledFacts: new Set((factsOf.get(edition.country) ?? []).map((fact) => fact.key)),
      earlier: Map.groupBy(pastOf.get(edition.tag) ?? [], (unit) => unit.segment),
    });
    return [{ edition, counts: plan.counts, items: impactItems(plan, found.delta) }];
  });
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

/**
 * Units that are stale beside the newest release, by edition, whoever left them so and whenever. Only segments whose
 * text ever changed are looked at: the others cannot be stale.
 */
export async function staleNow(
  store: Store,
  editions: readonly Edition[],
): Promise<ReadonlyMap<EditionTag, ReadonlySet<SegmentId>>> {
  const newest = await store.releases.newest();
  if (newest === null) return new Map();
  const [lessonPackage, history] = await Promise.all([
    store.releases.lessonPackage(newest.number),
    store.releases.fullHistory(),
  ]);
  const changed = Object.keys(lessonPackage.segments).filter((id) => (history[id]?.length ?? 0) > 1);
  const tags = editions.map((edition) => edition.tag);
  const [units, ledger] = await Promise.all([
    store.units.ofEditions(tags, changed),
    store.ledger.ofEditions(tags, changed),
  ]);
  const entries = new Map(ledger.map((entry) => [`${entry.edition} ${entry.segment}`, entry]));
  const hashes = new Map(changed.map((id) => [id, textHash(lessonPackage.segments[id]?.text ?? '')]));
  const found = new Map<EditionTag, Set<SegmentId>>(tags.map((tag) => [tag, new Set()]));
  for (const unit of units) {
    const hash = hashes.get(unit.segment) ?? '';
    const revisions = history[unit.segment] ?? [];
    const entry = entries.get(`${unit.edition} ${unit.segment}`);
    if (entry?.omits || (entry?.declined !== undefined && entry.declined === meaningOf(revisions, hash))) continue;
    const staleness = stalenessOf(revisions, unit.basedOn, hash);
    if (staleness !== null && staleness.severity !== 'editorial') found.get(unit.edition)?.add(unit.segment);
  }
  return found;
}

/** How many units an edition has to have: one for every segment placed in a lesson that it does not leave out. */
export function unitsOfEdition(lessonPackage: LessonPackage, edition: Pick<Edition, 'lessons'>): number {
  const lessons = lessonPackage.lessons.filter((lesson) => edition.lessons[lesson.id]?.state !== 'leftOut');
  return new Set(lessons.flatMap(segmentsOf)).size;
}
