import type { RequestHandler } from 'express';
import session from 'express-session';
import type { World } from '../../commands/ports.ts';
import { daysBetween } from '../../domain/time.ts';

declare module 'express-session' {
  interface SessionData {
    /** When it began; it ends for good after seven days. */
    startedAt?: string;
    /** Told once on the next page. */
    said?: { readonly key: string; readonly values?: Readonly<Record<string, string | number>> };
  }
}

const idleMilliseconds = 8 * 60 * 60 * 1000;
const absoluteDays = 7;

/** Sessions of the desk. They end after 8 hours without a request, and after 7 days in any case. */
export function deskSession(deps: {
  readonly world: World;
  readonly store: session.Store;
  readonly secret: string;
  readonly secureCookies: boolean;
}): readonly RequestHandler[] {
  const { secureCookies } = deps;
  return [
    session({
      store: deps.store,
      secret: deps.secret,
      name: secureCookies ? '__Host-desk' : 'desk',
      resave: false,
      saveUninitialized: false,
      rolling: true,
      // A `__Host-` cookie has to belong to the whole host.
      cookie: {
        httpOnly: true,
        sameSite: 'lax',
        secure: secureCookies,
        path: secureCookies ? '/' : '/desk',
        maxAge: idleMilliseconds,
      },
    }),
    (request, response, next) => {
      response.setHeader('Cache-Control', 'no-store');
      const now = deps.world.now();
      const startedAt = request.session.startedAt;
      if (startedAt !== undefined && daysBetween(startedAt.slice(0, 10), now.slice(0, 10)) >= absoluteDays) {
        return request.session.regenerate((error) => next(error ?? undefined));
      }
      next();
    },
  ];
}
