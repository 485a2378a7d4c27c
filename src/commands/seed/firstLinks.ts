import type { Person } from '../../domain/access/access.ts';
import { issueLink } from '../people/oneTimeLink.ts';
import type { World } from '../ports.ts';

export type FirstLink = { readonly person: Person; readonly token: string };

/**
 * One-time sign-in links for the seats of a fresh start, as long as nobody has taken any of them: a start that was killed
 * before its links were read prints new ones, and the old ones are void. There is no default password anywhere.
 */
export async function firstLinks(world: World): Promise<readonly FirstLink[]> {
  const people = await world.store.people.all();
  if (people.length === 0 || people.some((person) => person.state !== 'invited')) return [];
  const links: FirstLink[] = [];
  for (const person of people) {
    const token = await issueLink(world.store, { person: person.id, purpose: 'invitation', now: world.now() });
    links.push({ person, token });
  }
  return links;
}
