import type { Edition, TranslationUnit } from '../edition/edition.ts';
import { passedBy } from '../edition/standsOn.ts';
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
 * `earlier` gives the superseded texts of a segment, newest first. Where the edition stood comes back, with what it had
 * taken ahead and what it kept. Throws `updateDone`.
 */
export function undoUpdate(
  update: Update,
  edition: Edition,
  units: ReadonlyMap<SegmentId, TranslationUnit>,
  earlier: ReadonlyMap<SegmentId, readonly TranslationUnit[]>,
  at: Instant,
): Undoing {
  if (update.state !== 'applied' || update.before === null) throw new DomainError('updateDone');
  const save: TranslationUnit[] = [];
  const retire: TranslationUnit[] = [];
  const kept: SegmentId[] = [];
  const ledger: { segment: SegmentId; before: UpdateLogLine['ledgerBefore'] }[] = [];
  for (const line of update.log) {
    const wroteUnit = line.unitBefore !== undefined && line.unitBefore !== line.unitRevision;
    const wroteLedger = line.ledgerBefore !== undefined;
    if (!wroteUnit && !wroteLedger) continue;
    const now = units.get(line.key) ?? null;
    const past = earlier.get(line.key) ?? [];
    const old = past.find((unit) => unit.revision === line.unitBefore) ?? null;
    // A text that came and went since is a person's work as well.
    const gone = now === null && (past[0]?.revision ?? 0) > (line.unitBefore ?? 0);
    if ((now?.revision ?? 0) !== line.unitRevision || (wroteUnit && gone)) {
      kept.push(line.key);
      continue;
    }
    if (wroteLedger) ledger.push({ segment: line.key, before: line.ledgerBefore });
    if (!wroteUnit) continue;
    if (old !== null) save.push({ ...old, revision: Math.max(now?.revision ?? 0, past[0]?.revision ?? 0) + 1, at });
    else if (now !== null) retire.push(now);
  }
  const { kept: _kept, ...rest } = edition;
  return {
    edition: {
      ...rest,
      upstream: { ...update.before.upstream, ...passedBy(edition.upstream, update.before.upstream.ahead) },
      lessons: lessonsAfter(update, update.before.lessons, edition.lessons),
      ...(update.before.kept === undefined ? {} : { kept: update.before.kept }),
      revision: edition.revision + 1,
    },
    update: { ...update, state: 'undone', updatedAt: at, revision: update.revision + 1 },
    save,
    retire,
    ledger,
    kept,
  };
}

/** What people chose since stays; what the update did to lessons goes back, unless somebody chose about them since. */
function lessonsAfter(update: Update, before: Edition['lessons'], now: Edition['lessons']): Edition['lessons'] {
  const done = new Map(update.log.map((line) => [line.key, line.done]));
  return Object.fromEntries(
    Object.entries(now).flatMap(([id, choice]) => {
      const old = before[id];
      const withdrawn = done.get(id) === 'withdrawn' && choice.state === 'leftOut';
      if (old !== undefined) return [[id, withdrawn ? old : choice]];
      const came = done.get(id) === 'declined' ? 'leftOut' : 'planned';
      return done.has(id) && came === choice.state ? [] : [[id, choice]];
    }),
  );
}
