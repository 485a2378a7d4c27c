import { checkPlaceholders } from '../edition/unitChecks.ts';
import { DomainError, type ErrorCode } from '../errors.ts';
import type { Instant } from '../time.ts';
import type { Decision, DecisionKind, Update, UpdateItem, UpdatePlan } from './update.ts';

export type Answer = { readonly kind: DecisionKind; readonly text?: string; readonly reason?: string };

/**
 * Stores a decision in the draft, against the meaning it answers. Throws `decisionNotOffered`, `reasonNeeded`, and for a
 * new or confirmed text what `checkPlaceholders` throws. The unit is not touched before the update is applied.
 */
export function decide(update: Update, item: UpdateItem, answer: Answer, by: string, at: Instant): Update {
  if (update.state !== 'draft') throw new DomainError('updateDone');
  if (!item.choices.includes(answer.kind)) {
    throw new DomainError('decisionNotOffered', { decision: answer.kind, segment: item.key });
  }
  const given = answer.reason?.trim() ?? '';
  // A reason that still holds need not be written again.
  const holds = item.kind === 'reoffer' || item.kind === 'surroundings' ? (item.reason ?? '') : '';
  const reason = given === '' && answer.kind === 'keepOurs' ? holds : given;
  const needed = answer.kind === 'decline' || (answer.kind === 'keepOurs' && item.kind !== 'adrift');
  if (needed && reason === '') throw new DomainError('reasonNeeded');
  const text = answer.text?.trim() ?? '';
  if (answer.kind === 'redo') checkPlaceholders(item.key, item.theirs ?? '', text);
  if (answer.kind === 'confirm') checkConfirmed(item);
  const decision: Decision = {
    kind: answer.kind,
    meaning: item.meaning,
    by,
    at,
    unitRevision: item.unitRevision,
    ...(answer.kind === 'redo' ? { text } : {}),
    ...(reason === '' ? {} : { reason }),
  };
  return {
    ...update,
    decisions: { ...update.decisions, [item.key]: decision },
    updatedAt: at,
    revision: update.revision + 1,
  };
}

/** An old text that lacks a fact of the new source, a helpline say, does not fit, whoever says so. */
function checkConfirmed(item: UpdateItem): void {
  if (item.theirs === null || item.base === item.theirs) return;
  if (item.kind === 'lineage') checkPlaceholders(item.key, item.theirs, item.proposal ?? '');
  else if (item.ours !== null && item.kind !== 'reoffer') checkPlaceholders(item.key, item.theirs, item.ours);
}

/** An answer to one of many items, with what the person saw. */
export type BulkAnswer = {
  readonly key: string;
  readonly answer: Answer;
  /** The unit's revision that the person saw. */
  readonly unitRevision: number;
  /** When the decision that the person saw was made; empty for none. Absent: whatever stands there is replaced. */
  readonly seen?: string;
};
export type NotTaken = { readonly key: string; readonly code: ErrorCode };
export type Bulk = { readonly update: Update; readonly notTaken: readonly NotTaken[] };

/**
 * Answers many items at once: all of them, or none, with what was in the way. What needs a person's eye one by one
 * (`bulk` of the item) is never taken so, and neither is what changed since it was seen.
 */
export function decideAll(
  update: Update,
  plan: UpdatePlan,
  answers: readonly BulkAnswer[],
  by: string,
  at: Instant,
): Bulk {
  const items = new Map(plan.items.map((item) => [item.key, item]));
  const notTaken: NotTaken[] = [];
  let next = update;
  for (const { key, answer, unitRevision, seen } of answers) {
    const item = items.get(key);
    try {
      if (item === undefined) throw new DomainError('updateUnknown');
      if (!item.bulk) throw new DomainError('decisionNotOffered', { decision: answer.kind, segment: key });
      if (isChanged(update, item, unitRevision, seen)) throw new DomainError('staleRevision', {});
      next = decide(next, item, answer, by, at);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      notTaken.push({ key, code: error.code });
    }
  }
  if (notTaken.length > 0) return { update, notTaken };
  // One write, however many answers.
  return { update: { ...next, revision: update.revision + 1 }, notTaken };
}

/** Whether the unit was written, or the item decided, since a person saw it. */
export function isChanged(update: Update, item: UpdateItem, unitRevision: number, seen: string | undefined): boolean {
  const standing = update.decisions[item.key];
  const decided = seen !== undefined && (standing?.at ?? '') !== seen && standing !== undefined;
  return item.unitRevision !== unitRevision || decided;
}

/** Takes a decision back. */
export function undecide(update: Update, key: string, at: Instant): Update {
  if (update.state !== 'draft') throw new DomainError('updateDone');
  const { [key]: _, ...decisions } = update.decisions;
  return { ...update, decisions, updatedAt: at, revision: update.revision + 1 };
}

/** Whether a stored decision still answers this item: same meaning, and nobody wrote the unit since. */
export function answers(decision: Decision | undefined, item: UpdateItem): decision is Decision {
  return decision !== undefined && decision.meaning === item.meaning && decision.unitRevision === item.unitRevision;
}
