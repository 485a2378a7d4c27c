import { join } from 'node:path';
import express, { type Express, type RequestHandler } from 'express';
import type session from 'express-session';
import type { Logger } from 'pino';
import type { World } from '../commands/ports.ts';
import type { FeedbackPages } from './feedback/port.ts';
import { createTranslator } from './i18n.ts';
import { createAssets } from './middleware/assets.ts';
import { refuseForgery } from './middleware/csrf.ts';
import { errorPage, nothingHere } from './middleware/errorPage.ts';
import { limitAnswers, refuseElsewhere } from './middleware/publicForm.ts';
import { requestLog } from './middleware/requestLog.ts';
import { securityHeaders } from './middleware/security.ts';
import { deskSession } from './middleware/session.ts';
import { createPassport, readPerson } from './middleware/signedIn.ts';
import { signInSteps } from './middleware/signIn.ts';
import { memoryLimiter, type SignInLimiter } from './middleware/signInLimiter.ts';
import { paths } from './paths.ts';
import type { Route } from './route.ts';
import { createRouter } from './router.ts';
import { createViews } from './views.ts';

export type AppDependencies = {
  readonly world: World;
  readonly routes: readonly Route[];
  readonly sessions: { readonly store: session.Store; readonly secret: string };
  /** Serves the projected public site, before anything of the desk. */
  readonly publicHandler?: RequestHandler;
  /** The public pages that answer a refused form of theirs. */
  readonly feedbackPages?: FeedbackPages;
  readonly config: {
    readonly trustProxy: number | false;
    readonly secureCookies: boolean;
    readonly baseUrl: string | null;
  };
  readonly log: Logger;
  /** Counts wrong passwords; in memory when there is one process. */
  readonly signInLimiter?: SignInLimiter;
};

const root = join(import.meta.dirname, '../..');

/** The web application. The order of what follows is the order in which a request meets it. */
export function createApp(deps: AppDependencies): Express {
  const { world, log, config } = deps;
  const { secureCookies } = config;
  const translator = createTranslator(join(root, 'locales'));
  const assets = createAssets(join(root, 'public'));
  const cache = process.env.NODE_ENV !== 'development';
  const views = createViews({ directory: join(root, 'views'), translator, asset: assets.url, cache });
  const answering = { views, translator };
  const passport = createPassport(world);
  const limiter = deps.signInLimiter ?? memoryLimiter();
  const steps = {
    ...signInSteps({ ...answering, world, passport, limiter }),
    [`post ${paths.feedback.pattern}`]: limitAnswers(),
  };

  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustProxy);

  app.use(requestLog(log));
  app.use(...securityHeaders({ secureCookies }));
  app.use(assets.handler);
  if (deps.publicHandler !== undefined) app.use(deps.publicHandler);
  app.use('/desk', ...deskSession({ world, ...deps.sessions, secureCookies }));
  app.use('/desk', ...readPerson(passport));
  const refusals = {
    refuseForgery: refuseForgery(config.baseUrl),
    refuseElsewhere: refuseElsewhere(config.baseUrl),
  };
  const routing = { ...answering, world, log, steps, ...refusals };
  app.use(createRouter(deps.routes, routing));
  app.use(nothingHere);
  app.use(errorPage(answering, world, log, deps.feedbackPages));
  return app;
}
