import { parentPort, workerData } from 'node:worker_threads';
import { answers, Lease } from './lease.ts';
import { memoryLimits } from './memory.ts';
import { EmbeddedServer } from './server.ts';
import { type Address, uriOf } from './wire/listener.ts';

/** What the worker tells: where the engine is, or why there is none. */
export type WorkerMessage =
  | { readonly kind: 'ready'; readonly uri: string; readonly serving: boolean }
  | { readonly kind: 'failed'; readonly problem: string }
  | { readonly kind: 'log'; readonly line: string }
  | { readonly kind: 'closed' };

const lookEvery = 200;
const announceAgainAfter = 2000;
const { file, megabytes } = workerData as { file: string; megabytes: number | undefined };
const lease = new Lease(file);
let server: EmbeddedServer | undefined;
let timer: NodeJS.Timeout | undefined;
let closing = false;

function tell(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

/**
 * Where the address cannot be written, on a full disk say, the file is served all the same: who knows the address from
 * before is served, others find it as soon as it can be written.
 */
function announce(address: Address): void {
  try {
    lease.announce(address);
  } catch (error) {
    tell({ kind: 'log', line: `the address of the embedded engine cannot be written: ${String(error)}` });
    timer = setTimeout(() => announce(address), announceAgainAfter);
  }
}

async function serve(): Promise<void> {
  server = await EmbeddedServer.start({
    file,
    memory: memoryLimits(megabytes),
    before: lease.address(),
    onLog: (line) => tell({ kind: 'log', line }),
  });
  announce(server.address);
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
