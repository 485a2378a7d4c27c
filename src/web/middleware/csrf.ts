import { csrfSync } from 'csrf-sync';
import type { Request, RequestHandler } from 'express';
import { DomainError } from '../../domain/errors.ts';

const sync = csrfSync({
  getTokenFromRequest: (request) => {
    const token: unknown = request.body?._csrf;
    return typeof token === 'string' ? token : undefined;
  },
});

/** The token for the hidden field `_csrf`; empty where there is no session. */
export function csrfToken(request: Request): string {
  return request.session === undefined ? '' : sync.generateToken(request);
}

/** Where the browser says the request comes from; older browsers say it by Origin only. */
function fromElsewhere(request: Request, baseUrl: string | null): boolean {
  const site = request.get('Sec-Fetch-Site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = request.get('Origin');
  if (origin === undefined) return false;
  const host = baseUrl === null ? request.get('Host') : new URL(baseUrl).host;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

/** Refuses what another site sent, and what does not carry this session's token. Runs after the form is read. */
export function refuseForgery(baseUrl: string | null): RequestHandler {
  return (request, _response, next) => {
    if (fromElsewhere(request, baseUrl) || !sync.isRequestValid(request)) throw new DomainError('csrfFailed');
    next();
  };
}
