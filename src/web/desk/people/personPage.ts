import { personSubject } from '../../../commands/people/peopleEvent.ts';
import { requestedResets } from '../../../commands/people/requestReset.ts';
import type { Person } from '../../../domain/access/access.ts';
import { can } from '../../../domain/access/can.ts';
import { rolesOf } from '../../../domain/access/coordination.ts';
import { DomainError } from '../../../domain/errors.ts';
import { paths } from '../../paths.ts';
import type { PersonContext } from '../../route.ts';

/** The person of the address, if the actor may see their partner's people. */
export async function personSeen({ world, actor, params }: PersonContext): Promise<Person> {
  const person = await world.store.people.byId(params.person ?? '');
  if (person === null || !can(actor, 'people:read', { partner: person.partner })) {
    throw new DomainError('personUnknown');
  }
  return person;
}

export async function personPage(context: PersonContext) {
  const { world, actor, t, person: reader } = context;
  const person = await personSeen(context);
  const partner = await world.store.partners.byId(person.partner);
  const events = await world.store.events.recent(personSubject(person.id), 20);
  const names = await namesOf(
    context,
    events.flatMap((event) => event.by ?? []),
  );
  const manages = can(actor, 'people:manage', { partner: person.partner });
  const here = person.state === 'active' || person.state === 'invited';
  const askedAt = (await requestedResets(world, [person])).get(person.id) ?? null;
  return {
    title: askedAt === null ? person.name : t('people:person.waits', { name: person.name }),
    subject: person,
    askedAt,
    partner: partner?.name ?? person.partner,
    stateWord: t(`people:states.${person.state}`),
    roleWords: person.roles.map((role) => t(`desk:roles.${role}`)).join(', '),
    rolesForm:
      manages && here && partner !== null
        ? rolesOf(partner).map((role) => ({ role, chosen: person.roles.includes(role) }))
        : null,
    resetForm: manages && here,
    suspendForm: manages && here && person.id !== reader.id,
    restoreForm: manages && person.state === 'suspended',
    hrefs: {
      roles: paths.personRoles.to(person.id),
      reset: paths.personReset.to(person.id),
      suspension: paths.personSuspension.to(person.id),
    },
    events: events
      .filter((event) => event.action.startsWith('person/'))
      .map((event) => ({
        at: event.at,
        by: event.by === person.id ? null : (names.get(event.by ?? '') ?? null),
        what: t(`people:events.${event.action.slice('person/'.length)}`),
      })),
  };
}

async function namesOf({ world }: PersonContext, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const people = await Promise.all([...new Set(ids)].map((id) => world.store.people.byId(id)));
  return new Map(people.flatMap((person) => (person === null ? [] : [[person.id, person.name] as const])));
}
