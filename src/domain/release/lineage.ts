import type { SegmentId } from '../package/lessonPackage.ts';
import type { Release } from './release.ts';

/** What each segment that was split or joined was made from, in the releases given. */
export type Lineage = ReadonlyMap<SegmentId, readonly SegmentId[]>;

export function lineageOf(releases: readonly Pick<Release, 'sets'>[]): Lineage {
  const lineage = new Map<SegmentId, readonly SegmentId[]>();
  for (const { sets } of releases) {
    for (const change of sets.flatMap((set) => set.changes)) {
      if (change.kind === 'segmentAdded' && change.segment.from) lineage.set(change.segment.id, change.segment.from);
    }
  }
  return lineage;
}

/** The parts of a segment as far back as those that are known; a part that nobody knows stays as it is. */
export function partsOf(
  from: readonly SegmentId[],
  isKnown: (id: SegmentId) => boolean,
  lineage: Lineage,
  seen: ReadonlySet<SegmentId> = new Set(),
): readonly SegmentId[] {
  const parts = from.flatMap((part) => {
    const earlier = lineage.get(part);
    if (isKnown(part) || earlier === undefined || seen.has(part)) return [part];
    return partsOf(earlier, isKnown, lineage, new Set([...seen, part]));
  });
  return [...new Set(parts)];
}
