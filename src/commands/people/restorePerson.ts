import type { Person } from '../../domain/access/access.ts';
import { DomainError } from '../../domain/errors.ts';
import type { World } from '../ports.ts';
import { changed, managedPerson } from './managedPerson.ts';
import { recordPeopleEvent } from './peopleEvent.ts';

/** Takes a suspension back. Somebody who never set a password is invited again, and needs a new link. */
export async function restorePerson(
  world: World,
  wish: { readonly by: Person; readonly person: string },
): Promise<Person> {
  return world.store.transaction(async (store) => {
    const person = await managedPerson(store, wish.by, wish.person);
    if (person.state !== 'suspended') throw new DomainError('personUnknown');
    const hasPassword = (await store.people.passwordHash(person.id)) !== null;
    const next = changed(person, { state: hasPassword ? 'active' : 'invited' }, true);
    await store.people.save(next);
    await recordPeopleEvent(world, store, { by: wish.by.id, person, action: 'person/restored' });
    return next;
  });
}
