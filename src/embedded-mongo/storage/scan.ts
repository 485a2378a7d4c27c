import { CommandError } from '../errors.ts';
import { type Pause, pause, type Work } from '../query/work.ts';
import type { Collection, Index } from './catalog.ts';
import { asBuffer, type Connection, type SqlValue } from './connection.ts';
import { type Access, type Range, Row, type Tally } from './view.ts';

const mostRows = 512;
const measuredAtOnce = 4096;
const mostBytes = 4 * 1024 * 1024;

/** How many rows to fetch at a time: few at first, more as a scan goes on, fewer where documents are large. */
class Portion {
  size: number;

  constructor(expected: number) {
    this.size = Math.max(1, Math.min(expected, mostRows));
  }

  /** The rest of a portion was of no use: the next ones start small again. */
  shrink(used: number): void {
    this.size = Math.max(1, Math.min(this.size, Math.max(16, used)));
  }

  adapt(bytes: number): void {
    if (bytes > mostBytes) this.size = Math.max(1, Math.floor(this.size / 2));
    else if (bytes < mostBytes / 2) this.size = Math.min(mostRows, Math.max(16, this.size * 2));
  }
}

/**
 * Reads rows in portions, remembering the last key rather than holding a statement open: writes and commits may happen
 * between two portions, and a cursor costs nothing while it waits. Where something was written since a portion was
 * fetched, what is left of it is fetched anew: no row is given that was old when it was asked for. Throws
 * QueryPlanKilled (175) where the collection or the index has been dropped.
 */
export function* scanRows(
  connection: Connection,
  collection: Collection,
  access: Access,
  expected: number,
  tally: Tally = { keys: 0 },
): Generator<Row> {
  if (access.kind === 'union') {
    const seen = new Set<number>();
    for (const part of access.parts) {
      for (const row of scanRows(connection, collection, part, expected, tally)) {
        if (seen.has(row.rid)) continue;
        seen.add(row.rid);
        yield row;
      }
    }
    return;
  }
  const portion = new Portion(expected);
  if (access.kind === 'collection') {
    yield* scanCollection(connection, collection, access.reverse, portion);
    return;
  }
  const ranges = access.reverse ? [...access.ranges].reverse() : access.ranges;
  let seen = access.index.multikey || ranges.length > 1 ? new Set<number>() : undefined;
  for (const range of ranges) {
    for (const row of scanRange(connection, collection, access.index, range, access.reverse, portion)) {
      tally.keys++;
      // Somebody may store the first array while the scan goes on.
      if (!seen && access.index.multikey) seen = new Set<number>();
      if (seen?.has(row.rid)) continue;
      seen?.add(row.rid);
      yield row;
    }
  }
}

function* scanCollection(
  connection: Connection,
  collection: Collection,
  reverse: boolean,
  portion: Portion,
): Generator<Row> {
  const table = `c_${collection.id}`;
  const sql = reverse
    ? `SELECT rid, bson FROM ${table} WHERE rid < ? ORDER BY rid DESC LIMIT ?`
    : `SELECT rid, bson FROM ${table} WHERE rid > ? ORDER BY rid LIMIT ?`;
  let last = reverse ? Number.MAX_SAFE_INTEGER : -1;
  for (;;) {
    const asked = portion.size;
    const rows = fetch(connection, sql, last, asked);
    const { epoch } = connection;
    let bytes = 0;
    let given = 0;
    for (const [rid, bson] of rows) {
      last = Number(rid);
      const row = new Row(last, asBuffer(bson));
      bytes += row.bytes.length;
      given++;
      yield row;
      if (connection.epoch !== epoch) break;
    }
    if (connection.epoch !== epoch) portion.shrink(given);
    else if (rows.length < asked) return;
    else portion.adapt(bytes);
  }
}

function* scanRange(
  connection: Connection,
  collection: Collection,
  index: Index,
  range: Range,
  reverse: boolean,
  portion: Portion,
): Generator<Row> {
  const from = `SELECT e.k, e.rid, d.bson FROM i_${index.id} e CROSS JOIN c_${collection.id} d ON d.rid = e.rid`;
  const sql = reverse
    ? `${from} WHERE (e.k, e.rid) < (?, ?) AND e.k >= ? ORDER BY e.k DESC, e.rid DESC LIMIT ?`
    : `${from} WHERE (e.k, e.rid) > (?, ?) AND e.k < ? ORDER BY e.k, e.rid LIMIT ?`;
  let key: SqlValue = reverse ? range.high : range.low;
  let rid = -1;
  const stop = reverse ? range.low : range.high;
  for (;;) {
    const asked = portion.size;
    const rows = fetch(connection, sql, key, rid, stop, asked);
    const { epoch } = connection;
    let bytes = 0;
    let given = 0;
    for (const [k, id, bson] of rows) {
      key = k as SqlValue;
      rid = Number(id);
      const row = new Row(rid, asBuffer(bson));
      bytes += row.bytes.length;
      given++;
      yield row;
      if (connection.epoch !== epoch) break;
    }
    if (connection.epoch !== epoch) portion.shrink(given);
    else if (rows.length < asked) return;
    else portion.adapt(bytes);
  }
}

function fetch(connection: Connection, sql: string, ...values: SqlValue[]): SqlValue[][] {
  try {
    return connection.rows(sql, ...values);
  } catch (error) {
    if (error instanceof Error && error.message.includes('no such table'))
      throw new CommandError(175, 'the collection or index was dropped while the query was under way');
    throw error;
  }
}

/** How many documents a collection has, and their bytes, a portion at a time and without fetching them. */
export function* measure(
  connection: Connection,
  { id }: Collection,
  work: Work,
): Generator<Pause, { count: number; bytes: number }> {
  const sql = `SELECT count(*), max(rid), sum(n) FROM
    (SELECT rid, length(bson) AS n FROM c_${id} WHERE rid > ? ORDER BY rid LIMIT ${measuredAtOnce})`;
  let count = 0;
  let bytes = 0;
  let last: SqlValue = -1;
  for (;;) {
    const [[n, end, sum] = []] = fetch(connection, sql, last);
    count += Number(n);
    bytes += Number(sum ?? 0);
    if (Number(n) < measuredAtOnce) return { count, bytes };
    last = end as SqlValue;
    if (work.isDue()) yield pause;
  }
}

/** How many documents a collection has: counts their entries in the index of `_id`, the smallest there is. */
export function* countAll(connection: Connection, { indexes }: Collection, work: Work): Generator<Pause, number> {
  const table = `i_${indexes[0]?.id}`;
  const sql = `SELECT count(*), max(k) FROM (SELECT k FROM ${table} WHERE k > ? ORDER BY k LIMIT ${measuredAtOnce})`;
  let total = 0;
  let last: SqlValue = Buffer.alloc(0);
  for (;;) {
    const [[n, end] = []] = fetch(connection, sql, last);
    total += Number(n);
    if (Number(n) < measuredAtOnce) return total;
    last = end as SqlValue;
    if (work.isDue()) yield pause;
  }
}

/** The row at a place, if there is one. */
export function readRow(connection: Connection, collection: Collection, rid: number): Row | undefined {
  const found = connection.row(`SELECT bson FROM c_${collection.id} WHERE rid = ?`, rid);
  return found && new Row(rid, asBuffer(found[0]));
}

/** The places that have exactly this key in an index. */
export function ridsWithKey(connection: Connection, index: Index, key: Buffer): number[] {
  return connection.rows(`SELECT rid FROM i_${index.id} WHERE k = ? LIMIT 3`, key).map(([rid]) => Number(rid));
}
