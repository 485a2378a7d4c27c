import { existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { copyDatabase } from './backup.ts';
import { EngineWorker } from './engineWorker.ts';
import { Lease } from './lease.ts';
import { putInPlace } from './restore.ts';
import { openToRead, type Progress } from './verify.ts';

export interface AloneOptions {
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Serves a verified copy of a database that nobody else can open meanwhile; the file itself is only read. Throws where a
 * process serves it.
 */
export async function readAlone<T>(
  given: string,
  use: (uri: string) => Promise<T>,
  options: AloneOptions = {},
): Promise<T> {
  const file = resolve(given);
  if (!existsSync(file)) throw new Error(`there is no database at ${file}`);
  return withLease(file, async () => {
    const copy = `${realpathSync(file)}.moving-out`;
    return withScratch(copy, async () => {
      await copyDatabase(file, copy, { ...options, replace: true });
      return serve(copy, use);
    });
  });
}

/**
 * Fills a new database, which takes the place of the one at `given` when `use` has ended and all of it has been
 * verified. Broken off before, it leaves everything as it was. The database before is kept beside: `kept` is its name.
 * Throws where a process serves it, or where it holds collections and may not be replaced.
 */
export async function writeAlone<T>(
  given: string,
  use: (uri: string) => Promise<T>,
  { onProgress, replace }: AloneOptions & { readonly replace: boolean },
): Promise<{ readonly result: T; readonly kept: string | null }> {
  mkdirSync(dirname(resolve(given)), { recursive: true, mode: 0o700 });
  const file = existsSync(given) ? realpathSync(given) : resolve(given);
  return withLease(resolve(given), () => {
    if (existsSync(file) && !replace && !isEmpty(file)) throw new Error(`${file} is not empty`);
    const scratch = `${file}.moving-in`;
    return withScratch(scratch, async () => {
      const result = await serve(scratch, use);
      const fresh = `${file}.restoring`;
      await copyDatabase(scratch, fresh, { replace: true, ...(onProgress ? { onProgress } : {}) });
      return { result, kept: putInPlace(fresh, file) };
    });
  });
}

function isEmpty(file: string): boolean {
  const connection = openToRead(file);
  try {
    return Number(connection.row('SELECT count(*) FROM collections')?.[0]) === 0;
  } finally {
    connection.close();
  }
}

async function withLease<T>(file: string, use: () => Promise<T>): Promise<T> {
  const lease = new Lease(file);
  if (!lease.take()) throw new Error(`${file} is in use: stop the process that serves it first`);
  try {
    return await use();
  } finally {
    lease.release();
  }
}

async function serve<T>(file: string, use: (uri: string) => Promise<T>): Promise<T> {
  const engine = new EngineWorker(file, undefined, () => {});
  try {
    return await use(await engine.started);
  } finally {
    await engine.close();
  }
}

/** A file that is there only while `use` runs; one left by a process that was killed goes first. */
async function withScratch<T>(file: string, use: () => Promise<T>): Promise<T> {
  forgetScratch(file);
  try {
    return await use();
  } finally {
    forgetScratch(file);
  }
}

function forgetScratch(file: string): void {
  for (const end of ['', '-wal', '-shm', '-journal', '.lock', '.lock-journal', '.address', '.part'])
    rmSync(`${file}${end}`, { force: true });
}
