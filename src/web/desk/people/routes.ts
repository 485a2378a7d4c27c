import { changeRoles } from '../../../commands/people/changeRoles.ts';
import { createPartner } from '../../../commands/people/createPartner.ts';
import { invitePerson } from '../../../commands/people/invitePerson.ts';
import { issueReset } from '../../../commands/people/issueReset.ts';
import { restorePerson } from '../../../commands/people/restorePerson.ts';
import { suspendPerson } from '../../../commands/people/suspendPerson.ts';
import { interfaceLanguages, type OneTimeLink, type Person } from '../../../domain/access/access.ts';
import { DomainError, type ErrorCode } from '../../../domain/errors.ts';
import { paths } from '../../paths.ts';
import type { PersonContext, Reply, Route } from '../../route.ts';
import { choiceField, listField, revisionField, textField } from '../fields.ts';
import { frameFor } from '../frame.ts';
import { peoplePage } from './peoplePage.ts';
import { personPage } from './personPage.ts';

async function list(context: PersonContext): Promise<Reply> {
  const data = { ...(await peoplePage(context)), frame: await frameFor(context, 'people') };
  return { kind: 'page', view: 'desk/people/people', data };
}

/** Refusals that the form can be mended for, and the field that each is about. */
const mendable: Partial<Record<ErrorCode, string>> = {
  emailTaken: 'email',
  emailMalformed: 'email',
  formMalformed: '',
};

/** The list again, with what was typed and what is wrong with it. */
async function listAgain(context: PersonContext, error: unknown): Promise<Reply> {
  if (!(error instanceof DomainError)) throw error;
  const field = mendable[error.code];
  if (field === undefined) throw error;
  const about = field || String(error.data.field ?? '');
  const message =
    error.code === 'formMalformed' ? context.t(`people:wrong.${about}`) : context.t(`errors:${error.code}`);
  const data = await peoplePage(context, context.form, [{ field: about, message }]);
  return {
    kind: 'page',
    view: 'desk/people/people',
    data: { ...data, frame: await frameFor(context, 'people') },
    code: 422,
  };
}

async function showPerson(context: PersonContext): Promise<Reply> {
  const data = { ...(await personPage(context)), frame: await frameFor(context, 'people') };
  return { kind: 'page', view: 'desk/people/person', data };
}

async function addPartner(context: PersonContext): Promise<Reply> {
  const { world, person, form } = context;
  const name = textField(form, 'partnerName');
  const jurisdictions = textField(form, 'jurisdictions')
    .split(/[\s,;]+/)
    .filter(Boolean);
  try {
    await createPartner(world, { by: person, id: textField(form, 'id').trim(), name, jurisdictions });
  } catch (error) {
    return listAgain(context, error);
  }
  return { kind: 'redirect', to: paths.people.to(), said: { key: 'people:partner.created', values: { name } } };
}

async function setRoles({ world, person, params, form, t }: PersonContext): Promise<Reply> {
  const changed = await changeRoles(world, {
    by: person,
    person: params.person ?? '',
    roles: listField(form, 'roles'),
    revision: revisionField(form),
  });
  const roles = changed.roles.map((role) => t(`desk:roles.${role}`)).join(', ');
  const said = { key: 'people:person.rolesChanged', values: { name: changed.name, roles } };
  return { kind: 'redirect', to: paths.person.to(changed.id), said };
}

async function setSuspension({ world, person, params, form }: PersonContext): Promise<Reply> {
  const wish = choiceField(form, 'wish', ['suspend', 'restore']);
  if (wish === null) throw new DomainError('formMalformed', { field: 'wish' });
  const act = wish === 'suspend' ? suspendPerson : restorePerson;
  const changed = await act(world, { by: person, person: params.person ?? '' });
  const said = { key: `people:person.${wish}Done`, values: { name: changed.name } };
  return { kind: 'redirect', to: paths.person.to(changed.id), said };
}

/** With the origin, for links that are given to a person: `https://headwater.example`. */
export function peopleRoutes(config: { readonly origin: string }): readonly Route[] {
  /** The only time that the link is seen. */
  const linkOnce = async (
    context: PersonContext,
    made: { readonly person: Person; readonly token: string; readonly purpose: OneTimeLink['purpose'] },
  ): Promise<Reply> => ({
    kind: 'page',
    view: 'desk/people/link-once',
    data: {
      title: context.t(`people:linkOnce.${made.purpose}`, { name: made.person.name }),
      link: `${config.origin}${paths.link.to(made.token)}`,
      lede: context.t(`people:linkOnce.${made.purpose}Lede`),
      back: paths.person.to(made.person.id),
      name: made.person.name,
      frame: await frameFor(context, 'people'),
    },
  });

  const invite = async (context: PersonContext): Promise<Reply> => {
    const { form } = context;
    try {
      const made = await invitePerson(context.world, {
        by: context.person,
        partner: textField(form, 'partner'),
        name: textField(form, 'name'),
        email: textField(form, 'email'),
        language: choiceField(form, 'language', interfaceLanguages) ?? context.language,
        roles: listField(form, 'roles'),
      });
      return await linkOnce(context, { ...made, purpose: 'invitation' });
    } catch (error) {
      return listAgain(context, error);
    }
  };

  const reset = async (context: PersonContext): Promise<Reply> =>
    linkOnce(context, await issueReset(context.world, { by: context.person, person: context.params.person ?? '' }));

  const manage = { allow: 'people:manage', about: 'person' } as const;
  const read = { method: 'get', allow: 'people:read', audit: 'nothing', about: 'person' } as const;
  return [
    { ...read, path: paths.people.pattern, handle: list },
    { ...read, path: paths.person.pattern, handle: showPerson },
    { ...manage, method: 'post', path: paths.invitations.pattern, audit: 'person/invite', handle: invite },
    { ...manage, method: 'post', path: paths.personRoles.pattern, audit: 'person/changeRoles', handle: setRoles },
    { ...manage, method: 'post', path: paths.personSuspension.pattern, audit: 'person/suspend', handle: setSuspension },
    { ...manage, method: 'post', path: paths.personReset.pattern, audit: 'person/issueReset', handle: reset },
    {
      method: 'post',
      path: paths.partners.pattern,
      allow: 'partner:create',
      audit: 'partner/create',
      about: 'person',
      handle: addPartner,
    },
  ];
}
