import type { Person } from '../../domain/access/access.ts';
import type { Store, World } from '../ports.ts';

/** The subject under which everything about a person is recorded. */
export function personSubject(person: string): string {
  return `person/${person}`;
}

/** Records what was done to a person: ids only, no name, no address. */
export async function recordPeopleEvent(
  world: World,
  store: Store,
  what: {
    readonly by: string | null;
    readonly person: Pick<Person, 'id' | 'partner'>;
    readonly action: string;
    readonly data?: Readonly<Record<string, string | number | null>>;
  },
): Promise<void> {
  await store.events.add({
    id: world.newId(),
    kind: 'audit',
    at: world.now(),
    by: what.by,
    subject: personSubject(what.person.id),
    action: what.action,
    data: { partner: what.person.partner, ...what.data },
  });
}
