import { Worker } from 'node:worker_threads';
import type { WorkerSays } from './backupWorker.ts';
import type { CollectionReport, Progress } from './verify.ts';

export interface BackupOptions {
  /** Whether a file that is there already may be replaced. */
  readonly replace?: boolean;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Writes a consistent copy of a database file, of this moment, while others go on writing into it. The copy is checked
 * (SQLite's integrity, every index entry against its document, both ways) before it gets its name; a file that has the
 * name `target` is therefore always whole. Throws an Error that says what was wrong, and then leaves nothing behind.
 */
export function copyDatabase(
  source: string,
  target: string,
  options: BackupOptions = {},
): Promise<readonly CollectionReport[]> {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL('./backupWorker.ts', import.meta.url), {
      workerData: { source, target, replace: options.replace ?? false },
    });
    worker.on('message', (said: WorkerSays) => {
      if (said.kind === 'progress') options.onProgress?.(said.progress);
      else if (said.kind === 'done') done(said.collections);
      else fail(new Error(said.problem));
    });
    worker.once('error', fail);
    worker.once('exit', () => fail(new Error('the copy stopped before it was done')));
  });
}
