import type { Store } from '../../src/commands/ports.ts';
import type { OneTimeLink, Partner, Person } from '../../src/domain/access/access.ts';
import type { Edition } from '../../src/domain/edition/edition.ts';
import { DomainError } from '../../src/domain/errors.ts';
import type { DomainEvent, Notice } from '../../src/domain/notification/notification.ts';

/** What the tests of the door and of people look into; the rest of a store is absent and throws. */
export type MemoryStore = Store & { readonly recorded: readonly DomainEvent[] };

/** The parts of a store that people, links, editions and notices need, in memory. No concurrency. */
export function memoryStore(): MemoryStore {
  const partners = new Map<string, Partner>();
  const people = new Map<string, Person>();
  const hashes = new Map<string, string>();
  const links = new Map<string, OneTimeLink>();
  const editions = new Map<string, Edition>();
  const recorded: DomainEvent[] = [];
  let notices: Notice[] = [];
  const parts: Partial<Store> & { recorded: readonly DomainEvent[] } = {
    recorded,
    transaction: (work) => work(store),
    partners: {
      all: async () => [...partners.values()],
      byId: async (id) => partners.get(id) ?? null,
      save: async (partner) => void partners.set(partner.id, partner),
    },
    people: {
      byId: async (id) => people.get(id) ?? null,
      byEmail: async (email) => [...people.values()].find((each) => each.email === email.toLowerCase()) ?? null,
      ofPartner: async (partner) => [...people.values()].filter((each) => each.partner === partner),
      all: async () => [...people.values()],
      async save(person) {
        const taken = [...people.values()].some((each) => each.id !== person.id && each.email === person.email);
        if (taken) throw new DomainError('emailTaken');
        if ((people.get(person.id)?.revision ?? 0) !== person.revision - 1) throw new DomainError('staleRevision');
        people.set(person.id, person);
      },
      passwordHash: async (person) => hashes.get(person) ?? null,
      setPasswordHash: async (person, hash) => void hashes.set(person, hash),
    },
    links: {
      save: async (link) => void links.set(link.tokenHash, link),
      byTokenHash: async (hash) => links.get(hash) ?? null,
      use: async (hash) => links.delete(hash),
      async dropFor(person) {
        for (const link of links.values()) if (link.person === person) links.delete(link.tokenHash);
      },
    },
    editions: {
      all: async () => [...editions.values()],
      ofPartner: async (partner) => [...editions.values()].filter((each) => each.partner === partner),
      byTag: async (tag) => editions.get(tag) ?? null,
      save: async (edition) => void editions.set(edition.tag, edition),
      counts: async () => null,
      saveCounts: async () => {},
    },
    events: {
      async add(event, added = []) {
        recorded.push(event);
        notices = [...added, ...notices];
      },
      recent: async (prefix, limit) =>
        recorded
          .filter((event) => event.subject === prefix || event.subject.startsWith(`${prefix}/`))
          .reverse()
          .slice(0, limit),
    },
    notices: {
      ofPerson: async (person, limit) => notices.filter((each) => each.person === person).slice(0, limit),
      byIds: async (ids) => notices.filter((each) => ids.includes(each.id)),
      unread: async (person) => notices.filter((each) => each.person === person && each.readAt === null).length,
      async markRead(person, ids, at) {
        notices = notices.map((each) =>
          each.person === person && each.readAt === null && (ids === 'all' || ids.includes(each.id))
            ? { ...each, readAt: at }
            : each,
        );
      },
    },
  };
  const store = parts as MemoryStore;
  return store;
}
