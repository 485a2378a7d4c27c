import type { Person } from '../../../domain/access/access.ts';
import { type Comment, commentLength, mayRead, type Thread, threadsOf } from '../../../domain/comment/comment.ts';
import type { Edition } from '../../../domain/edition/edition.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';

export type CommentLine = {
  readonly id: string;
  readonly by: string;
  readonly at: string;
  readonly text: string;
};

/** A thread as a page shows it. */
export type ThreadView = {
  readonly id: string;
  readonly to: string;
  readonly toAuthor: boolean;
  readonly lines: readonly CommentLine[];
  readonly closed: { readonly by: string; readonly at: string } | null;
  readonly hrefs: { readonly answer: string; readonly close: string };
  readonly most: number;
};

/** The threads that a person may read. */
export function threadsFor(
  comments: readonly Comment[],
  person: Pick<Person, 'partner'>,
  edition: Pick<Edition, 'partner'>,
): readonly Thread[] {
  return threadsOf(comments.filter((comment) => mayRead(comment, person, edition)));
}

export function threadView(t: Translate, { first, answers }: Thread, names: ReadonlyMap<string, string>): ThreadView {
  const line = ({ id, by, at, text }: Comment): CommentLine => ({ id, by: names.get(by) ?? '', at, text });
  return {
    id: first.id,
    to: t(`bench:comments.to.${first.to}`),
    toAuthor: first.to === 'author',
    lines: [first, ...answers].map(line),
    closed: first.resolvedAt === null ? null : { by: names.get(first.resolvedBy ?? '') ?? '', at: first.resolvedAt },
    hrefs: {
      answer: paths.unitComments.to(first.edition, first.segment),
      close: paths.commentClosing.to(first.edition, first.id),
    },
    most: commentLength,
  };
}

/** Everybody who is named in threads. */
export const namedInThreads = (threads: readonly Thread[]): readonly (string | null)[] =>
  threads.flatMap(({ first, answers }) => [first.by, first.resolvedBy, ...answers.map((answer) => answer.by)]);
