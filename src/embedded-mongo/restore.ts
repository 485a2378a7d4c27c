import { constants, copyFileSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { copyDatabase } from './backup.ts';
import { flushFile, flushFolderOf } from './flush.ts';
import { Lease } from './lease.ts';
import { openToRead, type Progress } from './verify.ts';

export interface RestoreOptions {
  readonly onProgress?: (progress: Progress) => void;
}

export interface Restored {
  /** The database that was there before, whole in one file; null where there was none. */
  readonly kept: string | null;
}

const sides = ['-wal', '-journal', '-shm'] as const;

/**
 * Puts a verified copy of a backup in the place of a database that nobody is using, and keeps the one before beside it.
 * Killed at any moment, it leaves the old database or the new one, never none: nothing of the old one is touched before
 * the new one lies whole in the same folder, and one rename exchanges them. Throws an Error in plain words.
 */
export async function restoreEmbeddedMongo(
  source: string,
  target: string,
  { onProgress }: RestoreOptions = {},
): Promise<Restored> {
  const from = resolve(source);
  if (!existsSync(from)) throw new Error(`there is no backup at ${from}`);
  // Before so much as a folder is made.
  openToRead(from).close();
  const given = resolve(target);
  mkdirSync(dirname(given), { recursive: true, mode: 0o700 });
  const file = existsSync(given) ? realpathSync(given) : given;
  if (realpathSync(from) === file) throw new Error(`${from} is the database itself, not a backup of it`);
  const lease = new Lease(given);
  if (!lease.take()) throw new Error(`${given} is in use: stop the process that serves it first`);
  try {
    const fresh = `${file}.restoring`;
    await copyDatabase(from, fresh, { replace: true, ...(onProgress ? { onProgress } : {}) });
    onProgress?.({ step: 'putting in place', done: 0, of: 0 });
    return { kept: putInPlace(fresh, file) };
  } finally {
    lease.release();
  }
}

/**
 * Exchanges the present database for a whole file of the same folder, by one rename, and keeps the present one beside;
 * returns its name, or null where there was none. Who calls has the lease.
 */
export function putInPlace(fresh: string, file: string): string | null {
  try {
    const kept = keepPresent(file);
    renameSync(fresh, file);
    flushFolderOf(file);
    return kept;
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

/**
 * Makes a whole copy of the present database, and leaves it as one file without a log: a log that stays would be read
 * into the file that comes in its place.
 */
function keepPresent(file: string): string | null {
  const there = ['', ...sides].filter((end) => existsSync(`${file}${end}`));
  if (there.length === 0) return null;
  const kept = `${file}.before-restore-${new Date().toISOString().replaceAll(':', '-')}`;
  // SQLite throws the log of a file away that it cannot read: it is kept until the file is known to be whole without it.
  for (const end of ['-wal', '-journal']) if (there.includes(end)) copyWhole(`${file}${end}`, `${kept}${end}`);
  let isReadable = false;
  try {
    isReadable = existsSync(file) && closeLog(file);
  } catch (error) {
    forgetLogs(kept);
    throw error;
  }
  if (isReadable) forgetLogs(kept);
  if (existsSync(file)) copyWhole(file, kept);
  if (!isReadable) forgetLogs(file);
  return kept;
}

function forgetLogs(file: string): void {
  for (const end of sides) rmSync(`${file}${end}`, { force: true });
}

/** Brings what the log holds into the file and ends the log. False where the file is no longer a readable database. */
function closeLog(file: string): boolean {
  try {
    const database = new DatabaseSync(file, { timeout: 2000 });
    try {
      // SQLite allows this to the only one who has the file open: so it also shows that nobody reads it.
      const mode = database.prepare('PRAGMA journal_mode = DELETE').get()?.journal_mode;
      if (mode !== 'delete') throw new Error(`${file} is in use: another program has it open`);
    } finally {
      database.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
    if (code === sqlite.corrupt || code === sqlite.notADatabase) return false;
    if (code === sqlite.busy || code === sqlite.locked)
      throw new Error(`${file} is in use: another program has it open`, { cause: error });
    throw error;
  }
  if (sides.some((end) => existsSync(`${file}${end}`))) throw new Error(`the log of ${file} could not be closed`);
  return true;
}

const sqlite = { busy: 5, locked: 6, corrupt: 11, notADatabase: 26 } as const;

/** A name that stands for a whole file only, also after a power cut. */
function copyWhole(from: string, to: string): void {
  const part = `${to}.part`;
  try {
    copyFileSync(from, part, constants.COPYFILE_FICLONE);
    flushFile(part);
    renameSync(part, to);
    flushFolderOf(to);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}
