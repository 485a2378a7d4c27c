import type { Store } from '../commands/ports.ts';
import type { DomainEvent } from '../domain/notification/notification.ts';
import { type Entry, fromEntries, maybeText, text, toEntries, value, values } from './fields.ts';
import { mongoose } from './mongoose.ts';
import { addNotices } from './notices.ts';
import { addMails } from './outbox.ts';
import type { Scope } from './scope.ts';
import { defineTable, openTable, where } from './table.ts';
import { inTransaction } from './transaction.ts';

type EventRow = Omit<DomainEvent, 'id' | 'data'> & {
  readonly _id: string;
  /** Tells events of the same millisecond apart. */
  readonly order: unknown;
  readonly data: readonly Entry<string | number | null>[];
};

const definition = defineTable<EventRow>('events', {
  kind: text,
  at: text,
  by: maybeText,
  subject: text,
  action: text,
  order: value,
  data: values,
});

const fromRow = ({ _id, order: _, data, ...event }: EventRow): DomainEvent => ({
  id: _id,
  ...event,
  data: fromEntries(data),
});

/** The subject itself and what is below it: `edition/tr-TR` is not `edition/tr-TR-x-ngo`. */
function below(prefix: string): Parameters<ReturnType<typeof openTable<EventRow>>['find']>[0] {
  if (prefix === '') return {};
  const path = prefix.replace(/\/+$/, '');
  return { $or: [{ subject: path }, { subject: where({ $gte: `${path}/`, $lt: `${path}0` }) }] };
}

export function openEvents(scope: Scope): Store['events'] {
  return {
    async add({ id, data, ...event }, notices = [], mails = []) {
      const row = { _id: id, ...event, order: new mongoose.Types.ObjectId(), data: toEntries(data) };
      if (notices.length + mails.length === 0) return openTable(scope, definition).ensure(row);
      await inTransaction(scope, async (inner) => {
        const table = openTable(inner, definition);
        // Told again is told once: its notices were written with it.
        if ((await table.first({ _id: id }, { only: ['_id'] })) !== null) return;
        await table.insert([row]);
        await addNotices(inner, notices);
        await addMails(inner, mails);
      });
    },
    async recent(subjectPrefix, limit) {
      const rows = await openTable(scope, definition).find(below(subjectPrefix), {
        sort: { at: -1, order: -1 },
        limit,
      });
      return rows.map(fromRow);
    },
  };
}
