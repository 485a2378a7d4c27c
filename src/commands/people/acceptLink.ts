import type { OneTimeLink, Person } from '../../domain/access/access.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Store, World } from '../ports.ts';
import { hashToken } from './oneTimeLink.ts';
import { hashPassword } from './password.ts';
import { recordPeopleEvent } from './peopleEvent.ts';

type Opened = { readonly link: OneTimeLink; readonly person: Person };

async function openLink(world: World, store: Store, token: string): Promise<Opened> {
  const link = await store.links.byTokenHash(hashToken(token));
  if (link === null || link.expires <= world.now()) throw new DomainError('linkUsed');
  const person = await store.people.byId(link.person);
  const fits = person !== null && (link.purpose === 'invitation' ? 'invited' : 'active') === person.state;
  if (!fits) throw new DomainError('linkUsed');
  return { link, person };
}

/** What a link is for, without using it up: mail programs look at links, too. */
export function readLink(world: World, token: string): Promise<Opened> {
  return openLink(world, world.store, token);
}

/** Sets the password. The link is gone afterwards, and so is every session that was open. */
export async function acceptLink(
  world: World,
  wish: { readonly token: string; readonly password: string },
): Promise<Person> {
  const hash = await hashPassword(wish.password);
  return world.store.transaction(async (store) => {
    const { link, person } = await openLink(world, store, wish.token);
    if (!(await store.links.use(link.tokenHash))) throw new DomainError('linkUsed');
    const next: Person = { ...person, state: 'active', epoch: person.epoch + 1, revision: person.revision + 1 };
    await store.people.save(next);
    await store.people.setPasswordHash(person.id, hash);
    await recordPeopleEvent(world, store, { by: person.id, person: next, action: `person/${link.purpose}Accepted` });
    return next;
  });
}
