import { closeSync, openSync } from 'node:fs';
import { Connection } from './connection.ts';

/** What this engine writes into SQLite's `user_version`, so that a later one can tell. */
export const formatVersion = 1;

/**
 * Opens the file for writing and makes, where they are missing, the tables that hold the catalogue and the sessions.
 * Reads nothing else: a start takes the same time however large the file is.
 */
export function openForWriting(file: string, cacheKibibytes: number): Connection {
  makePrivate(file);
  const connection = new Connection(file);
  try {
    prepare(connection, file, cacheKibibytes);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function prepare(connection: Connection, file: string, cacheKibibytes: number): void {
  connection.exec('PRAGMA journal_mode = WAL');
  connection.exec('PRAGMA synchronous = FULL');
  connection.exec(`PRAGMA cache_size = -${cacheKibibytes}`);
  connection.exec('PRAGMA journal_size_limit = 67108864');
  checkWritable(connection, file);
  const found = Number(connection.row('PRAGMA user_version')?.[0] ?? 0);
  if (found > formatVersion) {
    throw new Error(`${file} was written by a newer version of the embedded engine (format ${found})`);
  }
  // Nothing is written where there is nothing to change: a start must work on a disk that is full.
  if (found === formatVersion) return;
  connection.exec(`
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS collections (
      id INTEGER PRIMARY KEY AUTOINCREMENT, db TEXT NOT NULL, name TEXT NOT NULL, uuid BLOB NOT NULL, options BLOB NOT NULL,
      UNIQUE (db, name));
    CREATE TABLE IF NOT EXISTS indexes (
      id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL, spec BLOB NOT NULL,
      multikey INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE IF NOT EXISTS sessions (
      lsid BLOB PRIMARY KEY, number INTEGER NOT NULL, committed INTEGER NOT NULL, reply BLOB, used INTEGER NOT NULL);
    CREATE INDEX IF NOT EXISTS sessions_used ON sessions (used);
    PRAGMA user_version = ${formatVersion};
    COMMIT;
  `);
}

/** Where SQLite may not open a file for writing, or the disk fails just then, it opens it for reading and says nothing. */
function checkWritable(connection: Connection, file: string): void {
  try {
    connection.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${formatVersion}; ROLLBACK`);
  } catch (error) {
    throw new Error(`${file} cannot be opened for writing: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Commits the smallest change there is. After a commit that failed at the disk this writes over what that one may have
 * left in the log, so that no crash brings it back.
 */
export function writeOverLastCommit(connection: Connection): void {
  connection.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${formatVersion}; COMMIT`);
}

/**
 * Makes the file, readable by its owner only, where there is none; SQLite gives its log the same mode. A file that is
 * there is not touched: opening and closing it here would take away the locks that SQLite has on it in this process.
 */
export function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
