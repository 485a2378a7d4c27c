import type { Edition, LedgerEntry, LessonChoice, TranslationUnit } from '../edition/edition.ts';
import { DomainError } from '../errors.ts';
import type { SegmentId } from '../package/lessonPackage.ts';
import type { ReleaseNumber } from '../release/release.ts';
import { dayOf, type Instant } from '../time.ts';
import { answers } from './decide.ts';
import type { OurSide } from './planUpdate.ts';
import type { Decision, Update, UpdateItem, UpdateLogLine, UpdatePlan } from './update.ts';

/** What is to be written. Nothing that a person wrote is lost: what is replaced or retired goes to the unit's history. */
export type Application = {
  readonly edition: Edition;
  readonly update: Update;
  readonly save: readonly TranslationUnit[];
  readonly retire: readonly TranslationUnit[];
  readonly ledgerSave: readonly LedgerEntry[];
  readonly ledgerDrop: readonly SegmentId[];
  /** Decisions that no longer fit, because the unit or the meaning changed meanwhile. */
  readonly returned: readonly string[];
};

/**
 * Brings the working edition to the plan's target. The plan is computed from the units as they are now: a decision
 * made on an older revision of a unit comes back instead of being applied, the rest applies, and upstream moves.
 * Readers notice nothing before the next publication.
 */
export function applyUpdate(update: Update, plan: UpdatePlan, ours: OurSide, by: string, at: Instant): Application {
  if (update.state !== 'draft') throw new DomainError('updateDone');
  const save: TranslationUnit[] = [];
  const retire: TranslationUnit[] = [];
  const ledgerSave: LedgerEntry[] = [];
  const ledgerDrop: SegmentId[] = [];
  const returned: string[] = [];
  const log: UpdateLogLine[] = [];
  const lessons: Record<string, LessonChoice> = { ...ours.edition.lessons };

  for (const item of plan.items) {
    const decision = update.decisions[item.key];
    const unit = ours.units.get(item.key) ?? null;
    const entry = ours.ledger.get(item.key) ?? null;
    if (decision !== undefined && !answers(decision, item)) {
      returned.push(item.key);
      log.push({ key: item.key, done: 'returned', unitRevision: unit?.revision ?? 0 });
      continue;
    }
    if (item.kind === 'lessonAdded') {
      // A choice may be left from an update that was undone.
      if (decision !== undefined || lessons[item.key] === undefined) lessons[item.key] = lessonChoice(decision);
      log.push({ key: item.key, done: decision?.kind === 'decline' ? 'declined' : 'left', unitRevision: 0 });
      continue;
    }
    const line = applyItem({
      item,
      decision,
      unit,
      entry,
      ours,
      target: plan.target,
      at,
      save,
      retire,
      ledgerSave,
      ledgerDrop,
    });
    if (line !== null) log.push(line);
  }
  return {
    edition: {
      ...ours.edition,
      upstream: { release: plan.target, ahead: [] },
      lessons,
      revision: ours.edition.revision + 1,
    },
    update: {
      ...update,
      state: 'applied',
      log,
      before: { upstream: ours.edition.upstream, lessons: ours.edition.lessons },
      startedBy: update.startedBy || by,
      appliedAt: at,
      updatedAt: at,
      revision: update.revision + 1,
    },
    save,
    retire,
    ledgerSave,
    ledgerDrop,
    returned,
  };
}

const lessonChoice = (decision: Decision | undefined): LessonChoice => {
  if (decision?.kind === 'decline') return { state: 'leftOut', reason: decision.reason ?? '' };
  return { state: 'planned' };
};

type ItemApplication = {
  readonly item: UpdateItem;
  readonly decision: Decision | undefined;
  readonly unit: TranslationUnit | null;
  readonly entry: LedgerEntry | null;
  readonly ours: OurSide;
  readonly target: ReleaseNumber;
  readonly at: Instant;
  readonly save: TranslationUnit[];
  readonly retire: TranslationUnit[];
  readonly ledgerSave: LedgerEntry[];
  readonly ledgerDrop: SegmentId[];
};

function applyItem(work: ItemApplication): UpdateLogLine | null {
  const { item, decision, unit, entry, ours, at } = work;
  const key = item.key;
  const ledger = (reason: string, more: Partial<LedgerEntry>): LedgerEntry => ({
    edition: ours.edition.tag,
    segment: key,
    kind: entry?.kind ?? 'other',
    reason,
    owner: decision?.by ?? '',
    on: dayOf(at),
    omits: entry?.omits ?? false,
    against: work.target,
    ...(entry?.before === undefined ? {} : { before: entry.before }),
    revision: (entry?.revision ?? 0) + 1,
    ...more,
  });
  if (item.kind === 'removed' && decision?.kind !== 'keepOurs') {
    if (unit === null) return null;
    work.retire.push(unit);
    if (entry !== null) work.ledgerDrop.push(key);
    return { key, done: 'removed', unitRevision: 0, ...(entry === null ? {} : { ledgerBefore: entry }) };
  }
  switch (decision?.kind) {
    case undefined:
    case 'later':
      return { key, done: 'later', unitRevision: unit?.revision ?? 0 };
    case 'redo': {
      const next = redone(work, decision, decision.text ?? '');
      work.save.push(next);
      return { key, done: 'redone', unitRevision: next.revision };
    }
    case 'confirm': {
      if (item.kind === 'reoffer') {
        work.ledgerDrop.push(key);
        return { key, done: 'confirmed', unitRevision: unit?.revision ?? 0, ledgerBefore: entry };
      }
      if (unit === null || item.theirsHash === null) return { key, done: 'left', unitRevision: 0 };
      // On safety and core text a second person has to agree, so the confirmed unit waits for review again.
      const again = item.severity === 'safety' || item.policy === 'core';
      const next: TranslationUnit = {
        ...unit,
        basedOn: item.theirsHash,
        state: again ? 'translated' : unit.state,
        reviewedBy: again ? null : unit.reviewedBy,
        by: decision.by,
        at,
        origin: 'person',
        revision: unit.revision + 1,
      };
      work.save.push(next);
      return { key, done: 'confirmed', unitRevision: next.revision };
    }
    case 'keepOurs': {
      const kept = item.kind === 'removed' ? ({ kind: 'addition' } as const) : {};
      work.ledgerSave.push(ledger(decision.reason ?? '', { ...kept, declined: item.meaning }));
      return { key, done: 'kept', unitRevision: unit?.revision ?? 0, ledgerBefore: entry };
    }
    case 'decline':
      work.ledgerSave.push(ledger(decision.reason ?? '', { declined: item.meaning }));
      return { key, done: 'declined', unitRevision: unit?.revision ?? 0, ledgerBefore: entry };
  }
}

function redone({ item, unit, ours, at }: ItemApplication, decision: Decision, target: string): TranslationUnit {
  return {
    edition: ours.edition.tag,
    segment: item.key,
    target,
    state: 'translated',
    basedOn: item.theirsHash ?? '',
    adapted: unit?.adapted ?? false,
    backTranslation: null,
    by: decision.by,
    reviewedBy: null,
    at,
    origin: 'update',
    revision: (unit?.revision ?? 0) + 1,
  };
}
