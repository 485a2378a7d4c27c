import type { SegmentId } from '../package/lessonPackage.ts';
import type { AdaptationKind } from './edition.ts';

/** What all editions together do to one segment. Each edition counts once. */
export type SegmentSum = {
  readonly segment: SegmentId;
  /** Editions with an entry, whatever it is. */
  readonly editions: number;
  readonly kinds: Readonly<Partial<Record<AdaptationKind, number>>>;
  /** Of them, those that leave the segment out. */
  readonly omitted: number;
  /** Of them, those that declined what the baseline said. */
  readonly declined: number;
};

/** The part of an entry that counts. */
export type Counted = {
  readonly segment: SegmentId;
  readonly kind: AdaptationKind;
  readonly omits: boolean;
  readonly declined: boolean;
  /** How many editions; 1 for a single entry. */
  readonly count: number;
};

/** Sums by segment, the most changed first. */
export function sumLedger(rows: Iterable<Counted>): readonly SegmentSum[] {
  const sums = new Map<
    SegmentId,
    { editions: number; kinds: Partial<Record<AdaptationKind, number>>; omitted: number; declined: number }
  >();
  for (const { segment, kind, omits, declined, count } of rows) {
    const sum = sums.get(segment) ?? { editions: 0, kinds: {}, omitted: 0, declined: 0 };
    sum.editions += count;
    sum.kinds[kind] = (sum.kinds[kind] ?? 0) + count;
    if (omits) sum.omitted += count;
    if (declined) sum.declined += count;
    sums.set(segment, sum);
  }
  return [...sums]
    .map(([segment, sum]) => ({ segment, ...sum }))
    .sort((one, other) => other.editions - one.editions || (one.segment < other.segment ? -1 : 1));
}
