import type { Comment } from '../../domain/comment/comment.ts';
import type { EditionTag } from '../../domain/edition/edition.ts';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';

/** Comments on segments. */
export interface Comments {
  byId(id: string): Promise<Comment | null>;
  /** Of one segment in an edition, oldest first. */
  about(tag: EditionTag, segment: SegmentId): Promise<readonly Comment[]>;
  /** First comments of an edition that nobody has closed, oldest first. */
  open(tag: EditionTag): Promise<readonly Comment[]>;
  /** First comments to the source's author, of every edition, that nobody has closed, oldest first. */
  openQuestions(): Promise<readonly Comment[]>;
  /** Of these threads: their answers, oldest first. */
  answers(threads: readonly string[]): Promise<readonly Comment[]>;
  /** Compare-and-set. */
  save(comment: Comment): Promise<void>;
}
