import type { CommentAddressee } from '../comment/comment.ts';
import type { AssignmentRole } from '../edition/assignment.ts';
import type { EditionTag } from '../edition/edition.ts';
import type { FactKey } from '../facts/fact.ts';
import type { HelplineFault } from '../feedback/feedback.ts';
import type { LessonId, SegmentId } from '../package/lessonPackage.ts';
import type { Recall } from '../recall/recall.ts';
import type { ChangeSet, Release } from '../release/release.ts';
import type { SendBack } from '../sendBack/sendBack.ts';
import type { Day } from '../time.ts';
import type { UpdateCounts } from '../update/update.ts';

/** What people are told about. `by` is who did it; null for the product itself. */
export type Occasion =
  | {
      readonly kind: 'releaseMade';
      readonly by: string | null;
      readonly release: Release;
      readonly editions: readonly {
        readonly tag: EditionTag;
        readonly partner: string;
        readonly counts: UpdateCounts;
      }[];
    }
  | {
      readonly kind: 'editionPublished';
      readonly by: string | null;
      readonly edition: EditionTag;
      readonly partner: string;
      readonly number: number;
      readonly lessons: number;
    }
  | {
      readonly kind: 'publicationFailed';
      readonly by: string | null;
      readonly edition: EditionTag;
      readonly partner: string;
      /** An error code. */
      readonly reason: string;
    }
  /** Files behind the published pages that could not be made, told once for all of them. */
  | {
      readonly kind: 'filesFailed';
      readonly by: null;
      readonly edition: EditionTag;
      readonly partner: string;
      readonly count: number;
      /** One of them: `B4 guide.docx`. */
      readonly first: string;
    }
  | {
      readonly kind: 'factProposed' | 'factSuspended';
      readonly by: string;
      readonly edition: EditionTag;
      readonly partner: string;
      readonly fact: FactKey;
    }
  /** A reader says that a helpline is wrong. */
  | {
      readonly kind: 'helplineReported';
      readonly by: null;
      readonly edition: EditionTag;
      readonly partner: string;
      readonly fact: FactKey;
      readonly fault: HelplineFault;
      readonly lesson: LessonId;
    }
  | {
      readonly kind: 'changeSetSubmitted' | 'changeSetApproved';
      readonly by: string;
      readonly changeSet: ChangeSet;
    }
  | { readonly kind: 'recallOrdered' | 'recallLifted'; readonly by: string; readonly recall: Recall }
  | {
      readonly kind: 'reviewWaits';
      readonly by: string | null;
      readonly edition: EditionTag;
      readonly partner: string;
      /** How many units wait. */
      readonly count: number;
    }
  | {
      readonly kind: 'commentWritten';
      readonly by: string;
      readonly edition: EditionTag;
      readonly partner: string;
      readonly segment: SegmentId;
      /** The first lesson with the segment; null when it is placed nowhere. */
      readonly lesson: LessonId | null;
      readonly to: CommentAddressee;
      /** The first comment of the thread. */
      readonly comment: string;
      /** People whom it concerns. */
      readonly involved: readonly string[];
      /** People who have not read an earlier notice of the thread; they are not told again. */
      readonly told: readonly string[];
    }
  | {
      readonly kind: 'lessonAssigned' | 'assignmentDropped';
      readonly by: string;
      readonly edition: EditionTag;
      /** Whom it is given to, or taken off. */
      readonly person: string;
      readonly role: AssignmentRole;
      readonly lessons: readonly LessonId[];
      readonly due: Day | null;
    }
  | {
      readonly kind: 'textSentBack';
      readonly by: string;
      readonly edition: EditionTag;
      /** Who wrote it. */
      readonly person: string;
      readonly segment: SegmentId;
      readonly lesson: LessonId;
      readonly reason: string;
    }
  /** An offer to the baseline: made by a partner; not taken, with a reason; released. */
  | {
      readonly kind: 'sendBackMade' | 'sendBackAnswered' | 'sendBackReleased';
      readonly by: string;
      readonly edition: EditionTag;
      readonly sendBack: SendBack;
    };
