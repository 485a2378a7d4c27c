import { asBuffer, type Connection } from './connection.ts';

/** What is remembered of a session's last numbered write, in the same SQLite transaction as the write itself. */
export interface SessionRecord {
  readonly number: bigint;
  /** A transaction of this number was committed. */
  readonly committed: boolean;
  readonly reply: Buffer | undefined;
}

export function readSession(connection: Connection, lsid: Buffer): SessionRecord | undefined {
  const row = connection.row('SELECT number, committed, reply FROM sessions WHERE lsid = ?', lsid);
  if (!row) return undefined;
  const [number, committed, reply] = row;
  return {
    number: BigInt(Number(number)),
    committed: committed === 1,
    reply: reply === null ? undefined : asBuffer(reply),
  };
}

export function writeSession(connection: Connection, lsid: Buffer, record: SessionRecord): void {
  connection.run(
    'INSERT OR REPLACE INTO sessions (lsid, number, committed, reply, used) VALUES (?, ?, ?, ?, ?)',
    lsid,
    record.number,
    record.committed ? 1 : 0,
    record.reply ?? null,
    Date.now(),
  );
}

/** Keeps what is remembered of a session as if it had just written. */
export function touchSession(connection: Connection, lsid: Buffer): void {
  connection.run('UPDATE sessions SET used = ? WHERE lsid = ?', Date.now(), lsid);
}

/** Forgets sessions that have not written for longer than a driver would retry. */
export function forgetSessions(connection: Connection, before: number): void {
  connection.run('DELETE FROM sessions WHERE used < ?', before);
}
