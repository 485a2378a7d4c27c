import { parentPort, workerData } from 'node:worker_threads';
import { answers, Lease } from './lease.ts';
import { EmbeddedServer } from './server.ts';
import { uriOf } from './wire/listener.ts';

/** What the worker tells: where the engine is, or why there is none. */
export type WorkerMessage =
  | { readonly kind: 'ready'; readonly uri: string; readonly serving: boolean }
  | { readonly kind: 'failed'; readonly problem: string }
  | { readonly kind: 'log'; readonly line: string }
  | { readonly kind: 'closed' };

const lookEvery = 200;
const { file } = workerData as { file: string };
const lease = new Lease(file);
let server: EmbeddedServer | undefined;
let timer: NodeJS.Timeout | undefined;
let closing = false;

function tell(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

async function serve(): Promise<void> {
  server = await EmbeddedServer.start(file, lease.address(), (line) => tell({ kind: 'log', line }));
  lease.announce(server.address);
  tell({ kind: 'ready', uri: uriOf(server.address), serving: true });
}

/** Serves the file, or finds who does and stands by to take over when that process is gone. */
async function begin(ready: boolean): Promise<void> {
  if (closing) return;
  let told = ready;
  if (lease.take()) {
    await serve();
    return;
  }
  const address = lease.address();
  if (!told && address && (await answers(address))) {
    tell({ kind: 'ready', uri: uriOf(address), serving: false });
    told = true;
  }
  if (!closing) timer = setTimeout(() => attempt(told), lookEvery);
}

function attempt(ready: boolean): void {
  begin(ready).catch((error: unknown) =>
    tell({ kind: 'failed', problem: error instanceof Error ? error.message : String(error) }),
  );
}

async function close(): Promise<void> {
  closing = true;
  clearTimeout(timer);
  await server?.close();
  lease.release();
  tell({ kind: 'closed' });
  parentPort?.close();
}

parentPort?.on('message', (message) => {
  if (message === 'close') {
    close().catch((error: unknown) => tell({ kind: 'failed', problem: String(error) }));
  }
});
attempt(false);
