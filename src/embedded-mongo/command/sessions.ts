import type { Collection } from '../storage/catalog.ts';
import type { Engine } from '../storage/engine.ts';
import type { SessionRecord } from '../storage/sessionRecord.ts';
import { type Transaction, writeConflict } from '../storage/transaction.ts';
import { cursorOwner } from './cursorOwner.ts';
import type { Cursors } from './cursors.ts';
import { committed, noSuchTransaction, numberInUse, partOfTransaction, tooOld } from './sessionErrors.ts';
import type { SessionFields } from './sessionFields.ts';

const longestTransaction = 60_000;
export const sessionMinutes = 30;

interface Session {
  /** The highest number that was used. A transaction of this number is open, or was ended. */
  number: bigint;
  /** Whether the number is that of a transaction, and not that of a retryable write. */
  isTransaction: boolean;
  transaction: Transaction | undefined;
  /** Collections that exist in the open transaction only. */
  created: Map<string, Collection>;
  started: number;
  used: number;
  /** Connections that ran a command of the transaction. */
  connections: Set<number>;
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
  enter(
    fields: SessionFields & { number: bigint },
    connection: number,
    record: SessionRecord | undefined,
  ): Transaction {
    const { id, number, starting } = fields;
    const session = this.#session(id);
    if (session.number > number) throw tooOld(number, session.number);
    const taken = session.number === number || record?.number === number;
    if (starting) {
      if (taken) throw numberInUse();
      this.abort(id);
      Object.assign(session, { number, isTransaction: true, started: Date.now(), connections: new Set([connection]) });
      session.transaction = this.#engine.begin();
      return session.transaction;
    }
    if (record?.committed && record.number === number) throw committed(number);
    if (session.number !== number || !session.transaction) throw noSuchTransaction(number);
    session.connections.add(connection);
    return session.transaction;
  }

  /** Takes a number for a retryable write; an older transaction that is still open is given up. */
  write(id: string, number: bigint): void {
    const session = this.#session(id);
    if (session.number > number) throw tooOld(number, session.number);
    if (session.number === number && session.isTransaction) throw partOfTransaction();
    this.abort(id);
    session.number = number;
    session.isTransaction = false;
  }

  /** The collections that the session's open transaction has made. */
  created(id: string): Map<string, Collection> {
    return this.#session(id).created;
  }

  /** The highest number that the session has used; -1 where there is none. */
  numberOf(id: string): bigint {
    return this.#sessions.get(id)?.number ?? -1n;
  }

  openTransaction(id: string, number: bigint): Transaction | undefined {
    const session = this.#sessions.get(id);
    return session?.number === number ? session.transaction : undefined;
  }

  /** Writes and ends the transaction. */
  commit(id: string): void {
    const session = this.#sessions.get(id);
    if (!session?.transaction) return;
    const { transaction, created } = session;
    this.#leave(id, session);
    try {
      this.#make(created);
      this.#engine.commitTransaction(transaction);
    } catch (error) {
      this.#engine.abortTransaction(transaction);
      throw error;
    } finally {
      this.onEnd();
    }
  }

  #make(created: ReadonlyMap<string, Collection>): void {
    for (const { db, name } of created.values()) {
      if (this.#engine.catalog.find(db, name)) throw writeConflict();
      this.#engine.beforeWrite();
      this.#engine.catalog.create(db, name, {});
    }
  }

  /** Gives the session's transaction up: any, or only the one of this number. */
  abort(id: string, number?: bigint): void {
    const session = this.#sessions.get(id);
    if (!session?.transaction || (number !== undefined && session.number !== number)) return;
    const { transaction } = session;
    this.#leave(id, session);
    this.#engine.abortTransaction(transaction);
    this.onEnd();
  }

  #leave(id: string, session: Session): void {
    session.transaction = undefined;
    session.created = new Map();
    this.#cursors.sweep(cursorOwner(id, session.number));
  }

  /** Ends what a session has open; its numbers stay used. */
  kill(id: string): void {
    this.abort(id);
    this.#cursors.sweep(id);
  }

  killAll(): void {
    for (const id of [...this.#sessions.keys()]) this.kill(id);
  }

  end(id: string): void {
    this.kill(id);
    this.#sessions.delete(id);
  }

  /** Notes that the session is alive. */
  touch(id: string): void {
    this.#session(id).used = Date.now();
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** A client is gone: what only it used is given up. */
  disconnected(connection: number): void {
    for (const [id, session] of this.#sessions) {
      if (session.connections.delete(connection) && session.connections.size === 0) this.abort(id);
    }
  }

  /** Gives up transactions that have been open for too long, and forgets sessions that nobody uses. */
  sweep(): void {
    const now = Date.now();
    for (const [id, session] of this.#sessions) {
      if (session.transaction && session.started <= now - longestTransaction) this.abort(id);
      if (session.used < now - sessionMinutes * 60_000) this.end(id);
    }
  }

  #session(id: string): Session {
    const known = this.#sessions.get(id);
    if (known) return known;
    const now = Date.now();
    const made: Session = {
      number: -1n,
      isTransaction: false,
      transaction: undefined,
      created: new Map(),
      started: now,
      used: now,
      connections: new Set(),
    };
    this.#sessions.set(id, made);
    return made;
  }
}
