import type { Action, Partner, Person } from '../../domain/access/access.ts';
import { can } from '../../domain/access/can.ts';
import { losesLastCoordinator } from '../../domain/access/coordination.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Store } from '../ports.ts';

/** Throws unless the person may do this to the partner's people. */
export function demandOn(by: Person, action: Action, partner: string): void {
  if (!can({ kind: 'person', person: by }, action, { partner })) throw new DomainError('notAllowed', { action });
}

/** A person whom the actor may manage; anybody else does not exist for them. */
export async function managedPerson(store: Store, by: Person, id: string): Promise<Person> {
  const person = await store.people.byId(id);
  if (person === null || !can({ kind: 'person', person: by }, 'people:manage', { partner: person.partner })) {
    throw new DomainError('personUnknown');
  }
  return person;
}

export async function partnerOf(store: Store, id: string): Promise<Partner> {
  const partner = await store.partners.byId(id);
  if (partner === null) throw new DomainError('personUnknown');
  return partner;
}

/** Throws when an edition would be left without a coordinator. */
export async function demandCoordinator(store: Store, before: Person, next: Person): Promise<void> {
  const colleagues = await store.people.ofPartner(before.partner);
  const editions = await store.editions.ofPartner(before.partner);
  if (losesLastCoordinator(next, before, colleagues, editions.length)) throw new DomainError('lastCoordinator');
}

/** Saves over what was seen: the next revision, and with `endSessions` every open session is over. */
export function changed(person: Person, change: Partial<Person>, endSessions: boolean): Person {
  return { ...person, ...change, epoch: person.epoch + (endSessions ? 1 : 0), revision: person.revision + 1 };
}
