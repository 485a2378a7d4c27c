/**
 * Readers: the real public handler on a server of its own, and loops that ask it for every address of the edition all the
 * time. Nothing here is ever killed; what was answered is handed to the parent when it asks.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPublicHandler } from '../../src/site/serve.ts';
import { pointerFile } from '../../src/site/siteIndex.ts';
import { words } from '../site/words.ts';
import { pause, say, told } from './child.ts';
import { provenEdition } from './river.ts';

/** One answer. `hash` is of the bytes that came; `whole` when they were as many as announced. */
export type Answered = {
  readonly loop: number;
  readonly path: string;
  readonly code: number;
  readonly hash: string;
  readonly whole: boolean;
};

export type ReaderOrder = {
  readonly publicFolder: string;
  readonly loops: number;
  /** Between two questions of a loop, in ms. */
  readonly rest: number;
};

const { publicFolder, loops, rest } = await told<ReaderOrder>();
const site = createPublicHandler({ folder: publicFolder, translate: words, progress: () => null });
const server = createServer((request, response) => {
  try {
    if (!site.publicListener(request, response)) site.notFound(request, response);
  } catch (problem) {
    response.writeHead(500).end(String(problem));
  }
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const agent = new Agent({ keepAlive: true, maxSockets: loops });

let answered: Answered[] = [];
let over = false;
const pointer = JSON.parse(readFileSync(pointerFile(publicFolder, provenEdition), 'utf8')) as { entries: object };
const paths = [...Object.keys(pointer.entries), '/', '/verify'];

function ask(loop: number, path: string): Promise<Answered> {
  return new Promise((resolve) => {
    const failed = (problem: Error) => resolve({ loop, path, code: 0, hash: String(problem), whole: false });
    get({ port, host: '127.0.0.1', path, agent }, (response) => {
      const hash = createHash('sha256');
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        hash.update(chunk);
        bytes += chunk.length;
      });
      response.on('error', failed);
      response.on('end', () => {
        const whole = response.complete && bytes === Number(response.headers['content-length']);
        resolve({ loop, path, code: response.statusCode ?? 0, hash: hash.digest('hex'), whole });
      });
    }).on('error', failed);
  });
}

async function read(loop: number): Promise<void> {
  for (let turn = 0; !over; turn++) {
    const path = paths[(turn + loop * 3) % paths.length] ?? '/';
    answered.push(await ask(loop, path));
    // The publisher needs a processor, too.
    await pause(rest);
  }
}

process.on('message', (message: 'drain' | 'stop') => {
  if (message === 'stop') {
    over = true;
    process.disconnect?.();
    return;
  }
  const handed = answered;
  answered = [];
  process.send?.(handed);
});
process.on('disconnect', () => {
  over = true;
});
say('reading', paths);
await Promise.all(Array.from({ length: loops }, (_, loop) => read(loop)));
server.close();
agent.destroy();
