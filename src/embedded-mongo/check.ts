import { Worker } from 'node:worker_threads';
import type { CheckerSays } from './checkWorker.ts';
import type { FileReport, Progress } from './verify.ts';

/**
 * Checks a database file: SQLite's integrity, the catalogue, every index against its documents and back. It only reads,
 * in one snapshot and in a thread of its own, so that who serves the file goes on meanwhile.
 */
export function checkEmbeddedMongo(
  file: string,
  { onProgress }: { readonly onProgress?: (progress: Progress) => void } = {},
): Promise<FileReport> {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL('./checkWorker.ts', import.meta.url), { workerData: { file } });
    worker.on('message', (said: CheckerSays) => {
      if (said.kind === 'progress') onProgress?.(said.progress);
      else done(said.report);
    });
    worker.once('error', fail);
    worker.once('exit', () => fail(new Error('the check stopped before it was done')));
  });
}
