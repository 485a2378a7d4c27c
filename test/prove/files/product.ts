import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { EditionPointer } from '../../../src/site/pointer.ts';

const root = resolve(import.meta.dirname, '../../..');
/** So that codes come with their squares and addresses; nothing is asked there. */
export const provenBase = 'https://headwater.example';
/** Without a new file for so long, the building is taken to have ended. */
const stillFor = 300_000;

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
    env: { ...process.env, PORT: '34100', DATA_DIR: dataFolder, MONGODB_URI: '', SMTP_URL: '', BASE_URL: provenBase },
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
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the product ended by itself: ${complaint}`);
      const seen = filesLeft(publicFolder, tags);
      const now = seen === null ? 'the editions are being published' : `${seen.of - seen.left} of ${seen.of} files`;
      if (now !== told) {
        told = now;
        moved = performance.now();
        say(now);
      }
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
  fetch('http://127.0.0.1:34100/readyz').then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status === 200;
    },
    () => false,
  );
