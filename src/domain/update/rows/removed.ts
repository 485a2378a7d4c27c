import { ask, type Cell, drop, type SegmentOutcome } from '../itemOf.ts';

/** Theirs took a segment out. Our text goes to the history; an adaptation may stay as a local addition. */
export function removedRow(cell: Cell): SegmentOutcome {
  const { delta, unit, entry } = cell;
  if (unit === null && entry === null) return drop;
  const severity = delta.severity ?? 'content';
  // An omission has nothing to keep: its entry goes with the segment.
  const own = unit !== null && (entry !== null || unit.adapted) && !entry?.omits;
  return ask(cell, { kind: 'removed', severity, choices: own ? ['keepOurs', 'confirm', 'later'] : [] });
}
