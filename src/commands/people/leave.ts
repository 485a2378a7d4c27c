import { DomainError } from '../../domain/errors.ts';
import type { World } from '../ports.ts';
import { changed, demandCoordinator } from './managedPerson.ts';
import { recordPeopleEvent } from './peopleEvent.ts';

/** A person goes. What they wrote stays theirs by name; their rights, links and sessions end. */
export async function leave(world: World, wish: { readonly person: string }): Promise<void> {
  await world.store.transaction(async (store) => {
    const person = await store.people.byId(wish.person);
    if (person === null || person.state !== 'active') throw new DomainError('personUnknown');
    const next = changed(person, { state: 'left', roles: [], mail: 'none' }, true);
    await demandCoordinator(store, person, next);
    await store.people.save(next);
    await store.links.dropFor(person.id);
    await recordPeopleEvent(world, store, { by: person.id, person, action: 'person/left' });
  });
}
