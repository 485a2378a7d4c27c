import type { Edition, EditionTag, LedgerEntry, Upstream } from '../edition/edition.ts';
import type { LessonId, Policy, SegmentKind } from '../package/lessonPackage.ts';
import type { ChangeSetId, Meaning, ReleaseNumber, Severity, TextHash } from '../release/release.ts';
import type { Day, Instant } from '../time.ts';

/** `redo`: a new text is proposed. `confirm`: the old text still fits. */
export const decisionKinds = ['redo', 'confirm', 'keepOurs', 'decline', 'later'] as const;
export type DecisionKind = (typeof decisionKinds)[number];

export type Decision = {
  readonly kind: DecisionKind;
  /** The meaning it answers: it returns only when that changes. */
  readonly meaning: Meaning;
  /** Of `redo`: the proposed target, held apart from the unit until the update is applied. */
  readonly text?: string;
  /** Of `keepOurs` and `decline`. */
  readonly reason?: string;
  readonly by: string;
  readonly at: Instant;
  /** The unit's revision when it was decided. */
  readonly unitRevision: number;
};

/** What the table of design section 5 says about one segment. */
export const itemKinds = [
  'stale', // edited, and ours has to follow
  'editorial', // carried; look if you like
  'conflict', // both sides changed the same words, or ours is adapted
  'coreOverridden', // became core while ours is adapted
  'added', // new and untranslated
  'removed', // ours goes to the history, or stays as a local addition
  'placement', // into a lesson that is not offered
  'reoffer', // the reason for leaving it out has to be looked at again
  'lessonAdded', // offered, not imposed
  'lessonRemoved',
  'factNeeded', // a fact that became required, or changed its type
] as const;
export type ItemKind = (typeof itemKinds)[number];

export type UpdateItem = {
  /** The segment, lesson or fact it is about: unique within an update. */
  readonly key: string;
  readonly kind: ItemKind;
  readonly severity: Severity;
  readonly due: Day | null;
  readonly segmentKind: SegmentKind | null;
  readonly policy: Policy | null;
  readonly lessons: readonly LessonId[];
  /** Source text the unit was made from; null when unknown or new. */
  readonly base: string | null;
  readonly ours: string | null;
  readonly theirs: string | null;
  /** A word merge in the same language, or a match, offered as a start; never taken by itself. */
  readonly proposal: string | null;
  readonly meaning: Meaning;
  readonly theirsHash: TextHash | null;
  readonly sets: readonly ChangeSetId[];
  readonly choices: readonly DecisionKind[];
  /** The unit's revision when this was computed; 0 without a unit. */
  readonly unitRevision: number;
};

/** What an edition is told when a release is made; stored with its notice. */
export type UpdateCounts = {
  readonly take: number;
  readonly carry: number;
  readonly stale: number;
  readonly staleWords: number;
  readonly conflicts: number;
  readonly added: number;
  readonly removed: number;
  readonly safety: number;
  readonly factsNeeded: number;
};

export type UpdatePlan = {
  readonly base: ReleaseNumber;
  readonly target: ReleaseNumber;
  readonly items: readonly UpdateItem[];
  readonly counts: UpdateCounts;
};

/** A draft of bringing the working edition to a later release, and its log once applied. */
export type Update = {
  readonly id: string;
  readonly edition: EditionTag;
  readonly base: ReleaseNumber;
  readonly target: ReleaseNumber;
  readonly state: 'draft' | 'applied' | 'undone';
  readonly decisions: Readonly<Record<string, Decision>>;
  readonly log: readonly UpdateLogLine[];
  /** Lesson states and upstream before apply, to be given back by undo. */
  readonly before: { readonly upstream: Upstream; readonly lessons: Edition['lessons'] } | null;
  readonly startedBy: string;
  readonly updatedAt: Instant;
  readonly appliedAt: Instant | null;
  readonly revision: number;
};

/** What apply did to one unit: enough to take it back. */
export type UpdateLogLine = {
  readonly key: string;
  readonly done: 'redone' | 'confirmed' | 'kept' | 'declined' | 'later' | 'removed' | 'left' | 'returned';
  /** The unit's revision after apply, to see whether somebody wrote since; 0 without a unit. */
  readonly unitRevision: number;
  /** The ledger entry that stood there before; null when there was none, absent when it was not touched. */
  readonly ledgerBefore?: LedgerEntry | null;
};
