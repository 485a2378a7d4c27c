import type { Catalog } from './catalog.ts';
import type { Connection } from './connection.ts';
import { CommitFailure, isDiskError, storageError } from './failure.ts';
import { writeOverLastCommit } from './schema.ts';

/**
 * Commands that share one SQLite transaction (group commit), each in a savepoint of its own, so that a command that fails
 * leaves nothing behind.
 */
export class Batch {
  readonly #connection: Connection;
  readonly #catalog: Catalog;
  #writing = false;
  #inSavepoint = false;
  #hasWritten = false;
  /** Why SQLite gave up all that was written since the last commit; nothing more can be written before that is told. */
  #lost: CommitFailure | undefined;

  constructor(connection: Connection, catalog: Catalog) {
    this.#connection = connection;
    this.#catalog = catalog;
  }

  /** Whether there is something that {@link commit} has to make durable, or has to tell the loss of. */
  get isWriting(): boolean {
    return this.#writing;
  }

  /** Whether the last command that {@link atomically} ran wrote anything. */
  get hasWritten(): boolean {
    return this.#hasWritten;
  }

  /** Has to be called before anything is written. */
  beforeWrite(): void {
    if (this.#lost) throw this.#lost;
    if (!this.#writing) this.#connection.exec('BEGIN IMMEDIATE');
    this.#writing = true;
    if (this.#inSavepoint) return;
    this.#connection.exec('SAVEPOINT command');
    this.#inSavepoint = true;
    this.#connection.epoch++;
  }

  /** Runs one command: all of what it writes is kept, or, where it throws, nothing. */
  atomically<T>(run: () => T): T {
    this.#hasWritten = false;
    try {
      this.#catalog.refresh();
      const result = run();
      this.#noticeLoss(undefined);
      if (this.#inSavepoint && this.#lost) throw this.#lost;
      if (this.#inSavepoint) this.#connection.exec('RELEASE command');
      this.#hasWritten = this.#inSavepoint;
      this.#inSavepoint = false;
      return result;
    } catch (error) {
      this.#undo(error);
      throw error;
    }
  }

  #undo(reason: unknown): void {
    this.#noticeLoss(reason);
    if (!this.#inSavepoint) return;
    this.#inSavepoint = false;
    this.#connection.epoch++;
    this.#catalog.undo();
    if (this.#lost) return;
    try {
      this.#connection.exec('ROLLBACK TO command; RELEASE command');
    } catch (error) {
      // Half of a command must not be kept: then rather nothing of the whole batch.
      this.#rollback();
      this.#noticeLoss(error);
    }
  }

  /**
   * A full disk, a failing one, or too little memory make SQLite roll back everything by itself, also what other commands
   * wrote in this transaction. A write after that would be committed alone, at once, so that it has to be noticed here.
   */
  #noticeLoss(reason: unknown): void {
    if (!this.#writing || this.#lost || this.#connection.database.isTransaction) return;
    const told = reason ?? new Error('SQLite gave the transaction up');
    this.#lost = new CommitFailure(storageError(told), true);
    this.#connection.epoch++;
    this.#catalog.undo();
  }

  #rollback(): void {
    try {
      if (this.#connection.database.isTransaction) this.#connection.exec('ROLLBACK');
    } catch {
      // SQLite ends the transaction also where it cannot say so.
    }
  }

  /** Makes everything since the last commit durable. Throws a {@link CommitFailure} where that fails. */
  commit(): void {
    if (!this.#writing) return;
    this.#noticeLoss(undefined);
    const lost = this.#lost;
    this.#writing = false;
    this.#lost = undefined;
    if (lost) throw lost;
    try {
      this.#connection.exec('COMMIT');
      this.#catalog.keep();
    } catch (error) {
      this.#rollback();
      this.#connection.epoch++;
      this.#catalog.undo();
      throw new CommitFailure(storageError(error), !isDiskError(error) || this.#isWrittenOver());
    }
  }

  /** The last commit failed after it had sent things to the disk: true where these can never come back. */
  #isWrittenOver(): boolean {
    try {
      writeOverLastCommit(this.#connection);
      return true;
    } catch {
      this.#rollback();
      return false;
    }
  }
}
