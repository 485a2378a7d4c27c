import { changePreferences } from '../../../commands/people/changePreferences.ts';
import { leave } from '../../../commands/people/leave.ts';
import { interfaceLanguages } from '../../../domain/access/access.ts';
import { DomainError } from '../../../domain/errors.ts';
import { paths } from '../../paths.ts';
import type { PersonContext, Reply, Route } from '../../route.ts';
import { choiceField } from '../fields.ts';
import { frameFor } from '../frame.ts';
import { languages } from '../languages.ts';

const mailPreferences = ['all', 'safetyOnly', 'none'] as const;

async function show(context: PersonContext): Promise<Reply> {
  const { person, t, world } = context;
  const partner = await world.store.partners.byId(person.partner);
  const data = {
    title: t('people:me.title', { name: person.name }),
    subject: person,
    partner: partner?.name ?? person.partner,
    roleWords: person.roles.map((role) => t(`desk:roles.${role}`)).join(', '),
    languages: languages.map((each) => ({ ...each, chosen: each.language === person.language })),
    mails: mailPreferences.map((mail) => ({ mail, chosen: mail === person.mail })),
    letterKeys: ['on', 'off'].map((keys) => ({ keys, chosen: (keys === 'off') === (person.letterKeys === false) })),
    keysHref: paths.keys.to(),
    frame: await frameFor(context, 'me'),
  };
  return { kind: 'page', view: 'desk/me/me', data };
}

async function change({ world, person, form }: PersonContext): Promise<Reply> {
  const language = choiceField(form, 'language', interfaceLanguages);
  const mail = choiceField(form, 'mail', mailPreferences);
  if (language === null) throw new DomainError('formMalformed', { field: 'language' });
  const letterKeys = choiceField(form, 'letterKeys', ['on', 'off']) !== 'off';
  if (mail === null) throw new DomainError('formMalformed', { field: 'mail' });
  await changePreferences(world, { person: person.id, language, mail, letterKeys });
  return { kind: 'redirect', to: paths.me.to(), said: { key: 'people:me.saved' } };
}

async function go({ world, person }: PersonContext): Promise<Reply> {
  await leave(world, { person: person.id });
  return { kind: 'redirect', to: paths.signIn.to(), said: { key: 'people:me.left' } };
}

export const meRoutes: readonly Route[] = [
  { method: 'get', path: paths.me.pattern, allow: 'me:write', audit: 'nothing', about: 'person', handle: show },
  {
    method: 'post',
    path: paths.me.pattern,
    allow: 'me:write',
    audit: 'person/preferences',
    about: 'person',
    handle: change,
  },
  { method: 'post', path: paths.leave.pattern, allow: 'me:write', audit: 'person/leave', about: 'person', handle: go },
];
