import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { EngineWorker } from './engineWorker.ts';
import { Lease } from './lease.ts';

export interface EmbeddedMongo {
  /** A connection string for any MongoDB driver. */
  readonly uri: string;
  /** Stops the engine. Where another process serves the file, nothing of that process is touched. */
  close(): Promise<void>;
  /** Writes a consistent, verified copy while the engine goes on. */
  backup(target: string): Promise<void>;
}

export interface EmbeddedMongoOptions {
  /** The SQLite file; made with its folder where it does not exist. */
  readonly file: string;
  /**
   * What the engine may keep in memory, as a whole number from 16 on (usual: 256). Its caches, sorts, groups and open
   * transactions are bounded by it. The process itself, with the JavaScript of the engine, takes some 80 MB beside.
   */
  readonly memoryMegabytes?: number | undefined;
  readonly onLog?: (line: string) => void;
}

/**
 * Serves MongoDB's wire protocol from one SQLite file, in a worker thread. Where another live process serves the file
 * already, the answer is that one's address, and this process takes over at the same address when it is gone.
 */
export async function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const file = resolve(options.file);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const engine = new EngineWorker(file, options.memoryMegabytes, options.onLog ?? (() => {}));
  const uri = await engine.started;
  return { uri, close: () => engine.close(), backup: (target) => copyDatabase(file, resolve(target)) };
}

/** Puts a verified copy of a backup in the place of a database that nobody is using. */
export async function restoreEmbeddedMongo(source: string, target: string): Promise<void> {
  const from = resolve(source);
  const file = resolve(target);
  if (!existsSync(from)) throw new Error(`there is no backup at ${from}`);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const lease = new Lease(file);
  if (!lease.take()) throw new Error(`${file} is in use: stop the process that serves it first`);
  try {
    const fresh = `${file}.restored`;
    await copyDatabase(from, fresh);
    // The old log must not be read into the new file: it goes first, so that a crash in between leaves the old file
    // without its last log only where the restore was wanted anyway.
    replaceDatabase(fresh, file);
  } finally {
    lease.release();
  }
}

function replaceDatabase(fresh: string, file: string): void {
  for (const end of ['-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
  renameSync(fresh, file);
}

function copyDatabase(source: string, target: string): Promise<void> {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL('./backupWorker.ts', import.meta.url), { workerData: { source, target } });
    worker.once('message', (problem: string | undefined) =>
      problem === undefined ? done() : fail(new Error(problem)),
    );
    worker.once('error', fail);
    worker.once('exit', () => fail(new Error('the copy stopped before it was done')));
  });
}
