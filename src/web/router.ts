import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Logger } from 'pino';
import type { World } from '../commands/ports.ts';
import { actions, type Subject } from '../domain/access/access.ts';
import { can } from '../domain/access/can.ts';
import { DomainError } from '../domain/errors.ts';
import { recordAudit } from './middleware/audit.ts';
import { flatForm, flatQuery, readForm, readUpload, uploadOf, uploadReader } from './middleware/form.ts';
import { languageOf } from './middleware/language.ts';
import { type Answering, sendReply } from './middleware/reply.ts';
import { actorOf } from './middleware/signedIn.ts';
import { openSession } from './middleware/signIn.ts';
import type { Context, Reply, Route } from './route.ts';

export type Routing = Answering & {
  readonly world: World;
  readonly log: Logger;
  readonly refuseForgery: RequestHandler;
  readonly refuseElsewhere: RequestHandler;
  /** Signing in and out: what has to touch the session between the checks and the handler, by `method path`. */
  readonly steps: Readonly<Record<string, RequestHandler>>;
};

/** Refuses declarations that would leave a door open. */
function checkRoutes(routes: readonly Route[], steps: Routing['steps']): void {
  const seen = new Set<string>();
  for (const route of routes) {
    const name = `${route.method} ${route.path}`;
    if (!actions.includes(route.allow)) throw new Error(`Route without allow: ${name}`);
    if (typeof route.audit !== 'string' || route.audit === '') throw new Error(`Route without audit: ${name}`);
    if (seen.has(name)) throw new Error(`Route declared twice: ${name}`);
    const outside = route.method === 'post' && !route.path.startsWith('/desk');
    if (outside !== (route.open === true)) throw new Error(`Post outside the desk: ${name}`);
    if (outside && steps[name] === undefined) throw new Error(`Public form without a limit: ${name}`);
    if (route.about === 'edition' && !route.path.includes('/:edition')) throw new Error(`No :edition in ${name}`);
    seen.add(name);
  }
}

/** Turns declarations into handlers. What no declaration names is not there. */
export function createRouter(routes: readonly Route[], routing: Routing): Router {
  checkRoutes(routes, routing.steps);
  const router = express.Router({ caseSensitive: true });
  for (const route of routes) {
    const step = routing.steps[`${route.method} ${route.path}`];
    const before: RequestHandler[] = [
      (_request, response, next) => {
        response.locals.pattern = route.path;
        next();
      },
    ];
    if (route.method === 'post') {
      before.push(readerOf(route.upload), route.open ? routing.refuseElsewhere : routing.refuseForgery);
    }
    if (step !== undefined) before.push(step);
    router[route.method](route.path, ...before, (request, response) => answer(route, routing, request, response));
  }
  return router;
}

const readerOf = (upload: Route['upload']): RequestHandler =>
  upload === undefined ? readForm : upload === true ? readUpload : uploadReader(upload.bytes);

async function answer(route: Route, routing: Routing, request: Request, response: Response): Promise<void> {
  const context = contextOf(request, routing);
  const reply = await handle(route, context);
  const changed = route.method === 'post' && (reply.kind === 'redirect' || (reply.code ?? 200) < 400);
  if (changed && route.audit !== 'nothing') {
    await recordAudit(routing.world, route, context).catch((error: unknown) =>
      routing.log.error({ err: error, action: route.audit }, 'audit not recorded'),
    );
  }
  if (reply.kind === 'redirect' && reply.signsIn !== undefined) {
    await openSession(request, reply.signsIn, context.now);
  }
  await sendReply(routing, request, response, reply);
}

function contextOf(request: Request, routing: Routing): Context {
  const language = languageOf(request);
  return {
    world: routing.world,
    actor: actorOf(request.user),
    language,
    t: (key, values) => routing.translator.t(language, key, values),
    now: routing.world.now(),
    params: Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)])),
    query: flatQuery(request.query),
    form: flatForm(request.body),
    upload: uploadOf(request.file),
    url: request.originalUrl,
  };
}

/** Checks who may, then hands over. An edition that the actor may not see does not exist for them. */
async function handle(route: Route, context: Context): Promise<Reply> {
  const { actor } = context;
  if (route.about === 'nothing') {
    demand(context, route, actor.kind === 'person' ? { partner: actor.person.partner } : {});
    return route.handle(context);
  }
  if (actor.kind !== 'person') throw new DomainError('signInRequired');
  const person = actor.person;
  if (route.about === 'person') {
    // An `own` right is asked about the person's own partner here; the command asks about what it really touches.
    demand(context, route, { partner: person.partner });
    return route.handle({ ...context, person });
  }
  const tag = context.params.edition ?? '';
  const edition = await context.world.store.editions.byTag(tag);
  if (edition === null || !can(actor, 'edition:read', { partner: edition.partner })) {
    throw new DomainError('editionUnknown', { edition: tag });
  }
  demand(context, route, { partner: edition.partner, language: edition.language });
  return route.handle({ ...context, person, edition });
}

function demand(context: Context, route: Route, subject: Subject): void {
  if (can(context.actor, route.allow, subject)) return;
  if (context.actor.kind === 'anonymous') throw new DomainError('signInRequired');
  throw new DomainError('notAllowed', { action: route.allow });
}
