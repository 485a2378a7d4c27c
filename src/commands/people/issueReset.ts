import type { OneTimeLink, Person } from '../../domain/access/access.ts';
import { DomainError } from '../../domain/errors.ts';
import type { World } from '../ports.ts';
import { changed, managedPerson } from './managedPerson.ts';
import { issueLink } from './oneTimeLink.ts';
import { recordPeopleEvent } from './peopleEvent.ts';

/**
 * A link with which the person sets a new password; earlier links are over. For somebody who was invited and has not
 * come yet it is a new invitation. Open sessions end at once: whoever asks may have lost a machine.
 */
export async function issueReset(
  world: World,
  wish: { readonly by: Person; readonly person: string },
): Promise<{ readonly person: Person; readonly token: string; readonly purpose: OneTimeLink['purpose'] }> {
  return world.store.transaction(async (store) => {
    const person = await managedPerson(store, wish.by, wish.person);
    if (person.state !== 'active' && person.state !== 'invited') throw new DomainError('personUnknown');
    const purpose = person.state === 'invited' ? 'invitation' : 'reset';
    const next = changed(person, {}, true);
    await store.people.save(next);
    const token = await issueLink(store, { person: person.id, purpose, now: world.now() });
    await recordPeopleEvent(world, store, { by: wish.by.id, person, action: `person/${purpose}Issued` });
    return { person: next, token, purpose };
  });
}
