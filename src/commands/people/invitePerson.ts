import type { InterfaceLanguage, Person } from '../../domain/access/access.ts';
import { orderedRoles } from '../../domain/access/coordination.ts';
import { DomainError } from '../../domain/errors.ts';
import type { World } from '../ports.ts';
import { parseEmail } from './email.ts';
import { demandOn, partnerOf } from './managedPerson.ts';
import { issueLink } from './oneTimeLink.ts';
import { recordPeopleEvent } from './peopleEvent.ts';

export type Invitation = {
  readonly by: Person;
  readonly partner: string;
  readonly name: string;
  readonly email: string;
  readonly language: InterfaceLanguage;
  readonly roles: readonly string[];
};

/** Makes an account without a password and the link with which its owner sets one. */
export async function invitePerson(
  world: World,
  wish: Invitation,
): Promise<{ readonly person: Person; readonly token: string }> {
  demandOn(wish.by, 'people:manage', wish.partner);
  const email = parseEmail(wish.email);
  const name = wish.name.trim().replace(/\s+/g, ' ');
  if (name === '' || name.length > 120) throw new DomainError('formMalformed', { field: 'name' });
  return world.store.transaction(async (store) => {
    const partner = await partnerOf(store, wish.partner);
    const roles = orderedRoles(partner, wish.roles);
    if (roles.length === 0) throw new DomainError('formMalformed', { field: 'roles' });
    if ((await store.people.byEmail(email)) !== null) throw new DomainError('emailTaken');
    const person: Person = {
      id: world.newId(),
      name,
      email,
      language: wish.language,
      partner: partner.id,
      roles,
      state: 'invited',
      mail: 'all',
      epoch: 0,
      revision: 1,
    };
    await store.people.save(person);
    const token = await issueLink(store, { person: person.id, purpose: 'invitation', now: world.now() });
    await recordPeopleEvent(world, store, {
      by: wish.by.id,
      person,
      action: 'person/invited',
      data: { roles: roles.join(' ') },
    });
    return { person, token };
  });
}
