/** The gate's thread: it has the one address that the world sees, and answers readers from the public folder alone. */
import { parentPort, workerData } from 'node:worker_threads';
import { servePublic } from '../publicServer.ts';
import type { SiteEntry } from '../site/pointer.ts';
import { plainText } from '../site/respond.ts';
import type { Progress } from '../site/serve.ts';
import { createHandOn, type HandOn } from './handOn.ts';
import type { FromGate, GateStart, ToGate } from './messages.ts';

const { config, trustProxy }: GateStart = workerData;
const port = parentPort;
if (port === null) throw new Error('the gate is a thread of the desk');
const say = (message: FromGate): void => port.postMessage(message);

let progress: Progress | null = { done: 0, total: 1, step: 'open' };
let desk: HandOn | null = null;
const asked = new Map<number, PromiseWithResolvers<SiteEntry | null>>();
let count = 0;

const away: HandOn = (_request, response) => {
  response.setHeader('Connection', 'close');
  plainText(response, 503, 'The desk cannot be reached now. Please try again in a minute.\n');
};

const server = await servePublic(config, (problem) => say({ kind: 'failed', problem }), {
  progress: () => progress,
  ready: () => desk !== null,
  fileNow: (tag, path, milliseconds) => {
    const number = count++;
    const waiting = Promise.withResolvers<SiteEntry | null>();
    asked.set(number, waiting);
    say({ kind: 'file', number, tag, path, milliseconds });
    return waiting.promise;
  },
  others: (site, request, response) => {
    if (desk !== null) desk(request, response);
    else if (request.url?.startsWith('/desk')) {
      response.writeHead(302, { Location: '/', 'Cache-Control': 'no-store' }).end();
    } else site.withoutDesk(request, response);
  },
});

function hear(message: ToGate): void {
  switch (message.kind) {
    case 'progress':
      progress = message.progress;
      break;
    case 'open':
      progress = null;
      say({ kind: 'heard' });
      break;
    case 'desk':
      desk = createHandOn(message.path, trustProxy, away);
      say({ kind: 'heard' });
      break;
    case 'file':
      take(message.number)?.resolve(message.entry);
      break;
    case 'noFile':
      take(message.number)?.reject(message.problem);
      break;
    case 'close':
      // What the desk was asked and nobody waits for any more ends with the thread.
      void server.close().then(() => process.exit());
  }
}

function take(number: number): PromiseWithResolvers<SiteEntry | null> | undefined {
  const waiting = asked.get(number);
  asked.delete(number);
  return waiting;
}

port.on('message', hear);
say({ kind: 'listens', address: server.address });
