import { acceptLink, readLink } from '../../../commands/people/acceptLink.ts';
import { leastPasswordLength } from '../../../commands/people/password.ts';
import { requestReset } from '../../../commands/people/requestReset.ts';
import { DomainError } from '../../../domain/errors.ts';
import { paths } from '../../paths.ts';
import type { Context, Reply, Route } from '../../route.ts';
import { textField } from '../fields.ts';
import { safeNext, signInPage } from './signInPage.ts';

async function showSignIn({ t, query, actor }: Context): Promise<Reply> {
  if (actor.kind === 'person') return { kind: 'redirect', to: safeNext(query.next) ?? paths.desk.to() };
  return { kind: 'page', ...signInPage(t, { email: '', next: query.next ?? '', problem: null }) };
}

/** The session was opened by the step before (middleware/signIn.ts); what is left is where to go. */
async function afterSignIn({ world, form }: Context): Promise<Reply> {
  if (textField(form, 'wish') === 'reset') {
    await requestReset(world, { email: textField(form, 'email') });
    return { kind: 'redirect', to: paths.signIn.to(), said: { key: 'people:signIn.asked' } };
  }
  return { kind: 'redirect', to: safeNext(textField(form, 'next')) ?? paths.desk.to() };
}

async function afterSignOut(): Promise<Reply> {
  return { kind: 'redirect', to: paths.signIn.to(), said: { key: 'people:signIn.out' } };
}

async function showLink({ world, params, t }: Context): Promise<Reply> {
  const { link, person } = await readLink(world, params.token ?? '');
  return linkPage(t, { name: person.name, email: person.email, purpose: link.purpose, problem: null });
}

async function setPassword({ world, params, form, t }: Context): Promise<Reply> {
  const token = params.token ?? '';
  try {
    const person = await acceptLink(world, { token, password: textField(form, 'password') });
    // Whoever holds the link has just chosen the password: there is nothing to ask a second time.
    return { kind: 'redirect', to: paths.desk.to(), said: { key: 'people:link.done' }, signsIn: person };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'passwordTooShort') throw error;
    const { link, person } = await readLink(world, token);
    const problem = t(`errors:${error.code}`, error.data);
    return { ...linkPage(t, { name: person.name, email: person.email, purpose: link.purpose, problem }), code: 422 };
  }
}

function linkPage(
  t: Context['t'],
  data: { readonly name: string; readonly email: string; readonly purpose: string; readonly problem: string | null },
) {
  const title = t(`people:link.${data.purpose}`, { name: data.name });
  return { kind: 'page', view: 'desk/sign-in/link', data: { ...data, title, least: leastPasswordLength } } as const;
}

export const signInRoutes: readonly Route[] = [
  {
    method: 'get',
    path: paths.signIn.pattern,
    allow: 'public:read',
    audit: 'nothing',
    about: 'nothing',
    handle: showSignIn,
  },
  {
    method: 'post',
    path: paths.signIn.pattern,
    allow: 'public:read',
    audit: 'person/signIn',
    about: 'nothing',
    handle: afterSignIn,
  },
  {
    method: 'post',
    path: paths.signOut.pattern,
    allow: 'public:read',
    audit: 'nothing',
    about: 'nothing',
    handle: afterSignOut,
  },
  {
    method: 'get',
    path: paths.link.pattern,
    allow: 'public:read',
    audit: 'nothing',
    about: 'nothing',
    handle: showLink,
  },
  {
    method: 'post',
    path: paths.link.pattern,
    allow: 'public:read',
    audit: 'person/setPassword',
    about: 'nothing',
    handle: setPassword,
  },
];
