import { ask, type Cell, carry, look, type SegmentOutcome } from '../itemOf.ts';

/** Ours leaves the segment out. What theirs did to it asks for the reason again; core may not be left out at all. */
export function omittedRow(cell: Cell): SegmentOutcome {
  const { delta, entry } = cell;
  const severity = delta.severity ?? 'content';
  if (delta.after?.policy === 'core') {
    return ask(cell, { kind: 'coreOverridden', severity, choices: ['redo', 'confirm', 'later'] });
  }
  if (delta.severity === null || delta.severity === 'editorial') {
    const elsewhere = delta.newLessons.length > 0 || delta.leftLessons.length > 0 || delta.moved;
    if (!elsewhere) return carry;
    return look(cell, { kind: 'reoffer', severity: 'editorial', choices: ['keepOurs', 'confirm', 'later'] });
  }
  if (severity !== 'safety' && entry?.declined === delta.meaning) return carry;
  return ask(cell, { kind: 'reoffer', severity, choices: ['keepOurs', 'confirm', 'later'] });
}
