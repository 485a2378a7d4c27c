import type { Edition, EditionTag, LedgerEntry, TranslationUnit, Upstream } from '../edition/edition.ts';
import type { LessonId, Policy, SegmentId, SegmentKind } from '../package/lessonPackage.ts';
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
  'termReview', // carried; a term of the glossary came or went: optional, in bulk
  'conflict', // both sides changed the same words, or ours is adapted
  'becameCore', // needs a second approval
  'coreOverridden', // became core while ours is adapted or left out
  'added', // new and untranslated
  'lineage', // split or joined: prefilled from its parts
  'revived', // was removed and is back: our last text comes back by itself
  'removed', // ours goes to the history, or stays as a local addition
  'placement', // into a lesson that is not offered
  'reoffer', // the reason for leaving it out has to be looked at again
  'surroundings', // an adaptation of ours whose neighbours changed: look if you like
  'adrift', // an addition of ours has lost its place
  'lessonAdded', // offered, not imposed
  'lessonRemoved', // stays as a local lesson, or is withdrawn
  'factNeeded', // a fact that became required
  'factVerify', // a fact that changed its type: its value has to be verified again
] as const;
export type ItemKind = (typeof itemKinds)[number];

/** Carried, or come by themselves: a person may look, and nothing waits for it. */
export const optionalKinds: ReadonlySet<ItemKind> = new Set([
  'editorial',
  'termReview',
  'placement',
  'surroundings',
  'revived',
]);

/** Whose text a memory offers. */
export type TextOrigin = { readonly edition: EditionTag; readonly segment: SegmentId };

/** Where a proposed text comes from. `percent` (how alike the sources are) and `origin` are those of a memory. */
export type ProposalOrigin = {
  readonly kind: 'merge' | 'history' | 'lineage' | 'memory';
  readonly percent?: number;
  readonly origin?: TextOrigin;
};

export type UpdateItem = {
  /** The segment, lesson or fact it is about: unique within an update. */
  readonly key: string;
  readonly kind: ItemKind;
  readonly severity: Severity;
  readonly due: Day | null;
  readonly segmentKind: SegmentKind | null;
  readonly policy: Policy | null;
  readonly lessons: readonly LessonId[];
  /** Lessons that it came into and that the edition does not offer: nobody would see it there. */
  readonly notOffered: readonly LessonId[];
  /** Source text the unit was made from; null when unknown or new. */
  readonly base: string | null;
  readonly ours: string | null;
  readonly theirs: string | null;
  /** A text offered as a start; never taken by itself. */
  readonly proposal: string | null;
  readonly proposalFrom: ProposalOrigin | null;
  /** The proposal is a word merge in which the sides touched different words. */
  readonly merged: boolean;
  /** May be answered together with others: never safety, core, conflicts, or a merge that touches numbers, negations or facts. */
  readonly bulk: boolean;
  /** Of a split or joined segment: what it was made from. */
  readonly from: readonly SegmentId[];
  /** The earlier unit that comes back as it was: by itself (`revived`), or when its text is taken (`redo`). */
  readonly revive: TranslationUnit | null;
  /** Glossary terms that the source gained or lost. */
  readonly terms: readonly string[];
  /** The reason in our ledger, when it has one about this segment. */
  readonly reason: string | null;
  readonly meaning: Meaning;
  readonly theirsHash: TextHash | null;
  readonly sets: readonly ChangeSetId[];
  readonly choices: readonly DecisionKind[];
  /** The unit's revision when this was computed; 0 without a unit. */
  readonly unitRevision: number;
  /** Segments that it stands for: 1, or those of a lesson. */
  readonly segments: number;
  /** Words of the source as it is now. */
  readonly words: number;
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
  /** Where the edition stands afterwards: a release, and the sets that are still ahead of it. */
  readonly upstream: Upstream;
  /** Sets that come along because the one wanted ahead needs them; empty for a release. */
  readonly brought: readonly ChangeSetId[];
  readonly items: readonly UpdateItem[];
  readonly counts: UpdateCounts;
};

/** A draft of bringing the working edition to a later release, and its log once applied. */
export type Update = {
  readonly id: string;
  readonly edition: EditionTag;
  readonly base: ReleaseNumber;
  readonly target: ReleaseNumber;
  /** The one change set that is taken ahead; absent for a whole release. */
  readonly set?: ChangeSetId;
  readonly state: 'draft' | 'applied' | 'undone';
  readonly decisions: Readonly<Record<string, Decision>>;
  readonly log: readonly UpdateLogLine[];
  /** What of the edition an apply changed, as it was before, to be given back by undo. */
  readonly before: (Pick<Edition, 'lessons' | 'kept'> & { readonly upstream: Upstream }) | null;
  readonly startedBy: string;
  readonly updatedAt: Instant;
  readonly appliedAt: Instant | null;
  readonly revision: number;
};

/** `carried`: nothing was to do. `left`: no decision was needed, or none touched a unit. `later`: open, now stale. */
export type LogDone =
  | 'redone'
  | 'confirmed'
  | 'kept'
  | 'declined'
  | 'later'
  | 'removed'
  | 'left'
  | 'returned'
  | 'carried'
  | 'revived'
  | 'prefilled'
  | 'withdrawn';

/** What apply did to one item: kept for ever, and enough to take it back. */
export type UpdateLogLine = {
  readonly key: string;
  readonly kind?: ItemKind;
  readonly severity?: Severity;
  readonly done: LogDone;
  /** The unit's revision after apply, to see whether somebody wrote since; 0 without a unit. */
  readonly unitRevision: number;
  /** The unit's revision before; 0 without a unit. Absent where apply did not write the unit. */
  readonly unitBefore?: number;
  /** The ledger entry that stood there before; null when there was none, absent when it was not touched. */
  readonly ledgerBefore?: LedgerEntry | null;
};
