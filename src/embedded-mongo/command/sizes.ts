import { statSync } from 'node:fs';
import { toNumber } from '../bson/number.ts';
import { type Document, field, isNumeric } from '../bson/value.ts';
import { CommandError, typeMismatch } from '../errors.ts';
import type { Pause, Work } from '../query/work.ts';
import type { Collection, Index } from '../storage/catalog.ts';
import type { Connection } from '../storage/connection.ts';
import { measure } from '../storage/scan.ts';

export interface Content {
  readonly count: number;
  /** Bytes of BSON. */
  readonly size: number;
}

/** How many documents there are and how large they are, counted exactly, in slices. */
export function* contentOf(
  connection: Connection,
  collections: readonly Collection[],
  work: Work,
): Generator<Pause, Content> {
  let count = 0;
  let size = 0;
  for (const collection of collections) {
    const measured = yield* measure(connection, collection, work);
    count += measured.count;
    size += measured.bytes;
  }
  return { count, size };
}

/** Bytes in the file of one table: whole pages, with what is free in them. */
function pagesOf(connection: Connection, table: string): number {
  const row = connection.row('SELECT pgsize FROM dbstat WHERE name = ? AND aggregate = TRUE', table);
  return Number(row?.[0] ?? 0);
}

export function collectionBytes(connection: Connection, { id }: Collection): number {
  return pagesOf(connection, `c_${id}`);
}

export function indexBytes(connection: Connection, { id }: Index): number {
  return pagesOf(connection, `i_${id}`);
}

const sampled = 16;

/** About how large a collection and its indexes are on disk: from a few documents, for this is asked of all at once. */
export function estimatedBytes(connection: Connection, collection: Collection): number {
  const table = `c_${collection.id}`;
  const [least, most] = connection.row(`SELECT (SELECT min(rid) FROM ${table}), (SELECT max(rid) FROM ${table})`) ?? [];
  const pageSize = Number(connection.row('PRAGMA page_size')?.[0] ?? 4096);
  const empty = pageSize * (1 + collection.indexes.length);
  if (most === null || most === undefined) return empty;
  const [bytes] = connection.row(
    `SELECT avg(length(bson)) FROM (SELECT bson FROM (SELECT bson FROM ${table} ORDER BY rid LIMIT ${sampled})
     UNION ALL SELECT bson FROM (SELECT bson FROM ${table} ORDER BY rid DESC LIMIT ${sampled}))`,
  ) ?? [0];
  const keyBytes = 24;
  const perDocument = Number(bytes ?? 0) + keyBytes * collection.indexes.length;
  return empty + Math.round((Number(most) - Number(least) + 1) * perDocument);
}

/** The bytes of the database file and of its log; 0 for one that is not there. */
export function fileBytes(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** By what sizes are to be divided. Throws TypeMismatch, or 51024 below 1. */
export function scaleOf(body: Document): number {
  const value = field(body, 'scale');
  if (value === undefined || value === null) return 1;
  if (!isNumeric(value)) throw typeMismatch("BSON field 'scale' is the wrong type, expected type 'number'");
  const scale = Math.trunc(toNumber(value));
  if (!(scale >= 1))
    throw new CommandError(51024, `BSON field 'scale' value must be >= 1, actual value '${toNumber(value)}'`);
  return scale;
}
