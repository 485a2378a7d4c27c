import type { EditionTag, LedgerEntry } from '../../domain/edition/edition.ts';
import type { SegmentSum } from '../../domain/edition/ledgerSum.ts';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';

/** Deliberate differences in words and omissions: one entry for a segment of an edition. */
export interface Ledger {
  ofEdition(tag: EditionTag): Promise<readonly LedgerEntry[]>;
  /** Of many editions, for impact: only the segments asked for. */
  ofEditions(tags: readonly EditionTag[], segments: readonly SegmentId[]): Promise<readonly LedgerEntry[]>;
  byId(tag: EditionTag, segment: SegmentId): Promise<LedgerEntry | null>;
  /** All editions in sum, the most changed segment first; of some segments, when they are named. */
  sums(segments?: readonly SegmentId[]): Promise<readonly SegmentSum[]>;
  /** Compare-and-set. */
  save(entry: LedgerEntry): Promise<void>;
  drop(tag: EditionTag, segment: SegmentId): Promise<void>;
}
