import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { WorkerSays } from './backupWorker.ts';
import type { CollectionReport, Progress } from './verify.ts';

/** Milliseconds. */
const lookEvery = 500;

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
    let isCopying = false;
    const watch = setInterval(() => {
      if (isCopying) options.onProgress?.(copied(source, target));
    }, lookEvery);
    worker.on('message', (said: WorkerSays) => {
      if (said.kind === 'progress') {
        isCopying = said.progress.step === 'copying';
        options.onProgress?.(said.progress);
      } else if (said.kind === 'done') done(said.collections);
      else fail(new Error(said.problem));
    });
    worker.once('error', fail);
    worker.once('exit', () => {
      clearInterval(watch);
      fail(new Error('the copy stopped before it was done'));
    });
  });
}

/** How far SQLite is with the copy: it tells nothing itself, but the file grows. In MiB. */
function copied(source: string, target: string): Progress {
  const sizeOf = (file: string) => Math.ceil((statSync(file, { throwIfNoEntry: false })?.size ?? 0) / 2 ** 20);
  const [of, done] = [sizeOf(source), sizeOf(`${target}.part`)];
  return { step: 'copying', done: Math.min(done, of), of };
}
