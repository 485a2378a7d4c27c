import type { Person } from '../../domain/access/access.ts';
import { DomainError } from '../../domain/errors.ts';
import type { World } from '../ports.ts';
import { changed, demandCoordinator, managedPerson } from './managedPerson.ts';
import { recordPeopleEvent } from './peopleEvent.ts';

/** Shuts a person out at once: sessions end with their next request, open links are gone. Can be taken back. */
export async function suspendPerson(
  world: World,
  wish: { readonly by: Person; readonly person: string },
): Promise<Person> {
  return world.store.transaction(async (store) => {
    const person = await managedPerson(store, wish.by, wish.person);
    if (person.id === wish.by.id) throw new DomainError('secondPersonNeeded');
    if (person.state !== 'active' && person.state !== 'invited') throw new DomainError('personUnknown');
    const next = changed(person, { state: 'suspended' }, true);
    await demandCoordinator(store, person, next);
    await store.people.save(next);
    await store.links.dropFor(person.id);
    await recordPeopleEvent(world, store, { by: wish.by.id, person, action: 'person/suspended' });
    return next;
  });
}
