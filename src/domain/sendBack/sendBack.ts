import type { EditionTag } from '../edition/edition.ts';
import { checkPlaceholders } from '../edition/unitChecks.ts';
import { DomainError } from '../errors.ts';
import type { LanguageCode } from '../facts/fact.ts';
import type { SegmentId } from '../package/lessonPackage.ts';
import { normalText } from '../package/text.ts';
import { textHash } from '../release/canonical.ts';
import type { ChangeSet, ChangeSetId, ReleaseNumber, TextHash } from '../release/release.ts';
import type { Day, Instant } from '../time.ts';

/** What a partner offers: better words, something that is wrong, a better example. */
export const sendBackKinds = ['wording', 'correction', 'example'] as const;
export type SendBackKind = (typeof sendBackKinds)[number];

/** `taken`: in a change set that is not released yet. `answered`: not taken, with a reason. */
export const sendBackStates = ['open', 'taken', 'answered', 'released', 'withdrawn'] as const;
export type SendBackState = (typeof sendBackStates)[number];

/** A text that a partner offers to the baseline, with where it comes from. */
export type SendBack = {
  readonly id: string;
  readonly edition: EditionTag;
  readonly segment: SegmentId;
  readonly kind: SendBackKind;
  /** The baseline's text that it was made against. */
  readonly sourceText: string;
  readonly sourceHash: TextHash;
  /** In the baseline's language. */
  readonly proposed: string;
  /** What the edition says itself; empty when it has no text of its own. */
  readonly ours: string;
  readonly ourLanguage: LanguageCode;
  readonly reason: string;
  /** What it rests on: a study, a law, an address; may be empty. */
  readonly evidence: string;
  readonly by: string;
  readonly at: Instant;
  readonly state: SendBackState;
  /** Why it was not taken. */
  readonly answer: string | null;
  readonly answeredBy: string | null;
  readonly changeSet: ChangeSetId | null;
  readonly release: ReleaseNumber | null;
  readonly releasedOn: Day | null;
  readonly changedAt: Instant;
  readonly revision: number;
};

export type Offer = Pick<SendBack, 'id' | 'edition' | 'segment' | 'kind' | 'ours' | 'ourLanguage' | 'by' | 'at'> & {
  readonly sourceText: string;
  readonly proposed: string;
  readonly reason: string;
  readonly evidence: string;
};

/**
 * A new offer. It has the facts of the baseline's text and differs from it. Throws `unitEmpty`, `factsMissing`,
 * `factsForeign`, `sendBackSame`, `reasonNeeded`.
 */
export function offer(wish: Offer): SendBack {
  const proposed = normalText(wish.proposed);
  checkPlaceholders(wish.segment, wish.sourceText, proposed);
  if (proposed === normalText(wish.sourceText)) throw new DomainError('sendBackSame', { segment: wish.segment });
  const reason = wish.reason.trim();
  if (reason === '') throw new DomainError('reasonNeeded');
  return {
    ...wish,
    proposed,
    reason,
    evidence: wish.evidence.trim(),
    sourceHash: textHash(wish.sourceText),
    state: 'open',
    answer: null,
    answeredBy: null,
    changeSet: null,
    release: null,
    releasedOn: null,
    changedAt: wish.at,
    revision: 1,
  };
}

const next = (sendBack: SendBack, at: Instant, change: Partial<SendBack>): SendBack => ({
  ...sendBack,
  ...change,
  changedAt: at,
  revision: sendBack.revision + 1,
});

function needsOpen(sendBack: SendBack): void {
  if (sendBack.state !== 'open')
    throw new DomainError('sendBackState', { segment: sendBack.segment, state: sendBack.state });
}

/** The partner takes it back, before anybody took or answered it. Throws `sendBackState`. */
export function withdraw(sendBack: SendBack, at: Instant): SendBack {
  needsOpen(sendBack);
  return next(sendBack, at, { state: 'withdrawn' });
}

/** It is not taken, and why. Throws `sendBackState`, `reasonNeeded`. */
export function answer(sendBack: SendBack, words: string, by: string, at: Instant): SendBack {
  needsOpen(sendBack);
  if (words.trim() === '') throw new DomainError('reasonNeeded');
  return next(sendBack, at, { state: 'answered', answer: words.trim(), answeredBy: by });
}

/** It goes into a change set. Throws `sendBackState`. */
export function take(sendBack: SendBack, changeSet: ChangeSetId, by: string, at: Instant): SendBack {
  needsOpen(sendBack);
  return next(sendBack, at, { state: 'taken', changeSet, answeredBy: by });
}

/**
 * What becomes of a taken offer when its change set moves on; null while nothing does. Released with the set, if the set
 * still edits its text; open again when the set is discarded, or released without it.
 */
export function followSet(sendBack: SendBack, set: ChangeSet, on: Day, at: Instant): SendBack | null {
  if (sendBack.state !== 'taken' || sendBack.changeSet !== set.id) return null;
  const reopened = { state: 'open', changeSet: null, answeredBy: null } as const;
  if (set.state === 'discarded') return next(sendBack, at, reopened);
  if (set.state !== 'released') return null;
  const edits = set.changes.some((change) => change.kind === 'segmentEdited' && change.segment === sendBack.segment);
  if (!edits) return next(sendBack, at, reopened);
  return next(sendBack, at, { state: 'released', release: set.release, releasedOn: on });
}
