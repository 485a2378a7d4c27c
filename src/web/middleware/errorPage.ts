import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { World } from '../../commands/ports.ts';
import { DomainError, type ErrorData } from '../../domain/errors.ts';
import { frameFor } from '../desk/frame.ts';
import type { FeedbackPages } from '../feedback/port.ts';
import { paths } from '../paths.ts';
import type { Context } from '../route.ts';
import { httpCode } from './errorCodes.ts';
import { flatForm } from './form.ts';
import { languageOf } from './language.ts';
import { refusalOf } from './refusal.ts';
import { type Answering, sendPage } from './reply.ts';
import { policyOfSelfContained } from './security.ts';
import { actorOf } from './signedIn.ts';

export const nothingHere: RequestHandler = () => {
  throw new DomainError('pageUnknown');
};

const wantsJson = (request: Request) => request.accepts(['html', 'json']) === 'json';
const isDesk = (request: Request) => /^\/desk(\/|\?|$)/.test(request.originalUrl);

const textOf = (data: ErrorData, key: string) => (typeof data[key] === 'string' ? data[key] : null);

/** Two people wrote at once: both texts, so that nobody loses one. */
function bothTexts(error: DomainError): { readonly ours: string; readonly theirs: string } | null {
  const ours = textOf(error.data, 'ours');
  const theirs = textOf(error.data, 'theirs');
  return error.code === 'staleRevision' && ours !== null && theirs !== null ? { ours, theirs } : null;
}

/** What had been chosen in a form; nothing of one that another site sent, or that is none. */
function sentIn(request: Request, { code }: DomainError): Context['form'] {
  if (code === 'formFromElsewhere') return {};
  try {
    return flatForm(request.body);
  } catch {
    return {};
  }
}

/** The last stop: says in the reader's language what went wrong, and never how the inside looks. */
export function errorPage(answering: Answering, world: World, log: Logger, forms?: FeedbackPages): ErrorRequestHandler {
  return async (thrown, request, response, next) => {
    const error = refusalOf(thrown);
    const code = httpCode(error.code);
    if (code >= 500) log.error({ id: response.locals.requestId, err: thrown }, 'unexpected');
    if (response.headersSent) return next(thrown);
    const language = languageOf(request);
    const t = (key: string, values = {}) => answering.translator.t(language, key, values);
    const message = t(`errors:${error.code}`, error.data);
    if (wantsJson(request)) {
      response.status(code).json({ code: error.code, message });
      return;
    }
    if (error.code === 'signInRequired' && request.method === 'GET' && isDesk(request)) {
      response.redirect(303, `${paths.signIn.to()}?next=${encodeURIComponent(request.originalUrl)}`);
      return;
    }
    const form =
      request.method === 'POST'
        ? (forms?.refusal(request.path, error.code, error.data, code, sentIn(request, error)) ?? null)
        : null;
    if (form !== null) {
      response.setHeader('Content-Security-Policy', policyOfSelfContained(form));
      response.status(code).setHeader('Cache-Control', 'no-store').type('html').send(form);
      return;
    }
    const actor = actorOf(request.user);
    const framed = isDesk(request) && actor.kind === 'person' && code < 500;
    const place = { world, actor, language, t, now: world.now(), params: {} };
    const send = async (framed: boolean) =>
      sendPage(answering, request, response, {
        view: 'desk/error/error',
        layout: framed ? 'desk' : 'plain',
        code,
        data: {
          title: message,
          message,
          code,
          requestId: code >= 500 ? response.locals.requestId : null,
          texts: bothTexts(error),
          frame: framed ? await frameFor(place, null) : null,
          back: isDesk(request) ? paths.desk.to() : paths.home.to(),
        },
      });
    try {
      await send(framed);
    } catch (again) {
      // Even the masthead needs the store: say it without, and never by the framework's own page.
      log.error({ id: response.locals.requestId, err: again }, 'error page failed');
      await send(false).catch(() => response.status(code).type('text').send(message));
    }
  };
}
