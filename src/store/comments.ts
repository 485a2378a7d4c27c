import type { Store } from '../commands/ports.ts';
import type { Comment } from '../domain/comment/comment.ts';
import { compareAndSet } from './compareAndSet.ts';
import { maybeText, number, text } from './fields.ts';
import type { Scope } from './scope.ts';
import { among, defineTable, openTable } from './table.ts';

type CommentRow = Omit<Comment, 'id'> & { readonly _id: string };

const definition = defineTable<CommentRow>('comments', {
  edition: text,
  segment: text,
  to: text,
  text,
  by: text,
  at: text,
  answers: maybeText,
  resolvedAt: maybeText,
  resolvedBy: maybeText,
  revision: number,
});

const fromRow = ({ _id, ...comment }: CommentRow): Comment => ({ id: _id, ...comment });
const oldestFirst = { at: 1, _id: 1 } as const;
const open = { answers: null, resolvedAt: null } as const;

export function openComments(scope: Scope): Store['comments'] {
  const table = openTable(scope, definition);
  const find = async (filter: Parameters<typeof table.find>[0]) =>
    (await table.find(filter, { sort: oldestFirst })).map(fromRow);
  return {
    async byId(id) {
      const row = await table.first({ _id: id });
      return row === null ? null : fromRow(row);
    },
    about: (tag, segment) => find({ edition: tag, segment }),
    open: (tag) => find({ edition: tag, ...open }),
    openQuestions: () => find({ to: 'author', ...open }),
    answers: (threads) => find({ answers: among(threads) }),
    save: ({ id, ...comment }) => compareAndSet(scope, table, { _id: id, ...comment }),
  };
}
