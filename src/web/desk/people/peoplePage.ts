import { requestedResets } from '../../../commands/people/requestReset.ts';
import type { Partner, Person } from '../../../domain/access/access.ts';
import { can } from '../../../domain/access/can.ts';
import { rolesOf } from '../../../domain/access/coordination.ts';
import { paths } from '../../paths.ts';
import type { PersonContext } from '../../route.ts';
import { languages } from '../languages.ts';

/** What was typed into the form of an invitation, to be shown again. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;
export type Problem = { readonly field: string; readonly message: string };

const order = { active: 0, invited: 1, suspended: 2, left: 3 } as const;

/** The partners whose people the actor may see, with their people. */
export async function peoplePage(context: PersonContext, typed: Typed = {}, problems: readonly Problem[] = []) {
  const { world, actor, person: reader, t } = context;
  const partners = (await world.store.partners.all()).filter((each) => can(actor, 'people:read', { partner: each.id }));
  const groups = await Promise.all(partners.map((partner) => group(context, partner)));
  const waiting = groups.flatMap((each) => each.people).filter((each) => each.waits).length;
  const active = groups.flatMap((each) => each.people).filter((each) => each.state === 'active').length;
  return {
    title: waiting > 0 ? t('people:list.waiting', { count: waiting }) : t('people:list.title', { count: active }),
    groups,
    problems,
    typed,
    invite: inviteForms(partners, reader, typed),
    partnerForm: can(actor, 'partner:create'),
    languages: languages.map((each) => ({
      ...each,
      chosen: each.language === (typed.language ?? context.language),
    })),
  };
}

async function group({ world, t }: PersonContext, partner: Partner) {
  const people = await world.store.people.ofPartner(partner.id);
  const asked = await requestedResets(world, people);
  return {
    name: partner.name,
    jurisdictions: partner.jurisdictions.join(', '),
    people: [...people]
      .sort((a, b) => order[a.state] - order[b.state] || a.name.localeCompare(b.name))
      .map((person) => ({
        name: person.name,
        href: paths.person.to(person.id),
        roles: person.roles.map((role) => t(`desk:roles.${role}`)).join(', '),
        state: person.state,
        stateWord: t(`people:states.${person.state}`),
        stateSign: { active: 'done', invited: 'clock', suspended: 'stops', left: 'removed' }[person.state],
        waits: asked.has(person.id),
      })),
  };
}

/** One form: for the reader's own partner, or with a choice of partners for those who manage all. */
function inviteForms(partners: readonly Partner[], reader: Person, typed: Typed) {
  const chosen = typed.partner ?? reader.partner;
  const kinds = [...new Set(partners.flatMap((partner) => rolesOf(partner)))];
  return {
    partners:
      partners.length > 1
        ? partners.map((each) => ({ id: each.id, name: each.name, chosen: each.id === chosen }))
        : null,
    partner: partners[0]?.id ?? '',
    roles: kinds.map((role) => ({ role, chosen: typed.roles?.includes(role) ?? false })),
  };
}
