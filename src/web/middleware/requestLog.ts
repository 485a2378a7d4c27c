import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

/**
 * Names each request and writes one line when it is answered. The line has the route's pattern, not the address:
 * no query, no person, no token, no address of a reader.
 */
export function requestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const id = randomUUID();
    const started = performance.now();
    response.locals.requestId = id;
    response.setHeader('X-Request-Id', id);
    response.on('finish', () => {
      const pattern = response.locals.pattern ?? (request.originalUrl.startsWith('/desk') ? '/desk/…' : 'public');
      const milliseconds = Math.round(performance.now() - started);
      log.info({ id, method: request.method, pattern, code: response.statusCode, milliseconds }, 'request');
    });
    next();
  };
}
