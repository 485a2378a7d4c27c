import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where the engine listens: a socket's path, or a port of this machine. */
export type Address = { readonly path: string } | { readonly port: number };

const longestSocketPath = 100;

/** Clients at a time; who comes on top is turned away. */
export const mostConnections = 2000;

export function uriOf(address: Address): string {
  const host = 'path' in address ? encodeURIComponent(address.path) : `127.0.0.1:${address.port}`;
  return `mongodb://${host}/?directConnection=true&replicaSet=embedded`;
}

export function hostOf(address: Address): string {
  return 'path' in address ? address.path : `127.0.0.1:${address.port}`;
}

/** Listens on a socket that only this user can open; on a loopback port where there are no sockets. */
export async function listen(
  file: string,
  before: Address | undefined,
  onSocket: (socket: Socket) => void,
): Promise<{ server: Server; address: Address }> {
  const server = createServer({ noDelay: true }, onSocket);
  server.maxConnections = mostConnections;
  for (const address of candidates(file, before)) {
    try {
      await bind(server, address);
      return { server, address };
    } catch {
      // The next candidate may do; the last one, any free port, does not fail.
    }
  }
  await bind(server, { port: 0 });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the engine has no address');
  return { server, address: { port: bound.port } };
}

/** The address of the engine before us comes first: clients that know it find us there. */
function candidates(file: string, before: Address | undefined): Address[] {
  const list: Address[] = [];
  if (before && ('port' in before || usable(before.path))) list.push(before);
  if (process.platform === 'win32') return list;
  const beside = `${file}.sock`;
  if (Buffer.byteLength(beside) <= longestSocketPath) list.push({ path: beside });
  else list.push({ path: join(mkdtempSync(join(tmpdir(), 'embedded-mongo-')), 'db.sock') });
  return list;
}

/** A folder under the system's temporary one might have been made by somebody else since. */
function usable(path: string): boolean {
  try {
    const folder = statSync(dirname(path));
    return process.getuid === undefined || folder.uid === process.getuid();
  } catch {
    return false;
  }
}

async function bind(server: Server, address: Address): Promise<void> {
  if ('path' in address) {
    mkdirSync(dirname(address.path), { recursive: true });
    // We hold the lock: a socket that is still there belongs to nobody.
    rmSync(address.path, { force: true });
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    const done = () => {
      server.off('error', reject);
      resolve();
    };
    if ('path' in address) server.listen(address.path, done);
    else server.listen(address.port, '127.0.0.1', done);
  });
  if ('path' in address) chmodSync(address.path, 0o600);
}
