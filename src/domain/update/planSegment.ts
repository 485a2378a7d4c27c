import { type Cell, type SegmentOutcome, take } from './itemOf.ts';
import type { OurSide } from './ourSide.ts';
import type { PackageDelta, SegmentDelta } from './packageDelta.ts';
import { addedRow } from './rows/added.ts';
import { editedRow, placed } from './rows/edited.ts';
import { omittedRow } from './rows/omitted.ts';
import { removedRow } from './rows/removed.ts';
import { surroundingsRow } from './rows/surroundings.ts';

/** One row and column of the table: what theirs did to a segment, and what ours is. */
export function planSegment(segment: SegmentDelta, ours: OurSide, delta: PackageDelta): SegmentOutcome {
  const cell = cellOf(segment, ours);
  const outcome = rowOf(cell, delta);
  const quiet = outcome.kind === 'carry' && outcome.item === null;
  return quiet ? (around(cell, delta) ?? outcome) : outcome;
}

/** A segment that did not change, beside one that did; null where ours is no deliberate difference. */
export function planSurrounding(segment: SegmentDelta, ours: OurSide, delta: PackageDelta): SegmentOutcome | null {
  return around(cellOf(segment, ours), delta);
}

const cellOf = (segment: SegmentDelta, ours: OurSide): Cell => ({
  delta: segment,
  ours,
  unit: ours.units.get(segment.id) ?? null,
  entry: ours.ledger.get(segment.id) ?? null,
});

function rowOf(cell: Cell, delta: PackageDelta): SegmentOutcome {
  const { delta: segment, unit, entry } = cell;
  if (segment.after === null) return removedRow(cell);
  if (entry?.omits) return omittedRow(cell);
  if (unit !== null) return editedRow({ ...cell, unit });
  if (segment.before === null) return addedRow(cell, delta);
  const outcome = placed(cell);
  return outcome.item === null ? take : outcome;
}

function around(cell: Cell, delta: PackageDelta): SegmentOutcome | null {
  const surrounding = delta.surroundings.get(cell.delta.id);
  if (cell.entry === null || surrounding === undefined) return null;
  return surroundingsRow(cell, surrounding.sets);
}
