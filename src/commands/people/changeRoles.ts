import type { Person } from '../../domain/access/access.ts';
import { orderedRoles } from '../../domain/access/coordination.ts';
import { DomainError } from '../../domain/errors.ts';
import type { World } from '../ports.ts';
import { changed, demandCoordinator, managedPerson, partnerOf } from './managedPerson.ts';
import { recordPeopleEvent } from './peopleEvent.ts';

/** Gives a person these roles instead of theirs. Nobody gives themselves a role that they do not have. */
export async function changeRoles(
  world: World,
  wish: { readonly by: Person; readonly person: string; readonly roles: readonly string[]; readonly revision: number },
): Promise<Person> {
  return world.store.transaction(async (store) => {
    const person = await managedPerson(store, wish.by, wish.person);
    if (person.revision !== wish.revision) throw new DomainError('staleRevision');
    const roles = orderedRoles(await partnerOf(store, person.partner), wish.roles);
    if (roles.length === 0) throw new DomainError('formMalformed', { field: 'roles' });
    const gains = roles.some((role) => !person.roles.includes(role));
    if (person.id === wish.by.id && gains) throw new DomainError('secondPersonNeeded');
    const next = changed(person, { roles }, true);
    await demandCoordinator(store, person, next);
    await store.people.save(next);
    await recordPeopleEvent(world, store, {
      by: wish.by.id,
      person,
      action: 'person/rolesChanged',
      data: { before: person.roles.join(' '), roles: roles.join(' ') },
    });
    return next;
  });
}
