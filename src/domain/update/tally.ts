import type { SegmentOutcome } from './itemOf.ts';
import type { SegmentDelta } from './packageDelta.ts';
import type { ItemKind, UpdateCounts } from './update.ts';

/** The counts of an update while its segments are gone through; facts are counted apart. */
export type Tally = { -readonly [K in keyof Omit<UpdateCounts, 'factsNeeded'>]: number };

export const emptyTally = (): Tally => ({
  take: 0,
  carry: 0,
  stale: 0,
  staleWords: 0,
  conflicts: 0,
  added: 0,
  removed: 0,
  safety: 0,
});

const toRedo: ReadonlySet<ItemKind> = new Set(['stale', 'conflict', 'becameCore', 'coreOverridden']);
const untranslated: ReadonlySet<ItemKind> = new Set(['added', 'lineage']);

/** Adds what the table says of one segment. */
export function countOutcome(tally: Tally, outcome: SegmentOutcome, segment: SegmentDelta): void {
  const { item } = outcome;
  if (outcome.kind === 'take') tally.take++;
  if (outcome.kind === 'carry') tally.carry++;
  if (item === null) return;
  if (item.severity === 'safety') tally.safety++;
  if (item.kind === 'conflict' || item.kind === 'coreOverridden') tally.conflicts++;
  if (untranslated.has(item.kind)) tally.added++;
  if (item.kind === 'removed') tally.removed++;
  if (toRedo.has(item.kind)) tally.stale++;
  if (toRedo.has(item.kind) || untranslated.has(item.kind)) tally.staleWords += segment.words;
}
