/**
 * The whole product on the real content with every file of every edition built, then the public folder alone, each in a
 * process of its own, as they are deployed.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { EditionPointer } from '../../src/site/pointer.ts';

const root = resolve(import.meta.dirname, '../..');

export type Running = { readonly origin: string; readonly process: ChildProcess; readonly stop: () => Promise<void> };

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const at = server.address();
      const port = typeof at === 'object' && at !== null ? at.port : 0;
      server.close(() => done(port));
    });
  });

/** `start`, or `serve public`, on a data folder; resolves when it answers. */
export async function runProduct(
  words: readonly string[],
  dataFolder: string,
  execArgv: readonly string[] = [],
): Promise<Running> {
  const port = await freePort();
  const child = spawn(process.execPath, [...execArgv, 'headwater.mjs', ...words], {
    cwd: root,
    env: { ...process.env, PORT: String(port), DATA_DIR: dataFolder, MONGODB_URI: '', SMTP_URL: '', BASE_URL: '' },
    stdio: 'ignore',
  });
  const gone = new Promise((done) => child.once('exit', done));
  const origin = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await Promise.race([gone, pause(20_000)]);
    child.kill('SIGKILL');
  };
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) throw new Error(`${words.join(' ')} ended with ${child.exitCode}`);
    const answered = await fetch(`${origin}/healthz`).then(
      async (answer) => (await answer.text()) !== '',
      () => false,
    );
    if (answered) return { origin, process: child, stop };
    await pause(100);
  }
  await stop();
  throw new Error(`${words.join(' ')} does not answer`);
}

export function pointersIn(dataFolder: string): readonly EditionPointer[] {
  const folder = join(dataFolder, 'public/editions');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as EditionPointer);
}

/** Resolves when the first start is over and no page names a file that is not there; throws after a quarter of an hour. */
export async function allFilesBuilt({ origin }: Pick<Running, 'origin'>, dataFolder: string): Promise<void> {
  const until = performance.now() + 900_000;
  while (performance.now() < until) {
    await pause(1000);
    const ready = await fetch(`${origin}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    );
    if (!ready) continue;
    const entries = pointersIn(dataFolder).flatMap((pointer) => Object.values(pointer.entries));
    if (entries.length > 0 && entries.every(({ code }) => code !== 503)) return;
  }
  throw new Error('the files were not built');
}
