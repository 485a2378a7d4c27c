import type { Edition, EditionTag } from '../../domain/edition/edition.ts';
import { segmentsOf } from '../../domain/edition/workingText.ts';
import { emptyPackage, type LessonPackage, type SegmentId } from '../../domain/package/lessonPackage.ts';
import { textHash } from '../../domain/release/canonical.ts';
import { composeRelease, nextNumber } from '../../domain/release/changeSet.ts';
import { extendHistory, highestSeverity, meaningOf, revisionsOf, stalenessOf } from '../../domain/release/meaning.ts';
import type { ChangeSet, Release, ReleaseNumber, SegmentRevision } from '../../domain/release/release.ts';
import type { Day } from '../../domain/time.ts';
import { type ImpactItem, impactItems } from '../../domain/update/impact.ts';
import { type PackageDelta, packageDelta } from '../../domain/update/packageDelta.ts';
import { planUpdate } from '../../domain/update/planUpdate.ts';
import type { UpdateCounts } from '../../domain/update/update.ts';
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
 * What a release would ask of each edition. One delta per release that editions stand on, and only the units of the
 * segments in it are read: the cost follows what changed, not the size of the package.
 */
export async function impactOf(store: Store, proposed: ProposedRelease): Promise<readonly EditionImpact[]> {
  const editions = await store.editions.all();
  const deltas = new Map<ReleaseNumber, PackageDelta>();
  for (const base of new Set(editions.map((edition) => edition.upstream.release))) {
    const from = await store.releases.lessonPackage(base);
    const target = { number: proposed.release.number, lessonPackage: proposed.lessonPackage };
    deltas.set(base, packageDelta({ number: base, lessonPackage: from }, target, proposed.history));
  }
  const segments = [...new Set([...deltas.values()].flatMap((delta) => [...delta.segments.keys()]))];
  const tags = editions.map((edition) => edition.tag);
  const [units, ledger, facts] = await Promise.all([
    store.units.ofEditions(tags, segments),
    store.ledger.ofEditions(tags, segments),
    store.facts.ofJurisdictions([...new Set(editions.map((edition) => edition.country))]),
  ]);
  const unitsOf = Map.groupBy(units, (unit) => unit.edition);
  const ledgerOf = Map.groupBy(ledger, (entry) => entry.edition);
  const factsOf = Map.groupBy(facts, (fact) => fact.jurisdiction);
  return editions.flatMap((edition) => {
    const delta = deltas.get(edition.upstream.release);
    if (delta === undefined) return [];
    const plan = planUpdate(delta, {
      edition,
      units: new Map((unitsOf.get(edition.tag) ?? []).map((unit) => [unit.segment, unit])),
      ledger: new Map((ledgerOf.get(edition.tag) ?? []).map((entry) => [entry.segment, entry])),
      history: proposed.history,
      filledFacts: new Set((factsOf.get(edition.country) ?? []).map((fact) => fact.key)),
    });
    return [{ edition, counts: plan.counts, items: impactItems(plan, delta) }];
  });
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
