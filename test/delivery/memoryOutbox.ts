import type { Store } from '../../src/commands/ports.ts';
import type { Person } from '../../src/domain/access/access.ts';
import type { Notice, OutboxMail } from '../../src/domain/notification/notification.ts';

/** As much of a store as the outbox worker needs; `test/store` holds the real one to the same contract. */
export function memoryOutbox(people: readonly Person[], notices: readonly Notice[], mails: readonly OutboxMail[]) {
  const rows = new Map(mails.map((mail) => [mail.id, { mail, leasedUntil: '' }]));
  const known = new Map(people.map((person) => [person.id, person]));
  const store = {
    people: { byId: async (id: string) => known.get(id) ?? null },
    notices: { byIds: async (ids: readonly string[]) => notices.filter((notice) => ids.includes(notice.id)) },
    outbox: {
      take: async (now: string, limit: number, leaseSeconds: number) => {
        const due = [...rows.values()]
          .filter(({ mail, leasedUntil }) => {
            const waits = mail.sentAt === null && mail.droppedAt === undefined;
            return waits && mail.notBefore <= now && leasedUntil <= now;
          })
          .slice(0, limit);
        for (const row of due) row.leasedUntil = new Date(Date.parse(now) + leaseSeconds * 1000).toISOString();
        return due.map((row) => row.mail);
      },
      save: async (mail: OutboxMail) => {
        rows.set(mail.id, { mail, leasedUntil: '' });
      },
      waiting: async () => [...rows.values()].filter(({ mail }) => mail.sentAt === null).length,
    },
  } as unknown as Store;
  return { store, mail: (id: string) => rows.get(id)?.mail, mails: () => [...rows.values()].map((row) => row.mail) };
}
