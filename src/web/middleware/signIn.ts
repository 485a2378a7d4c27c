import type { Request, RequestHandler, Response } from 'express';
import type passport from 'passport';
import { Strategy } from 'passport-local';
import { normalEmail } from '../../commands/people/email.ts';
import { signIn } from '../../commands/people/signIn.ts';
import type { World } from '../../commands/ports.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Instant } from '../../domain/time.ts';
import { signInPage } from '../desk/sign-in/signInPage.ts';
import { paths } from '../paths.ts';
import { httpCode } from './errorCodes.ts';
import { languageOf } from './language.ts';
import { refusalOf } from './refusal.ts';
import { type Answering, sendPage } from './reply.ts';
import type { SignInLimiter } from './signInLimiter.ts';

type Door = Answering & {
  readonly world: World;
  readonly passport: passport.Authenticator;
  readonly limiter: SignInLimiter;
};

const field = (request: Request, name: string) => {
  const value: unknown = request.body?.[name];
  return typeof value === 'string' ? value : '';
};

/** The two steps that touch the session; the routes themselves are declared like all others. */
export function signInSteps(door: Door): Readonly<Record<string, RequestHandler>> {
  door.passport.use(
    new Strategy({ usernameField: 'email', passReqToCallback: true }, (request, email, password, done) => {
      enter(door, request, email, password).then((person) => done(null, person), done);
    }),
  );
  return {
    [`post ${paths.signIn.pattern}`]: (request, response, next) => {
      if (field(request, 'wish') === 'reset') {
        door.limiter.count(normalEmail(field(request, 'email')), request.ip ?? '').then(
          () => next(),
          (thrown) => refuse(door, request, response, thrown).catch(next),
        );
        return;
      }
      const authenticate = door.passport.authenticate('local', (thrown: unknown, person: Express.User | false) => {
        if (thrown || person === false) return refuse(door, request, response, thrown).catch(next);
        openSession(request, person, door.world.now()).then(() => next(), next);
      });
      authenticate(request, response, next);
    },
    [`post ${paths.signOut.pattern}`]: (request, _response, next) => {
      request.logOut((error) => next(error));
    },
  };
}

/** Begins the session of a person; Passport gives it a new id. */
export function openSession(request: Request, person: Express.User, now: Instant): Promise<void> {
  return new Promise((resolve, reject) => {
    request.logIn(person, (error) => {
      if (error) return reject(error);
      request.session.startedAt = now;
      resolve();
    });
  });
}

async function enter(door: Door, request: Request, email: string, password: string): Promise<Express.User> {
  const from = request.ip ?? '';
  await door.limiter.count(normalEmail(email), from);
  const person = await signIn(door.world, { email, password });
  await door.limiter.welcome(normalEmail(email), from);
  return person;
}

/** The same page again, with what was typed, except the password. */
async function refuse(door: Door, request: Request, response: Response, thrown: unknown): Promise<void> {
  const error = thrown ? refusalOf(thrown) : new DomainError('signInFailed');
  if (httpCode(error.code) >= 500) throw thrown;
  const t = (key: string, values = {}) => door.translator.t(languageOf(request), key, values);
  const page = signInPage(t, {
    email: field(request, 'email'),
    next: field(request, 'next'),
    problem: t(`errors:${error.code}`, error.data),
  });
  await sendPage(door, request, response, { ...page, code: httpCode(error.code) });
}
