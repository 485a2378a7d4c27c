import type { FactDefinition } from '../facts/fact.ts';
import type {
  Evidence,
  Lesson,
  LessonFields,
  LessonId,
  Placement,
  Policy,
  SectionId,
  SectionKind,
  Segment,
  SegmentId,
} from '../package/lessonPackage.ts';
import type { Day, Instant } from '../time.ts';

/** `major.minor.patch` */
export type ReleaseNumber = string;
/** Lower-case hexadecimal SHA-256. */
export type Hash = string;
/** The hash of a segment's text; what a translation was made from. */
export type TextHash = Hash;
/** The text hash of the first text that had this meaning. */
export type Meaning = TextHash;

/** `editorial`: meaning unchanged. `content`: redo. `safety`: redo by a date. */
export const severities = ['editorial', 'content', 'safety'] as const;
export type Severity = (typeof severities)[number];

/** The place right behind `after` in a section; `null` is the first place. */
export type Place = { readonly lesson: LessonId; readonly section: SectionId; readonly after: SegmentId | null };
/** What of a placement may change in place. */
export type PlacementFields = Omit<Placement, 'segment'>;

/** One difference, with both sides, so that it can be applied and taken back. */
export type Change =
  | { readonly kind: 'segmentAdded'; readonly segment: Segment }
  | { readonly kind: 'segmentRemoved'; readonly segment: Segment }
  | { readonly kind: 'segmentEdited'; readonly segment: SegmentId; readonly before: string; readonly after: string }
  | { readonly kind: 'policyChanged'; readonly segment: SegmentId; readonly before: Policy; readonly after: Policy }
  | {
      readonly kind: 'noteChanged';
      readonly segment: SegmentId;
      readonly before: string | null;
      readonly after: string | null;
    }
  | { readonly kind: 'placed'; readonly at: Place; readonly placement: Placement }
  | { readonly kind: 'unplaced'; readonly at: Place; readonly placement: Placement }
  | { readonly kind: 'moved'; readonly placement: Placement; readonly from: Place; readonly to: Place }
  | {
      readonly kind: 'placementChanged';
      readonly lesson: LessonId;
      readonly section: SectionId;
      readonly segment: SegmentId;
      readonly before: PlacementFields;
      readonly after: PlacementFields;
    }
  | {
      readonly kind: 'sectionAdded' | 'sectionRemoved';
      readonly lesson: LessonId;
      readonly section: SectionId;
      readonly sectionKind: SectionKind;
      /** The section before it; null is the first. */
      readonly after: SectionId | null;
    }
  /** A lesson with its sections, all still empty of placements: those come as `placed`. */
  | { readonly kind: 'lessonAdded' | 'lessonRemoved'; readonly lesson: Lesson; readonly after: LessonId | null }
  | {
      readonly kind: 'lessonFieldsChanged';
      readonly lesson: LessonId;
      readonly before: LessonFields;
      readonly after: LessonFields;
    }
  | { readonly kind: 'factAdded' | 'factRemoved'; readonly fact: FactDefinition }
  | { readonly kind: 'factChanged'; readonly before: FactDefinition; readonly after: FactDefinition }
  | { readonly kind: 'evidenceAdded' | 'evidenceRemoved'; readonly evidence: Evidence };

/** The id of a change set: lower-case words with hyphens, unique for ever: `keep-the-proof`. */
export type ChangeSetId = string;

export const changeSetStates = ['draft', 'submitted', 'approved', 'released', 'discarded'] as const;
export type ChangeSetState = (typeof changeSetStates)[number];

export type ChangeSet = {
  readonly id: ChangeSetId;
  readonly title: string;
  readonly severity: Severity;
  /** Why, for partners and the record. */
  readonly reason: string;
  readonly evidence: readonly string[];
  /** What readers are told. */
  readonly summary: string;
  /** Of a safety set: the day until which editions have to carry it. */
  readonly due: Day | null;
  readonly changes: readonly Change[];
  /** Variants of a changed statement that the author declared still right. */
  readonly clearedVariants: readonly SegmentId[];
  readonly state: ChangeSetState;
  /** The release it was drafted on. */
  readonly base: ReleaseNumber | null;
  /** The release that carries it. */
  readonly release: ReleaseNumber | null;
  readonly author: string;
  readonly approvedBy: string | null;
  readonly revision: number;
  readonly updatedAt: Instant;
};

/** An immutable numbered state of the baseline. */
export type Release = {
  readonly number: ReleaseNumber;
  readonly previous: ReleaseNumber | null;
  readonly on: Day;
  /** The highest severity of its sets. */
  readonly severity: Severity;
  readonly summary: string;
  readonly sets: readonly ChangeSet[];
  /** Merkle root over the canonical form of the whole package. */
  readonly root: Hash;
  readonly demonstration: boolean;
};

/** One entry in the life of a segment's text; oldest first in a history. */
export type SegmentRevision = {
  readonly segment: SegmentId;
  readonly release: ReleaseNumber;
  readonly on: Day;
  readonly textHash: TextHash;
  readonly meaning: Meaning;
  /** Of the change that brought this text; null for the first. */
  readonly severity: Severity | null;
  readonly changeSet: ChangeSetId | null;
  /** Until when a safety change has to be carried. */
  readonly due: Day | null;
};
