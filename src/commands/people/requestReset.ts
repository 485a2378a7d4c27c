import type { Person } from '../../domain/access/access.ts';
import type { Instant } from '../../domain/time.ts';
import type { World } from '../ports.ts';
import { normalEmail } from './email.ts';
import { personSubject, recordPeopleEvent } from './peopleEvent.ts';

const resetAsked = 'person/resetAsked';

/** Somebody forgot a password: those who manage people see it. Silent about whether there is such an account. */
export async function requestReset(world: World, wish: { readonly email: string }): Promise<void> {
  const person = await world.store.people.byEmail(normalEmail(wish.email));
  if (person === null || person.state !== 'active') return;
  await recordPeopleEvent(world, world.store, { by: null, person, action: resetAsked });
}

/** Who of these asked for a new password and has not been given a link since, and when. */
export async function requestedResets(world: World, people: readonly Person[]): Promise<ReadonlyMap<string, Instant>> {
  const asked = new Map<string, Instant>();
  for (const person of people.filter((each) => each.state === 'active')) {
    const events = await world.store.events.recent(personSubject(person.id), 20);
    const newest = events.find((event) => event.action === resetAsked || event.action === 'person/resetIssued');
    if (newest?.action === resetAsked) asked.set(person.id, newest.at);
  }
  return asked;
}
