import { CommandError } from '../errors.ts';
import { Catalog, type Collection } from './catalog.ts';
import { Committed } from './committed.ts';
import type { Connection } from './connection.ts';
import { openForReading, openForWriting } from './schema.ts';
import { Transaction } from './transaction.ts';

/**
 * The stored data. All changes go through one SQLite connection; many commands share one SQLite transaction (group
 * commit), each in a savepoint of its own, so that a command that fails leaves nothing behind.
 */
export class Engine {
  readonly file: string;
  readonly catalog: Catalog;
  readonly committed: Committed;
  readonly open = new Set<Transaction>();
  readonly #connection: Connection;
  readonly #idle: Connection[] = [];
  #writing = false;
  #inSavepoint = false;

  constructor(file: string) {
    this.file = file;
    this.#connection = openForWriting(file);
    this.catalog = new Catalog(this.#connection);
    this.committed = new Committed(this.#connection, this.catalog, this.open, () => this.beforeWrite());
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** Whether there is something that {@link commit} has to make durable. */
  get isWriting(): boolean {
    return this.#writing;
  }

  /** Has to be called before anything is written. */
  beforeWrite(): void {
    if (!this.#writing) this.#connection.exec('BEGIN IMMEDIATE');
    this.#writing = true;
    if (this.#inSavepoint) return;
    this.#connection.exec('SAVEPOINT command');
    this.#inSavepoint = true;
    this.#connection.epoch++;
  }

  /** Runs one command: all of what it writes is kept, or, where it throws, nothing. */
  atomically<T>(run: () => T): T {
    try {
      const result = run();
      if (this.#inSavepoint) this.#connection.exec('RELEASE command');
      this.#inSavepoint = false;
      return result;
    } catch (error) {
      this.#undo();
      throw error;
    }
  }

  #undo(): void {
    if (!this.#inSavepoint) return;
    this.#inSavepoint = false;
    this.#connection.epoch++;
    // A full disk may have made SQLite roll back everything by itself.
    if (this.#connection.database.isTransaction) this.#connection.exec('ROLLBACK TO command; RELEASE command');
    this.catalog.reload();
  }

  /** Makes everything since the last commit durable. Throws, with nothing kept, where that fails. */
  commit(): void {
    if (!this.#writing) return;
    this.#writing = false;
    try {
      this.#connection.exec('COMMIT');
    } catch (error) {
      this.#connection.epoch++;
      if (this.#connection.database.isTransaction) this.#connection.exec('ROLLBACK');
      this.catalog.reload();
      throw error;
    }
  }

  begin(): Transaction {
    const snapshot = this.#idle.pop() ?? openForReading(this.file);
    const transaction = new Transaction(snapshot, this.#connection, this.committed, this.open);
    this.open.add(transaction);
    return transaction;
  }

  /** Writes a transaction's changes; it is over, whether that works or not. */
  commitTransaction(transaction: Transaction): void {
    // Its own claims must not stand in its way.
    this.open.delete(transaction);
    try {
      transaction.commit((collection) => this.#current(collection));
    } finally {
      this.#release(transaction);
    }
  }

  abortTransaction(transaction: Transaction): void {
    if (this.open.delete(transaction)) this.#release(transaction);
  }

  #current(collection: Collection): Collection | undefined {
    const found = this.catalog.find(collection.db, collection.name);
    return found?.id === collection.id ? found : undefined;
  }

  #release(transaction: Transaction): void {
    transaction.end();
    if (this.#idle.length < 8) this.#idle.push(transaction.connection);
    else transaction.connection.close();
  }

  close(): void {
    for (const transaction of [...this.open]) this.abortTransaction(transaction);
    for (const connection of this.#idle) connection.close();
    this.commit();
    this.#connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#connection.close();
  }
}

/** What a failure of SQLite is to a client. */
export function storageError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (/disk is full|SQLITE_FULL/i.test(message)) return new CommandError(14031, `the disk is full: ${message}`);
  return new CommandError(1, `the storage failed: ${message}`);
}
