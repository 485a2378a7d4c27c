import type { LessonPackage, SegmentId } from '../../domain/package/lessonPackage.ts';
import type { Recall } from '../../domain/recall/recall.ts';
import type { ChangeSet, ChangeSetId, Release, ReleaseNumber, SegmentRevision } from '../../domain/release/release.ts';

/** Releases with their packages. */
export interface Releases {
  all(): Promise<readonly Release[]>;
  newest(): Promise<Release | null>;
  byNumber(number: ReleaseNumber): Promise<Release | null>;
  /** The package of a release; remembered by its root. Throws `releaseUnknown`. */
  lessonPackage(number: ReleaseNumber): Promise<LessonPackage>;
  /** Inserts the release, its package and its segment revisions; the number must be new. */
  add(release: Release, lessonPackage: LessonPackage, revisions: readonly SegmentRevision[]): Promise<void>;
  /** Oldest first, for the segments asked for. */
  history(segments: readonly SegmentId[]): Promise<Readonly<Record<SegmentId, readonly SegmentRevision[]>>>;
  /** Every segment's history; remembered until the next release. */
  fullHistory(): Promise<Readonly<Record<SegmentId, readonly SegmentRevision[]>>>;
}

/** Sets of changes, whatever their state. */
export interface ChangeSets {
  all(): Promise<readonly ChangeSet[]>;
  /** Draft, submitted and approved sets. */
  open(): Promise<readonly ChangeSet[]>;
  byId(id: ChangeSetId): Promise<ChangeSet | null>;
  save(set: ChangeSet): Promise<void>;
}

/** Orders that take something off all editions. */
export interface Recalls {
  all(): Promise<readonly Recall[]>;
  inForce(): Promise<readonly Recall[]>;
  byId(id: string): Promise<Recall | null>;
  save(recall: Recall): Promise<void>;
}
