import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { EditionPointer } from '../../../src/site/pointer.ts';

const root = resolve(import.meta.dirname, '../../..');
/** So that codes come with their squares and addresses; nothing is asked there. */
export const provenBase = 'https://headwater.example';
/** Without a new file for so long, the building is taken to have ended. */
const stillFor = 300_000;
const sayEvery = 10_000;
/** Two proofs at a time do not meet. */
const port = 34_100 + (process.pid % 1_000);

export function readPointer(publicFolder: string, tag: string): EditionPointer | null {
  try {
    return JSON.parse(readFileSync(join(publicFolder, 'editions', `${tag}.json`), 'utf8')) as EditionPointer;
  } catch {
    return null;
  }
}

/** How many addresses of the editions stand for files that are not there, and how many there are; null before all are out. */
function filesLeft(publicFolder: string, tags: readonly string[]): { left: number; of: number } | null {
  const pointers = tags.map((tag) => readPointer(publicFolder, tag));
  if (pointers.includes(null)) return null;
  const entries = pointers.flatMap((pointer) => Object.values(pointer?.entries ?? {}));
  const made = entries.filter(({ fileName }) => fileName !== undefined).length;
  const left = entries.filter(({ code }) => code === 503).length;
  return { left, of: made + left };
}

/** Files are attached to the pages stage by stage; each is noted as soon as it is made. */
function builtIn(publicFolder: string): number {
  const folder = join(publicFolder, 'built');
  return existsSync(folder) ? readdirSync(folder).length : 0;
}

/**
 * Starts the product on an empty folder as `npm start` does, and ends it when every file of the editions is there, or
 * when no more come. Rejects when the product ends by itself.
 */
export async function buildEverything(
  dataFolder: string,
  tags: readonly string[],
  say: (progress: string) => void,
): Promise<void> {
  const child = spawn(process.execPath, ['headwater.mjs', 'start'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: dataFolder,
      MONGODB_URI: '',
      SMTP_URL: '',
      BASE_URL: provenBase,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2000);
  });
  const gone = new Promise((done) => child.once('exit', done));
  const publicFolder = join(dataFolder, 'public');
  let told = '';
  let moved = performance.now();
  let said = 0;
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the product ended by itself: ${complaint}`);
      const seen = filesLeft(publicFolder, tags);
      const now =
        `${builtIn(publicFolder)} files are made` +
        (seen === null ? ', the editions are being published' : `, ${seen.of - seen.left} of ${seen.of} can be had`);
      if (now !== told) moved = performance.now();
      if (now !== told && performance.now() - said > sayEvery) {
        said = performance.now();
        say(now);
      }
      told = now;
      if (seen?.left === 0 && (await isReady())) return;
      if (performance.now() - moved > stillFor) return say('no more files come');
      await pause(2_000);
    }
  } finally {
    child.kill('SIGTERM');
    await Promise.race([gone, pause(20_000)]);
    child.kill('SIGKILL');
  }
}

const isReady = (): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/readyz`).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status === 200;
    },
    () => false,
  );
