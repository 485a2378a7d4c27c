import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Config } from '../config.ts';
import { stopListening } from '../listen.ts';
import type { SiteEntry } from '../site/pointer.ts';
import type { Progress } from '../site/serve.ts';
import type { FromGate, GateStart, ToGate } from './messages.ts';

export type GateDeps = {
  readonly config: Pick<Config, 'host' | 'port' | 'publicFolder' | 'baseUrl' | 'contact' | 'trustProxy'>;
  /** Where files are built: the one at an address that is not there yet, or null in so many ms. */
  readonly fileNow: (tag: string, path: string, milliseconds: number) => Promise<SiteEntry | null>;
  /** Told what should never happen: a broken folder. The reader gets 500, the gate lives. */
  readonly failed: (problem: unknown) => void;
};

export type Gate = {
  /** `http://127.0.0.1:3000`, as a browser would type it. */
  readonly address: string;
  /** What readers are told while the first start goes on. */
  readonly progress: (progress: Progress) => void;
  /** The first start is over: resolves when readers get pages. */
  readonly open: () => Promise<void>;
  /** Everything that is for no public page goes to this, as soon as it resolves. */
  readonly lead: (desk: RequestListener) => Promise<void>;
  /** No more is answered; resolves when the address is free. */
  readonly close: () => Promise<void>;
};

/** Proxies between a reader and the desk: the gate itself, and those that the operator trusts before it. */
export const hopsTo = (trustProxy: number | false): number => (trustProxy === false ? 0 : trustProxy) + 1;

/** A socket that only this user can open, or a pipe where the system has no such sockets. */
async function socketFor(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  if (process.platform === 'win32') {
    return { path: `\\\\.\\pipe\\headwater-${process.pid}-${performance.now()}`, remove: async () => {} };
  }
  // Under the temporary folder, for a socket's path may be no longer than a hundred bytes.
  const folder = await mkdtemp(join(tmpdir(), 'headwater-gate-'));
  return { path: join(folder, 'desk.sock'), remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * Opens the one address of the product, in a thread of its own: whatever the desk is at, readers of public pages do not
 * wait for it (decision 0026). Rejects where the address cannot be had. A gate that breaks ends the process: a product
 * without an address is none.
 */
export async function openGate({ config, fileNow, failed }: GateDeps): Promise<Gate> {
  const { host, port, publicFolder, baseUrl, contact, trustProxy } = config;
  const workerData: GateStart = { config: { host, port, publicFolder, baseUrl, contact }, trustProxy };
  const worker = new Worker(new URL('./gateWorker.ts', import.meta.url), {
    workerData,
    // A page is sent as it stands: what is made for an answer is little, and gone at once.
    resourceLimits: { maxYoungGenerationSizeMb: 3 },
  });
  const tell = (message: ToGate): void => worker.postMessage(message);
  const unheard: (() => void)[] = [];
  const heard = (message: ToGate): Promise<void> =>
    new Promise((resolve) => {
      unheard.push(resolve);
      tell(message);
    });
  const opened = Promise.withResolvers<string>();
  worker.on('error', opened.reject);
  worker.on('message', (message: FromGate) => {
    if (message.kind === 'listens') opened.resolve(message.address);
    else if (message.kind === 'heard') unheard.shift()?.();
    else if (message.kind === 'failed') failed(message.problem);
    else {
      const { number, tag, path, milliseconds } = message;
      fileNow(tag, path, milliseconds).then(
        (entry) => tell({ kind: 'file', number, entry }),
        (problem: unknown) => tell({ kind: 'noFile', number, problem }),
      );
    }
  });
  const address = await opened.promise;
  worker.on('error', (problem) => {
    throw problem;
  });

  const desk = createServer();
  // The gate keeps its connections; one that ended here while the next form came in would lose it.
  desk.keepAliveTimeout = 0;
  desk.requestTimeout = 0;
  let remove = async (): Promise<void> => {};
  let closing: Promise<void> | null = null;
  async function close(): Promise<void> {
    const gone = once(worker, 'exit');
    tell({ kind: 'close' });
    await gone;
    if (desk.listening) await stopListening(desk);
    await remove();
  }
  return {
    address,
    progress: (progress) => tell({ kind: 'progress', progress }),
    open: () => heard({ kind: 'open' }),
    lead: async (listener) => {
      const socket = await socketFor();
      remove = socket.remove;
      desk.on('request', listener);
      await new Promise<void>((listening, refused) => {
        desk.once('error', refused);
        desk.listen(socket.path, listening);
      });
      await heard({ kind: 'desk', path: socket.path });
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
