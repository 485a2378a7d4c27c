import type { InterfaceLanguage, MailPreference, Person } from '../../domain/access/access.ts';
import { DomainError } from '../../domain/errors.ts';
import type { World } from '../ports.ts';
import { changed } from './managedPerson.ts';
import { recordPeopleEvent } from './peopleEvent.ts';

/** The language of the desk, what comes by mail, and whether single letters press buttons. Sessions stay. */
export async function changePreferences(
  world: World,
  wish: {
    readonly person: string;
    readonly language: InterfaceLanguage;
    readonly mail: MailPreference;
    readonly letterKeys: boolean;
  },
): Promise<Person> {
  return world.store.transaction(async (store) => {
    const person = await store.people.byId(wish.person);
    if (person === null) throw new DomainError('personUnknown');
    const next = changed(person, { language: wish.language, mail: wish.mail, letterKeys: wish.letterKeys }, false);
    await store.people.save(next);
    await recordPeopleEvent(world, store, { by: person.id, person, action: 'person/preferencesChanged' });
    return next;
  });
}
