import type { RequestHandler } from 'express';
import passport from 'passport';
import type { World } from '../../commands/ports.ts';
import type { Actor, Person } from '../../domain/access/access.ts';

declare global {
  namespace Express {
    interface User extends Person {}
  }
}

type Seat = { readonly person: string; readonly epoch: number };

function isSeat(value: unknown): value is Seat {
  return typeof value === 'object' && value !== null && 'person' in value && 'epoch' in value;
}

/**
 * Who a session belongs to, looked up on every request: a person who is suspended, has left, got other roles or a new
 * password has a later epoch, and the session is over with the next request.
 */
export function createPassport(world: World): passport.Authenticator {
  const instance = new passport.Passport();
  instance.serializeUser<Seat>((user, done) => done(null, { person: user.id, epoch: user.epoch }));
  instance.deserializeUser<Seat>((seat, done) => {
    if (!isSeat(seat)) return done(null, false);
    world.store.people.byId(seat.person).then((person) => {
      const sits = person !== null && person.state === 'active' && person.epoch === seat.epoch;
      done(null, sits ? person : false);
    }, done);
  });
  return instance;
}

/** Reads the person of the session into the request. */
export function readPerson(instance: passport.Authenticator): readonly RequestHandler[] {
  return [instance.initialize(), instance.session()];
}

export function actorOf(user: Express.User | null | undefined): Actor {
  // Passport leaves null behind after signing out.
  return user === undefined || user === null ? { kind: 'anonymous' } : { kind: 'person', person: user };
}
