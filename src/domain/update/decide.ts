import { checkPlaceholders } from '../edition/unitChecks.ts';
import { DomainError } from '../errors.ts';
import type { Instant } from '../time.ts';
import type { Decision, DecisionKind, Update, UpdateItem } from './update.ts';

export type Answer = { readonly kind: DecisionKind; readonly text?: string; readonly reason?: string };

/**
 * Stores a decision in the draft, against the meaning it answers. Throws `decisionNotOffered`, `reasonNeeded`, and for a
 * new text what `checkPlaceholders` throws. The unit is not touched before the update is applied.
 */
export function decide(update: Update, item: UpdateItem, answer: Answer, by: string, at: Instant): Update {
  if (update.state !== 'draft') throw new DomainError('updateDone');
  if (!item.choices.includes(answer.kind)) {
    throw new DomainError('decisionNotOffered', { decision: answer.kind, segment: item.key });
  }
  const reason = answer.reason?.trim() ?? '';
  if ((answer.kind === 'decline' || answer.kind === 'keepOurs') && reason === '') throw new DomainError('reasonNeeded');
  const text = answer.text?.trim() ?? '';
  if (answer.kind === 'redo') checkPlaceholders(item.key, item.theirs ?? '', text);
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
