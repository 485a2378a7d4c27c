import type { Edition, TranslationUnit } from '../edition/edition.ts';
import { DomainError } from '../errors.ts';
import type { SegmentId } from '../package/lessonPackage.ts';
import type { Instant } from '../time.ts';
import type { Update, UpdateLogLine } from './update.ts';

export type Undoing = {
  readonly edition: Edition;
  readonly update: Update;
  readonly save: readonly TranslationUnit[];
  readonly retire: readonly TranslationUnit[];
  readonly ledger: readonly { readonly segment: SegmentId; readonly before: UpdateLogLine['ledgerBefore'] }[];
  /** Units that somebody wrote since; they and what the ledger says of them stay as they are. */
  readonly kept: readonly SegmentId[];
};

/**
 * Takes an applied update back: each unit that nobody touched since gets the text it had, the rest is listed and stays.
 * `earlier` gives the newest superseded text of a segment.
 */
export function undoUpdate(
  update: Update,
  edition: Edition,
  units: ReadonlyMap<SegmentId, TranslationUnit>,
  earlier: ReadonlyMap<SegmentId, TranslationUnit>,
  at: Instant,
): Undoing {
  if (update.state !== 'applied' || update.before === null) throw new DomainError('updateDone');
  const save: TranslationUnit[] = [];
  const retire: TranslationUnit[] = [];
  const kept: SegmentId[] = [];
  const ledger: { segment: SegmentId; before: UpdateLogLine['ledgerBefore'] }[] = [];
  for (const line of update.log) {
    const now = units.get(line.key) ?? null;
    const old = earlier.get(line.key) ?? null;
    const wroteLedger = line.ledgerBefore !== undefined;
    // Taking an omission back is a confirmation, too, and writes the ledger only.
    const wroteUnit = ['redone', 'removed'].includes(line.done) || (line.done === 'confirmed' && !wroteLedger);
    if (!wroteUnit && !wroteLedger) continue;
    if ((now?.revision ?? 0) !== line.unitRevision) {
      kept.push(line.key);
      continue;
    }
    if (wroteLedger) ledger.push({ segment: line.key, before: line.ledgerBefore });
    if (!wroteUnit) continue;
    if (now === null && old !== null) save.push({ ...old, revision: 1, at });
    else if (now !== null && now.revision === 1) retire.push(now);
    else if (now !== null && old !== null) save.push({ ...old, revision: now.revision + 1, at });
  }
  return {
    edition: {
      ...edition,
      upstream: update.before.upstream,
      lessons: lessonsAfter(update, update.before.lessons, edition.lessons),
      revision: edition.revision + 1,
    },
    update: { ...update, state: 'undone', updatedAt: at, revision: update.revision + 1 },
    save,
    retire,
    ledger,
    kept,
  };
}

/** What people chose since stays; lessons that came with the update go, unless somebody chose about them. */
function lessonsAfter(update: Update, before: Edition['lessons'], now: Edition['lessons']): Edition['lessons'] {
  const came = new Map(update.log.map((line) => [line.key, line.done === 'declined' ? 'leftOut' : 'planned']));
  return Object.fromEntries(
    Object.entries(now).filter(([id, choice]) => Object.hasOwn(before, id) || came.get(id) !== choice.state),
  );
}
