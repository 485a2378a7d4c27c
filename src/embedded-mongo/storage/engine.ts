import { type MemoryLimits, memoryLimits } from '../memory.ts';
import { Allowance } from './allowance.ts';
import { Batch } from './batch.ts';
import { Catalog, type Collection } from './catalog.ts';
import { Committed } from './committed.ts';
import type { Connection } from './connection.ts';
import { isProvisional } from './provisional.ts';
import { openForWriting } from './schema.ts';
import { Snapshots } from './snapshots.ts';
import { Transaction } from './transaction.ts';

export { storageError } from './failure.ts';

/** The stored data: what is committed, and the transactions that are open. All changes go through one SQLite connection. */
export class Engine {
  readonly file: string;
  readonly catalog: Catalog;
  readonly committed: Committed;
  readonly open = new Set<Transaction>();
  readonly memory: MemoryLimits;
  readonly #connection: Connection;
  readonly #batch: Batch;
  readonly #snapshots: Snapshots;
  readonly #allowance: Allowance;

  constructor(file: string, memory: MemoryLimits = memoryLimits()) {
    this.file = file;
    this.memory = memory;
    this.#connection = openForWriting(file, memory.cacheKibibytes);
    this.#snapshots = new Snapshots(file, memory.snapshotKibibytes);
    this.#allowance = new Allowance(memory.transactionBytes);
    this.catalog = new Catalog(this.#connection);
    this.#batch = new Batch(this.#connection, this.catalog);
    this.committed = new Committed(this.#connection, this.catalog, this.open, memory, () => this.beforeWrite());
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** Whether there is something that {@link commit} has to make durable, or has to tell the loss of. */
  get isWriting(): boolean {
    return this.#batch.isWriting;
  }

  /** Whether the last command that {@link atomically} ran wrote anything. */
  get hasWritten(): boolean {
    return this.#batch.hasWritten;
  }

  /** Has to be called before anything is written. */
  beforeWrite(): void {
    this.#batch.beforeWrite();
  }

  /** Runs one command: all of what it writes is kept, or, where it throws, nothing. */
  atomically<T>(run: () => T): T {
    return this.#batch.atomically(run);
  }

  /** Makes everything since the last commit durable. Throws a CommitFailure where that fails. */
  commit(): void {
    this.#batch.commit();
  }

  begin(): Transaction {
    const snapshot = this.#snapshots.take();
    try {
      const transaction = new Transaction(snapshot, this.#connection, this.committed, this.open, this.#allowance);
      this.open.add(transaction);
      return transaction;
    } catch (error) {
      snapshot.close();
      throw error;
    }
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

  /** Closes what has not been needed for a while (milliseconds). */
  rest(idle: number): void {
    this.#snapshots.closeIdle(Date.now() - idle);
  }

  #current(collection: Collection): Collection | undefined {
    const found = this.catalog.find(collection.db, collection.name);
    return found?.id === collection.id || isProvisional(collection.id) ? found : undefined;
  }

  #release(transaction: Transaction): void {
    try {
      transaction.end();
    } catch {
      transaction.connection.close();
      return;
    }
    this.#snapshots.giveBack(transaction.connection);
  }

  /** Commits what is open, and closes the file whatever happens. */
  close(): void {
    for (const transaction of [...this.open]) this.abortTransaction(transaction);
    this.#snapshots.close();
    try {
      this.commit();
      this.#connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } finally {
      this.#connection.close();
    }
  }
}
