import { Connection } from './connection.ts';

const mostIdle = 8;

/** The connections that read snapshots: kept for a while, as opening one and preparing its statements takes time. */
export class Snapshots {
  readonly #file: string;
  readonly #cacheKibibytes: number;
  #idle: { readonly connection: Connection; readonly since: number }[] = [];

  constructor(file: string, cacheKibibytes: number) {
    this.#file = file;
    this.#cacheKibibytes = cacheKibibytes;
  }

  take(): Connection {
    return this.#idle.pop()?.connection ?? this.#open();
  }

  giveBack(connection: Connection): void {
    if (this.#idle.length < mostIdle) this.#idle.push({ connection, since: Date.now() });
    else connection.close();
  }

  /** Closes those that nobody has needed since then: each has pages in memory. */
  closeIdle(since: number): void {
    for (const { connection } of this.#idle.filter((one) => one.since < since)) connection.close();
    this.#idle = this.#idle.filter((one) => one.since >= since);
  }

  close(): void {
    this.closeIdle(Number.POSITIVE_INFINITY);
  }

  get idle(): number {
    return this.#idle.length;
  }

  #open(): Connection {
    const connection = new Connection(this.#file, { readOnly: true });
    connection.exec(`PRAGMA cache_size = -${this.#cacheKibibytes}`);
    return connection;
  }
}
