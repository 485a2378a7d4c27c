import type { Store } from '../commands/ports.ts';
import type { Notice } from '../domain/notification/notification.ts';
import { type Entry, fromEntries, maybeText, text, toEntries, value, values } from './fields.ts';
import type { Scope } from './scope.ts';
import { among, defineTable, openTable } from './table.ts';

type NoticeRow = Omit<Notice, 'id' | 'data'> & {
  readonly _id: string;
  readonly data: readonly Entry<string | number | null>[];
};

const definition = defineTable<NoticeRow>('notices', {
  event: text,
  kind: text,
  person: text,
  at: text,
  readAt: maybeText,
  edition: maybeText,
  release: maybeText,
  changeSet: maybeText,
  severity: maybeText,
  counts: value,
  data: values,
  path: text,
});

const fromRow = ({ _id, data, ...notice }: NoticeRow): Notice => ({ id: _id, ...notice, data: fromEntries(data) });

/** Only `events.add` does this, in its transaction. */
export function addNotices(scope: Scope, notices: readonly Notice[]): Promise<void> {
  const rows = notices.map(({ id, data, ...notice }) => ({ _id: id, ...notice, data: toEntries(data) }));
  return openTable(scope, definition).insert(rows);
}

export function openNotices(scope: Scope): Store['notices'] {
  const table = openTable(scope, definition);
  return {
    async ofPerson(person, limit) {
      return (await table.find({ person }, { sort: { at: -1, _id: 1 }, limit })).map(fromRow);
    },
    async byIds(ids) {
      const found = new Map((await table.find({ _id: among(ids) })).map((row) => [row._id, fromRow(row)]));
      return ids.flatMap((id) => found.get(id) ?? []);
    },
    unread: (person) => table.count({ person, readAt: null }),
    async markRead(person, ids, at) {
      const which = ids === 'all' ? {} : { _id: among(ids) };
      await table.update({ person, readAt: null, ...which }, { readAt: at });
    },
  };
}
