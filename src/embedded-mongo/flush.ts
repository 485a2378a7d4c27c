import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** Returns when the file is on the disk. */
export function flushFile(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Returns when the names in the file's folder are on the disk; Windows has no such call and needs none. */
export function flushFolderOf(path: string): void {
  if (process.platform !== 'win32') flushFile(dirname(path));
}
