import { Connection } from './storage/connection.ts';
import { formatVersion } from './storage/schema.ts';
import { verifyCatalogue } from './verifyCatalogue.ts';
import { createMultisetHash } from './verifyHash.ts';
import { type Fault, verifyCollection } from './verifyIndexes.ts';

export interface Progress {
  /** What is being done, in words: `copying`, `documents and indexes`. */
  readonly step: string;
  /** How much of it; 0 of 0 where the end cannot be known. */
  readonly done: number;
  readonly of: number;
}

export interface CollectionReport {
  readonly db: string;
  readonly name: string;
  readonly documents: number;
  readonly indexes: number;
  /** The documents' bytes, whatever their order: equal content, equal hash, on any engine. */
  readonly hash: string;
}

export interface FileReport {
  readonly faults: readonly Fault[];
  readonly collections: readonly CollectionReport[];
}

/**
 * Opens a file of this engine to read it only. Throws an Error in plain words where the file is no database, not of this
 * engine, or of a newer format.
 */
export function openToRead(file: string): Connection {
  try {
    return openOnce(file);
  } catch (error) {
    if (!(error instanceof Error && isInterrupted(error.cause))) throw error;
    // Who wrote last was killed within a change of the file's mode: whoever opens it for writing takes that back.
    const mending = new Connection(file);
    mending.row('PRAGMA user_version');
    mending.close();
    return openOnce(file);
  }
}

/** SQLite's READONLY_ROLLBACK. */
const isInterrupted = (cause: unknown): boolean =>
  cause instanceof Error && 'errcode' in cause && cause.errcode === 776;

function openOnce(file: string): Connection {
  const connection = new Connection(file, { readOnly: true });
  try {
    const format = Number(connection.row('PRAGMA user_version')?.[0] ?? 0);
    const tables = connection.row(
      "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('collections', 'indexes', 'sessions')",
    );
    if (Number(tables?.[0]) !== 3 || format < 1) throw new Error(`${file} is not a file of the embedded engine`);
    if (format > formatVersion) {
      throw new Error(
        `${file} was written by a newer version of the embedded engine (format ${format}, this one reads up to ${formatVersion})`,
      );
    }
    return connection;
  } catch (error) {
    connection.close();
    throw new Error(plainProblem(file, error), { cause: error });
  }
}

/** What SQLite said, in words for who keeps the file. */
export function plainProblem(file: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/file is not a database/i.test(message)) return `${file} is not a database`;
  if (/malformed/i.test(message)) return `${file} is damaged: ${message}`;
  return message;
}

/** Reads everything in one snapshot and names each fault: SQLite's integrity, the catalogue, each index both ways. */
export function verifyFile(connection: Connection, onProgress: (progress: Progress) => void = () => {}): FileReport {
  connection.exec('BEGIN');
  try {
    onProgress({ step: 'SQLite integrity', done: 0, of: 0 });
    const faults: Fault[] = [];
    const attempt = <T>(place: string, read: () => T): T | undefined => {
      try {
        return read();
      } catch (error) {
        faults.push({
          kind: 'file',
          place,
          problem: `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        });
        return undefined;
      }
    };
    attempt('SQLite', () => {
      for (const [line] of connection.rows('PRAGMA integrity_check(20)'))
        if (line !== 'ok') faults.push({ kind: 'file', place: 'SQLite', problem: String(line) });
    });
    const catalogue = attempt('catalogue', () => verifyCatalogue(connection));
    faults.push(...(catalogue?.faults ?? []));
    const collections = catalogue?.collections ?? [];
    const count = (id: number) => Number(connection.row(`SELECT count(*) FROM c_${id}`)?.[0] ?? 0);
    const of = collections.reduce((sum, { id, namespace }) => sum + (attempt(namespace, () => count(id)) ?? 0), 0);
    let before = 0;
    const reports = collections.map((collection): CollectionReport => {
      const hash = createMultisetHash();
      const documents =
        attempt(collection.namespace, () =>
          verifyCollection(connection, collection, {
            onDocument: (bytes) => hash.add(bytes),
            onFault: (fault) => faults.push(fault),
            onProgress: (done) => onProgress({ step: 'documents and indexes', done: before + done, of }),
          }),
        ) ?? 0;
      before += documents;
      const { db, name, indexes } = collection;
      return { db, name, documents, indexes: indexes.length, hash: hash.digest() };
    });
    onProgress({ step: 'documents and indexes', done: before, of });
    return { faults, collections: reports };
  } finally {
    if (connection.database.isTransaction) connection.exec('ROLLBACK');
  }
}
