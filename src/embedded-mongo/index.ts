import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { copyDatabase } from './backup.ts';
import { EngineWorker } from './engineWorker.ts';
import type { CollectionReport } from './verify.ts';

export { type AloneOptions, readAlone, writeAlone } from './alone.ts';
export { type BackupOptions, copyDatabase } from './backup.ts';
export { checkEmbeddedMongo } from './check.ts';
export { type RestoreOptions, restoreEmbeddedMongo } from './restore.ts';
export type { CollectionReport, FileReport, Progress } from './verify.ts';
export { createMultisetHash } from './verifyHash.ts';
export type { Fault } from './verifyIndexes.ts';

export interface EmbeddedMongo {
  /** A connection string for any MongoDB driver. */
  readonly uri: string;
  /** Stops the engine. Where another process serves the file, nothing of that process is touched. */
  close(): Promise<void>;
  /** Writes a consistent, verified copy while the engine goes on. */
  backup(target: string): Promise<readonly CollectionReport[]>;
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
