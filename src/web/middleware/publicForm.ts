import { createHmac, randomBytes } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '../../domain/errors.ts';

/** A school's teachers often share one address: more than a staff room says in an hour, fewer than a machine. */
const answersAnHour = 40;

/** The host that a browser names in a header, or null. */
const hostIn = (header: string | undefined): string | null =>
  header !== undefined && URL.canParse(header) ? new URL(header).host : null;

/**
 * Whether the browser says that the form stood on a page of this site. Without a cookie there is no token to carry, so
 * one of three headers that a page of another site cannot write has to say it; a browser that says nothing is refused.
 */
export function fromHere(request: Pick<Request, 'get'>, baseUrl: string | null): boolean {
  const site = request.get('Sec-Fetch-Site');
  if (site !== undefined) return site === 'same-origin';
  const ours = [request.get('Host') ?? null, hostIn(baseUrl ?? undefined)];
  const named = hostIn(request.get('Origin') ?? request.get('Referer'));
  return named !== null && ours.includes(named);
}

/** For forms of the public pages: refuses what another site sent. */
export function refuseElsewhere(baseUrl: string | null): RequestHandler {
  return (request, _response, next) => {
    if (!fromHere(request, baseUrl)) throw new DomainError('formFromElsewhere');
    next();
  };
}

/** One household has many IPv6 addresses: its first four groups count as one. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [left = '', right] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const groups = (text: string | undefined): string[] => (text ? text.split(':') : []);
  const head = groups(left);
  const tail = groups(right);
  const whole =
    right === undefined ? head : [...head, ...Array(Math.max(0, 8 - head.length - tail.length)).fill('0'), ...tail];
  return whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

/**
 * Counts answers by network, in memory, for an hour. The network is not kept: its hash under a key that nobody has and
 * that ends with the process.
 */
export function limitAnswers(most: number = answersAnHour): RequestHandler {
  const counter = new RateLimiterMemory({ keyPrefix: 'answers', points: most, duration: 3600 });
  const key = randomBytes(32);
  return async (request, _response, next) => {
    const name = createHmac('sha256', key)
      .update(networkOf(request.ip ?? ''))
      .digest('base64url');
    try {
      await counter.consume(name);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      throw new DomainError('tooManyAnswers', { minutes: Math.max(1, Math.ceil(error.msBeforeNext / 60_000)) });
    }
    next();
  };
}
