import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
  /** What Node is told before the product's own words. */
  readonly execArgv?: readonly string[];
};

/** Starts `headwater` with these words and resolves when it says where it listens. */
export async function startProduct(
  words: readonly string[],
  { env, user = null, execArgv = [] }: ProductOptions,
): Promise<Product> {
  const child = spawn(process.execPath, [...execArgv, headwater, ...words], {
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
  if (!existsSync(folder)) return [];
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

/** Without a new file for so long, in ms, the building is taken to have ended. */
const stillFor = 300_000;
const sayEvery = 10_000;

/**
 * Until the product is ready and every file that the pages name is made; says how far it is where it is told how to. Throws
 * when it has not been ready for so long, or no more files come.
 */
export async function settled(
  { origin }: Pick<Product, 'origin'>,
  publicFolder: string,
  say: (progress: string) => void = () => {},
): Promise<void> {
  let told = '';
  let moved = performance.now();
  let said = moved;
  while (performance.now() - moved < stillFor) {
    const ready = (await statusOf(`${origin}/readyz`)) === 200;
    const entries = pointersIn(publicFolder).flatMap((pointer) => Object.values(pointer.entries));
    const left = entries.filter(({ code }) => code === 503).length;
    if (ready && left === 0) return;
    const made = entries.filter(({ fileName }) => fileName !== undefined).length;
    // Files are attached to the pages stage by stage; each is noted as soon as it is made.
    const now = `${builtIn(publicFolder)} files are made, ${made} of ${made + left} can be had`;
    if (now !== told) moved = performance.now();
    if (now !== told && performance.now() - said > sayEvery) {
      said = performance.now();
      say(now);
    }
    told = now;
    await rest(500);
  }
  throw new Error(`No more files come: ${told}`);
}

function builtIn(publicFolder: string): number {
  const folder = join(publicFolder, 'built');
  return existsSync(folder) ? readdirSync(folder).length : 0;
}
