import type { Edition } from '../../domain/edition/edition.ts';
import { emptyPackage, type LessonPackage } from '../../domain/package/lessonPackage.ts';
import { composeRelease, nextNumber } from '../../domain/release/changeSet.ts';
import { extendHistory, highestSeverity, revisionsOf } from '../../domain/release/meaning.ts';
import type { ChangeSet, Release, ReleaseNumber, SegmentRevision } from '../../domain/release/release.ts';
import type { Day } from '../../domain/time.ts';
import { type ImpactItem, impactItems } from '../../domain/update/impact.ts';
import { concernsOf } from '../../domain/update/packageDelta.ts';
import { planUpdate } from '../../domain/update/planUpdate.ts';
import type { UpdateCounts } from '../../domain/update/update.ts';
import type { Store } from '../ports.ts';
import { batches, impactGround } from './impactGround.ts';

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
  const ground = await impactGround(store, proposed, concernsOf);
  const impact: EditionImpact[] = [];
  for (const batch of batches(ground.editions)) {
    const units = await store.units.ofEditions(
      batch.map(({ tag }) => tag),
      ground.segments,
    );
    const unitsOf = Map.groupBy(units, (unit) => unit.edition);
    for (const edition of batch) {
      const { delta } = ground.wayOf(edition);
      const plan = planUpdate(delta, ground.sideOf(edition, unitsOf.get(edition.tag) ?? []));
      impact.push({ edition, counts: plan.counts, items: impactItems(plan, delta) });
    }
  }
  return impact;
}
