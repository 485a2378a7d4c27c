import type { Translate } from '../../route.ts';
import { languages } from '../languages.ts';

type Values = { readonly email: string; readonly next: string; readonly problem: string | null };

/** The way on after signing in: a path of the desk, never another site. */
export function safeNext(next: string | undefined): string | null {
  if (next === undefined || !/^\/desk(?:[/?]|$)/.test(next) || /[\\\s]/.test(next)) return null;
  const base = 'http://desk.invalid';
  return URL.canParse(next, base) && new URL(next, base).origin === base ? next : null;
}

export function signInPage(t: Translate, values: Values) {
  return {
    view: 'desk/sign-in/sign-in',
    data: {
      title: t('people:signIn.title'),
      email: values.email,
      next: safeNext(values.next),
      problem: values.problem,
      languages,
    },
  };
}
