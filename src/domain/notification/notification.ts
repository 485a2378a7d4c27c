import type { EditionTag } from '../edition/edition.ts';
import type { ChangeSetId, ReleaseNumber, Severity } from '../release/release.ts';
import type { Instant } from '../time.ts';
import type { UpdateCounts } from '../update/update.ts';

export const noticeKinds = [
  'releaseMade',
  'editionPublished',
  'publicationFailed',
  'filesFailed',
  'factProposed',
  'factSuspended',
  'helplineReported',
  'changeSetSubmitted',
  'changeSetApproved',
  'recallOrdered',
  'recallLifted',
  'reviewWaits',
  'commentWritten',
  'lessonAssigned',
  'assignmentDropped',
  'textSentBack',
  'sendBackMade',
  'sendBackAnswered',
  'sendBackReleased',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What happened; written in one transaction with the notices it causes. */
export type DomainEvent = {
  readonly id: string;
  readonly kind: NoticeKind | 'audit';
  readonly at: Instant;
  /** A person's id; null for the product itself. */
  readonly by: string | null;
  /** What it is about, as a path of the desk's nouns: `edition/tr-TR/unit/CPS-03`. */
  readonly subject: string;
  readonly action: string;
  readonly data: Readonly<Record<string, string | number | null>>;
};

/** One person told of one event, in the inbox. */
export type Notice = {
  readonly id: string;
  readonly event: string;
  readonly kind: NoticeKind;
  readonly person: string;
  readonly at: Instant;
  readonly readAt: Instant | null;
  readonly edition: EditionTag | null;
  readonly release: ReleaseNumber | null;
  readonly changeSet: ChangeSetId | null;
  readonly severity: Severity | null;
  readonly counts: UpdateCounts | null;
  /** Names and numbers for the text. */
  readonly data: Readonly<Record<string, string | number | null>>;
  /** Path on the desk that it leads to. */
  readonly path: string;
};

/** A mail to be sent: at least once, under a stable message id. */
export type OutboxMail = {
  /** Also the left part of its Message-ID. */
  readonly id: string;
  readonly person: string;
  /** The notices it tells of. */
  readonly notices: readonly string[];
  readonly createdAt: Instant;
  readonly sentAt: Instant | null;
  /** Set when it is not wanted any more (the person has left, or wants no mail), or could not be delivered for days. */
  readonly droppedAt?: Instant;
  readonly tries: number;
  readonly notBefore: Instant;
  readonly lastError: string | null;
};
