import { type Cell, look, type SegmentOutcome } from '../itemOf.ts';

/**
 * Ours differs on purpose, and what stands around it changed its meaning: the reason may be gone. Carried; look if you
 * like. `sets` are those that changed the neighbours.
 */
export function surroundingsRow(cell: Cell, sets: readonly string[]): SegmentOutcome {
  const choices = cell.entry?.omits
    ? (['keepOurs', 'confirm', 'later'] as const)
    : (['keepOurs', 'redo', 'later'] as const);
  return look(cell, { kind: 'surroundings', severity: 'editorial', choices, sets });
}
