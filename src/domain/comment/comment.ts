import type { Person } from '../access/access.ts';
import type { Edition, EditionTag } from '../edition/edition.ts';
import { DomainError } from '../errors.ts';
import type { SegmentId } from '../package/lessonPackage.ts';
import { normalText } from '../package/text.ts';
import type { Instant } from '../time.ts';

/** `colleagues`: the people of the edition's partner. `author`: the source's author, so the authority; both sides read it. */
export const commentAddressees = ['colleagues', 'author'] as const;
export type CommentAddressee = (typeof commentAddressees)[number];

/** What somebody says about a segment of an edition. Plain text. */
export type Comment = {
  readonly id: string;
  readonly edition: EditionTag;
  readonly segment: SegmentId;
  readonly to: CommentAddressee;
  readonly text: string;
  readonly by: string;
  readonly at: Instant;
  /** The first comment of the thread that it answers; null for a first comment. */
  readonly answers: string | null;
  /** Of a first comment: when its thread was closed. */
  readonly resolvedAt: Instant | null;
  readonly resolvedBy: string | null;
  readonly revision: number;
};

/** A first comment with its answers, oldest first. */
export type Thread = { readonly first: Comment; readonly answers: readonly Comment[] };

export const commentLength = 2000;

/** The text as it is kept. Throws `commentEmpty` and `commentTooLong`. */
export function commentText(typed: string): string {
  const text = normalText(typed);
  if (text === '') throw new DomainError('commentEmpty');
  if ([...text].length > commentLength) throw new DomainError('commentTooLong', { most: commentLength });
  return text;
}

/** Whether a person may read a comment: colleagues talk among themselves, the authority reads what is said to it. */
export function mayRead(
  comment: Pick<Comment, 'to'>,
  person: Pick<Person, 'partner'>,
  edition: Pick<Edition, 'partner'>,
): boolean {
  return comment.to === 'author' || person.partner === edition.partner;
}

/** Comments as threads: open ones first, the newest first among their like. */
export function threadsOf(comments: readonly Comment[]): readonly Thread[] {
  const inOrder = [...comments].sort((one, other) => one.at.localeCompare(other.at) || one.id.localeCompare(other.id));
  const threads = inOrder
    .filter((comment) => comment.answers === null)
    .map((first) => ({ first, answers: inOrder.filter((comment) => comment.answers === first.id) }));
  return threads.sort(
    (one, other) =>
      Number(one.first.resolvedAt !== null) - Number(other.first.resolvedAt !== null) ||
      lastOf(other).at.localeCompare(lastOf(one).at),
  );
}

/** Whether a question is open and the last word is not the author's side's. */
export const waitsForAuthor = (thread: Thread, authors: ReadonlySet<string>): boolean =>
  thread.first.to === 'author' && thread.first.resolvedAt === null && !authors.has(lastOf(thread).by);

/** The last word of a thread. */
export const lastOf = ({ first, answers }: Thread): Comment => answers.at(-1) ?? first;
