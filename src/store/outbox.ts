import type { Store } from '../commands/ports.ts';
import type { OutboxMail } from '../domain/notification/notification.ts';
import { maybeText, number, text, texts } from './fields.ts';
import type { Scope } from './scope.ts';
import { defineTable, openTable, where } from './table.ts';

type MailRow = Omit<OutboxMail, 'id' | 'droppedAt'> & {
  readonly _id: string;
  readonly droppedAt: string | null;
  /** Until then somebody is at it. */
  readonly leasedUntil: string;
};

const definition = defineTable<MailRow>('outbox', {
  person: text,
  notices: texts,
  createdAt: text,
  sentAt: maybeText,
  droppedAt: maybeText,
  tries: number,
  notBefore: text,
  lastError: maybeText,
  leasedUntil: text,
});

const toRow = ({ id, droppedAt, ...mail }: OutboxMail): MailRow => ({
  _id: id,
  ...mail,
  droppedAt: droppedAt ?? null,
  leasedUntil: '',
});
const fromRow = ({ _id, leasedUntil: _, droppedAt, ...mail }: MailRow): OutboxMail => ({
  id: _id,
  ...mail,
  ...(droppedAt === null ? {} : { droppedAt }),
});

/** Only `events.add` does this, in its transaction. */
export function addMails(scope: Scope, mails: readonly OutboxMail[]): Promise<void> {
  return openTable(scope, definition).insert(mails.map(toRow));
}

export function openOutbox(scope: Scope): Store['outbox'] {
  const table = openTable(scope, definition);
  return {
    async take(now, limit, leaseSeconds) {
      const leasedUntil = new Date(Date.parse(now) + leaseSeconds * 1000).toISOString();
      const due = {
        sentAt: null,
        droppedAt: null,
        notBefore: where({ $lte: now }),
        leasedUntil: where({ $lte: now }),
      };
      const taken: OutboxMail[] = [];
      while (taken.length < limit) {
        const row = await table.take(due, { notBefore: 1 }, { leasedUntil });
        if (row === null) break;
        taken.push(fromRow(row));
      }
      return taken;
    },
    save: (mail) => table.put(toRow(mail)),
    waiting: () => table.count({ sentAt: null, droppedAt: null }),
    unsent: async (limit) =>
      (await table.find({ sentAt: null, droppedAt: null }, { sort: { createdAt: 1, _id: 1 }, limit })).map(fromRow),
  };
}
