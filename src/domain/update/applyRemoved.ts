import type { LedgerEntry } from '../edition/edition.ts';
import type { ReleaseNumber } from '../release/release.ts';
import { entryOf, type ItemApplication, type Line } from './itemApplication.ts';

/** The segment is gone: ours stays as a local addition where a person says so, and goes to the history otherwise. */
export function applyRemoved(work: ItemApplication, entry: LedgerEntry | null): Line {
  const { item, decision, ours, wholes } = work;
  const unit = ours.units.get(item.key) ?? null;
  const unitRevision = unit?.revision ?? 0;
  // With a lesson that stays, its texts stay.
  if (item.lessons.some((lesson) => wholes.keptLessons.has(lesson))) return { done: 'left', unitRevision };
  if (decision?.kind === 'keepOurs') {
    wholes.kept.push({ kind: 'segment', segment: item.key, release: lastReleaseWith(work) });
    work.ledgerSave.push({ ...entryOf(work, decision, entry), kind: 'addition', declined: item.meaning });
    return { done: 'kept', unitRevision, ledgerBefore: entry };
  }
  if (unit !== null) work.retire.push(unit);
  if (entry !== null) work.ledgerDrop.push(item.key);
  const before = { unitBefore: unitRevision, ...(entry === null ? {} : { ledgerBefore: entry }) };
  return { done: 'removed', unitRevision: 0, ...before };
}

/** The release that an edition stood on; what it had ahead of it is in the release that brought it. */
function lastReleaseWith({ item, ours, base }: ItemApplication): ReleaseNumber {
  if (ours.edition.upstream.ahead.length === 0) return base;
  return ours.history[item.key]?.at(-1)?.release ?? base;
}

/** An addition without a place: to the end of its section, or to the history; until then it is kept unplaced. */
export function applyAdrift({ item, decision, ours, wholes, retire, ledgerDrop }: ItemApplication): Line {
  const unit = ours.units.get(item.key) ?? null;
  const unitRevision = unit?.revision ?? 0;
  const at = wholes.kept.findIndex((part) => part.kind === 'segment' && part.segment === item.key);
  const part = wholes.kept[at];
  if (part === undefined || part.kind !== 'segment') return { done: 'later', unitRevision };
  if (decision?.kind === 'keepOurs') {
    wholes.kept[at] = { ...part, atEnd: true };
    return { done: 'kept', unitRevision };
  }
  if (decision?.kind !== 'confirm') return { done: 'later', unitRevision };
  wholes.kept.splice(at, 1);
  const entry = ours.ledger.get(item.key) ?? null;
  if (unit !== null) retire.push(unit);
  if (entry !== null) ledgerDrop.push(item.key);
  const before = { unitBefore: unitRevision, ...(entry === null ? {} : { ledgerBefore: entry }) };
  return { done: 'removed', unitRevision: 0, ...before };
}
