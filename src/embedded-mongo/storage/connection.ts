import { DatabaseSync, type StatementSync } from 'node:sqlite';

export type SqlValue = null | number | bigint | string | Uint8Array;

/** One connection to the SQLite file, with its statements prepared once. */
export class Connection {
  readonly database: DatabaseSync;
  /** Counts up whenever what was read before may be old: with the first write of a command and with each rollback. */
  epoch = 0;
  readonly #statements = new Map<string, StatementSync>();

  constructor(file: string, options: { readOnly?: boolean } = {}) {
    this.database = new DatabaseSync(file, { readOnly: options.readOnly ?? false, timeout: 10_000 });
  }

  run(sql: string, ...values: SqlValue[]): { changes: number; lastInsertRowid: number } {
    const { changes, lastInsertRowid } = this.#prepare(sql).run(...values);
    return { changes: Number(changes), lastInsertRowid: Number(lastInsertRowid) };
  }

  /** All rows, each as the array of its columns. */
  rows(sql: string, ...values: SqlValue[]): SqlValue[][] {
    return this.#prepare(sql).all(...values) as unknown as SqlValue[][];
  }

  row(sql: string, ...values: SqlValue[]): SqlValue[] | undefined {
    return this.#prepare(sql).get(...values) as unknown as SqlValue[] | undefined;
  }

  exec(sql: string): void {
    this.database.exec(sql);
  }

  close(): void {
    this.#statements.clear();
    this.database.close();
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    // Names of collections and indexes are part of the text: a bound keeps many dropped ones from piling up.
    if (this.#statements.size > 2000) this.#statements.clear();
    const statement = this.database.prepare(sql);
    statement.setReturnArrays(true);
    this.#statements.set(sql, statement);
    return statement;
  }
}

export function asBuffer(value: SqlValue | undefined): Buffer {
  const bytes = value as Uint8Array;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
