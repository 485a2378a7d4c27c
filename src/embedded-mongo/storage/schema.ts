import { Connection } from './connection.ts';

/** What this engine writes into SQLite's `user_version`, so that a later one can tell. */
export const formatVersion = 1;

/** Opens the file for writing and makes the tables that hold the catalogue and the sessions. */
export function openForWriting(file: string): Connection {
  const connection = new Connection(file);
  connection.exec('PRAGMA journal_mode = WAL');
  connection.exec('PRAGMA synchronous = FULL');
  connection.exec('PRAGMA cache_size = -32768');
  connection.exec('PRAGMA journal_size_limit = 67108864');
  const found = Number(connection.row('PRAGMA user_version')?.[0] ?? 0);
  if (found > formatVersion) {
    connection.close();
    throw new Error(`${file} was written by a newer version of the embedded engine (format ${found})`);
  }
  connection.exec(`
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
  `);
  return connection;
}

/** A connection that only reads; its SQLite transaction is a snapshot. */
export function openForReading(file: string): Connection {
  const connection = new Connection(file, { readOnly: true });
  connection.exec('PRAGMA cache_size = -16384');
  return connection;
}
