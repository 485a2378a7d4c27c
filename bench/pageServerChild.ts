/**
 * A server under load: the real public handler on a folder, or a bare `node:http` server that sends the same bytes and
 * headers, out of its memory or streaming a file. Tells what it has used when asked.
 */
import { createReadStream } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPublicHandler } from '../src/site/serve.ts';
import { say, told } from '../test/prove/child.ts';
import { words } from '../test/site/words.ts';

export type ServerOrder =
  | { readonly kind: 'site'; readonly folder: string }
  | { readonly kind: 'bare'; readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array }
  | { readonly kind: 'stream'; readonly headers: Readonly<Record<string, string>>; readonly file: string };

/** Since the process began. */
export type Usage = { readonly cpuMicros: number; readonly heapBytes: number; readonly residentBytes: number };

function listenerOf(order: ServerOrder): RequestListener {
  if (order.kind === 'site') {
    const site = createPublicHandler({ folder: order.folder, translate: words, progress: () => null });
    return (request, response) => {
      if (!site.publicListener(request, response)) site.notFound(request, response);
    };
  }
  const { headers } = order;
  if (order.kind === 'stream') {
    return (_, response) => {
      response.writeHead(200, headers);
      createReadStream(order.file).pipe(response);
    };
  }
  const body = Buffer.from(order.body);
  return (_, response) => {
    response.writeHead(200, headers);
    response.end(body);
  };
}

const server = createServer(listenerOf(await told<ServerOrder>()));
server.listen(0, '127.0.0.1', () => say('listening', (server.address() as AddressInfo).port));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  // Where it was started so that it can collect what is no longer needed, only what is kept is told.
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  process.send?.({ cpuMicros: user + system, heapBytes: heapUsed, residentBytes: rss } satisfies Usage);
});
process.on('disconnect', () => process.exit());
