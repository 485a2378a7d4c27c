import { closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { flushFile, flushFolderOf } from './flush.ts';
import { Connection } from './storage/connection.ts';
import { type CollectionReport, openToRead, type Progress, plainProblem, verifyFile } from './verify.ts';

/** What the thread that copies tells. */
export type WorkerSays =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly collections: readonly CollectionReport[] }
  | { readonly kind: 'failed'; readonly problem: string };

const { source, target, replace } = workerData as { source: string; target: string; replace: boolean };
const part = `${target}.part`;

function tell(said: WorkerSays): void {
  parentPort?.postMessage(said);
}

function copyAndVerify(): readonly CollectionReport[] {
  refuseToReplace();
  forgetPart();
  tell({ kind: 'progress', progress: { step: 'copying', done: 0, of: 0 } });
  // Not only the engine's own format: a file that is not whole is found here, before anything is written.
  const from = openToRead(source);
  try {
    // SQLite accepts an empty file, and does not change who may read it: a copy holds what the database holds.
    closeSync(openSync(part, 'wx', 0o600));
    from.run('VACUUM INTO ?', part);
  } finally {
    from.close();
  }
  const copy = new Connection(part, { readOnly: true });
  try {
    const { faults, collections } = verifyFile(copy, (progress) => tell({ kind: 'progress', progress }));
    const [first] = faults;
    if (first) {
      const more = faults.length > 1 ? ` (and ${faults.length - 1} more: see "db check")` : '';
      throw new Error(`${source} is damaged: ${first.place}: ${first.problem}${more}`);
    }
    flushFile(part);
    refuseToReplace();
    renameSync(part, target);
    flushFolderOf(target);
    return collections;
  } finally {
    copy.close();
  }
}

function refuseToReplace(): void {
  if (!replace && existsSync(target)) throw new Error(`${target} is there already`);
}

function forgetPart(): void {
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${part}${end}`, { force: true });
}

try {
  tell({ kind: 'done', collections: copyAndVerify() });
} catch (error) {
  try {
    forgetPart();
  } catch {
    // The folder may be the very thing that is wrong; the first error says more.
  }
  tell({ kind: 'failed', problem: plainProblem(source, error) });
}
