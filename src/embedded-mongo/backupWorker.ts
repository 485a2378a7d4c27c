import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

const { source, target } = workerData as { source: string; target: string };

/** Writes a consistent copy beside the target, checks it, and only then puts it in its place. */
function copyAndVerify(): void {
  const part = `${target}.part`;
  rmSync(part, { force: true });
  const from = new DatabaseSync(source, { readOnly: true, timeout: 10_000 });
  try {
    from.prepare('VACUUM INTO ?').run(part);
  } finally {
    from.close();
  }
  const copy = new DatabaseSync(part);
  try {
    const found = copy.prepare('PRAGMA integrity_check').get()?.integrity_check;
    if (found !== 'ok') throw new Error(`the copy is damaged: ${String(found)}`);
    if (!copy.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'collections'").get()) {
      throw new Error(`${source} is not a file of the embedded engine`);
    }
  } finally {
    copy.close();
  }
  flush(part);
  renameSync(part, target);
  if (process.platform !== 'win32') flush(dirname(target));
}

function flush(path: string): void {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

try {
  copyAndVerify();
  parentPort?.postMessage(undefined);
} catch (error) {
  rmSync(`${target}.part`, { force: true });
  parentPort?.postMessage(error instanceof Error ? error.message : String(error));
}
