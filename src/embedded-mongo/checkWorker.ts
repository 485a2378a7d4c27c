import { parentPort, workerData } from 'node:worker_threads';
import { type FileReport, openToRead, type Progress, plainProblem, verifyFile } from './verify.ts';

/** What the thread that checks tells. */
export type CheckerSays =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly report: FileReport };

const { file } = workerData as { file: string };

function tell(said: CheckerSays): void {
  parentPort?.postMessage(said);
}

function check(): FileReport {
  try {
    const connection = openToRead(file);
    try {
      return verifyFile(connection, (progress) => tell({ kind: 'progress', progress }));
    } finally {
      connection.close();
    }
  } catch (error) {
    return { faults: [{ kind: 'file', place: 'SQLite', problem: plainProblem(file, error) }], collections: [] };
  }
}

tell({ kind: 'done', report: check() });
