import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as rest } from 'node:timers/promises';
import type { EditionPointer } from '../../src/site/pointer.ts';

const headwater = resolve(import.meta.dirname, '../../headwater.mjs');

/** The product as a deployment runs it: a process of its own that is spoken to over HTTP and by signals. */
export type Product = {
  readonly origin: string;
  /** Everything that it printed, line by line. */
  readonly printed: readonly string[];
  readonly process: ChildProcess;
  /** `SIGKILL`, and no word before; resolves when the process is gone. */
  readonly kill: () => Promise<void>;
  /** `SIGTERM`, and `SIGKILL` for who does not listen. */
  readonly stop: () => Promise<void>;
};

export type ProductOptions = {
  readonly env: Readonly<Record<string, string>>;
  /** Whom it runs as, where this process may choose. */
  readonly user?: number | null;
};

/** Starts `headwater` with these words and resolves when it says where it listens. */
export async function startProduct(words: readonly string[], { env, user = null }: ProductOptions): Promise<Product> {
  const child = spawn(process.execPath, [headwater, ...words], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', BASE_URL: '', MONGODB_URI: '', SMTP_URL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(user === null ? {} : { uid: user, gid: user }),
  });
  const printed: string[] = [];
  let problem = '';
  child.stderr.on('data', (chunk: Buffer) => {
    problem = (problem + chunk.toString('utf8')).slice(-4000);
  });
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  const origin = await new Promise<string>((found, failed) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      printed.push(line);
      const at = / on (http:\/\/\S+)$/.exec(line)?.[1];
      if (at !== undefined) found(at);
    });
    child.once('exit', (code) => failed(new Error(`headwater ${words.join(' ')} ended with ${code}: ${problem}`)));
  });
  return {
    origin,
    printed,
    process: child,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await Promise.race([gone, rest(20_000, undefined, { ref: false })]);
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** The pointers in a public folder, by edition. */
export function pointersIn(publicFolder: string): readonly EditionPointer[] {
  const folder = join(publicFolder, 'editions');
  const names = readdirSync(folder).filter((name) => /^[^.].*\.json$/.test(name));
  return names.sort().map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as EditionPointer);
}

export async function until(what: string, so: () => Promise<boolean> | boolean, milliseconds = 180_000): Promise<void> {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    if (await so()) return;
    await rest(200);
  }
  throw new Error(`It took too long until ${what}`);
}

const statusOf = (address: string): Promise<number> =>
  fetch(address, { redirect: 'manual' }).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status;
    },
    () => 0,
  );

/** Until the product is ready and every file that the pages name is made. */
export async function settled(product: Product, publicFolder: string, milliseconds = 1_800_000): Promise<void> {
  await until('it is ready', async () => (await statusOf(`${product.origin}/readyz`)) === 200, milliseconds);
  const whole = () =>
    pointersIn(publicFolder).every(({ entries }) => Object.values(entries).every(({ code }) => code !== 503));
  await until('every file is made', whole, milliseconds);
}
