import { CommandError } from '../errors.ts';
import type { Engine } from '../storage/engine.ts';
import type { Transaction } from '../storage/transaction.ts';
import type { Cursors } from './cursors.ts';

const longestTransaction = 60_000;

interface Session {
  number: bigint;
  transaction: Transaction | undefined;
  started: number;
  /** Connections that ran a command of the transaction. */
  readonly connections: Set<number>;
}

/** Which session has which transaction open. Only what is committed is remembered on disk. */
export class Sessions {
  readonly #engine: Engine;
  readonly #cursors: Cursors;
  readonly #sessions = new Map<string, Session>();
  /** Called when a transaction is over: commands may be waiting for it. */
  onEnd: () => void = () => {};

  constructor(engine: Engine, cursors: Cursors) {
    this.#engine = engine;
    this.#cursors = cursors;
  }

  /** The transaction that a command belongs to, begun where the command says so. */
  enter(id: string, number: bigint, starting: boolean, connection: number): Transaction {
    const session = this.#sessions.get(id);
    if (starting) {
      if (session && session.number > number) throw tooOld(number, session.number);
      if (session?.transaction && session.number === number)
        throw new CommandError(
          50911,
          `Cannot start a transaction with given transaction number ${number}: it is already in progress`,
        );
      if (session?.transaction) this.abort(id);
      const transaction = this.#engine.begin();
      this.#sessions.set(id, { number, transaction, started: Date.now(), connections: new Set([connection]) });
      return transaction;
    }
    if (!session?.transaction || session.number !== number) throw noSuchTransaction(number);
    session.connections.add(connection);
    return session.transaction;
  }

  openTransaction(id: string, number: bigint): Transaction | undefined {
    const session = this.#sessions.get(id);
    return session?.number === number ? session.transaction : undefined;
  }

  /** Writes and ends the transaction. */
  commit(id: string): void {
    const session = this.#sessions.get(id);
    if (!session?.transaction) return;
    const { transaction } = session;
    session.transaction = undefined;
    this.#cursors.sweep(id);
    try {
      this.#engine.commitTransaction(transaction);
    } finally {
      this.onEnd();
    }
  }

  abort(id: string): void {
    const session = this.#sessions.get(id);
    if (!session?.transaction) return;
    const { transaction } = session;
    session.transaction = undefined;
    this.#cursors.sweep(id);
    this.#engine.abortTransaction(transaction);
    this.onEnd();
  }

  end(id: string): void {
    this.abort(id);
    this.#cursors.sweep(id);
    this.#sessions.delete(id);
  }

  /** A client is gone: what only it used is given up. */
  disconnected(connection: number): void {
    for (const [id, session] of this.#sessions) {
      if (session.connections.delete(connection) && session.connections.size === 0) this.abort(id);
    }
  }

  /** Gives up transactions that have been open for too long, and forgets sessions without one. */
  sweep(): void {
    const oldest = Date.now() - longestTransaction;
    for (const [id, session] of this.#sessions) {
      if (session.started > oldest) continue;
      this.abort(id);
      if (session.started < oldest - 30 * 60_000) this.#sessions.delete(id);
    }
  }
}

export function noSuchTransaction(number: bigint): CommandError {
  const message = `Given transaction number ${number} does not match any in-progress transactions.`;
  return new CommandError(251, message, { labels: ['TransientTransactionError'] });
}

export function tooOld(number: bigint, active: bigint): CommandError {
  return new CommandError(
    225,
    `Retryable write with txnNumber ${number} is prohibited on a session with a newer active txnNumber ${active}`,
  );
}
