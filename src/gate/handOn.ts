import { Agent, request as ask, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';

/** About one connection, not about what is asked (RFC 9110, 7.6.1); the gate has its own on either side. */
const ofConnection = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
  'expect',
];
const ofProxies = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'forwarded'];

function without(headers: IncomingHttpHeaders, names: readonly string[]): Record<string, string | string[]> {
  const left: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !names.includes(name)) left[name] = value;
  }
  return left;
}

/** Who asks, as the desk has to be told; a reader's own word about it counts only where proxies are trusted. */
function toldTo({ headers, socket }: IncomingMessage, trustProxy: number | false) {
  const before = trustProxy === false ? undefined : headers['x-forwarded-for'];
  const from = [before, socket.remoteAddress].flat().filter((each) => each !== undefined);
  return {
    ...without(headers, trustProxy === false ? [...ofConnection, ...ofProxies] : ofConnection),
    'x-forwarded-for': from.join(', '),
  };
}

export type HandOn = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Hands requests on to a server that listens at a socket's path, and its answers back, piece by piece. Where it cannot be
 * reached before an answer has begun, `away` answers; afterwards the connection is cut, so that no half answer looks whole.
 */
export function createHandOn(socketPath: string, trustProxy: number | false, away: HandOn): HandOn {
  const agent = new Agent({ keepAlive: true });
  return (request, response) => {
    const { method, url } = request;
    const asked = ask({ socketPath, agent, method, path: url, headers: toldTo(request, trustProxy) });
    asked.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, without(answer.headers, ofConnection));
      pipeline(answer, response, () => {});
    });
    asked.on('error', () => {
      if (response.destroyed || response.writableEnded) return;
      if (response.headersSent) response.destroy();
      else away(request, response);
    });
    // Who goes away, before the form is sent or the answer read, is not worked for any more.
    request.on('close', () => {
      if (!request.complete) asked.destroy();
    });
    response.on('close', () => {
      if (!response.writableFinished) asked.destroy();
    });
    request.pipe(asked);
  };
}
