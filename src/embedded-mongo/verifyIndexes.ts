import { EJSON } from 'bson';
import { decode } from './bson/decode.ts';
import type { Document } from './bson/value.ts';
import type { Collection, Index } from './storage/catalog.ts';
import { asBuffer, type Connection, type SqlValue } from './storage/connection.ts';
import { entriesOf } from './storage/entries.ts';

export interface Fault {
  /** `index`: the documents are whole, and the index can be made anew from them. */
  readonly kind: 'file' | 'catalogue' | 'document' | 'index';
  /** Which collection, index or part of the file. */
  readonly place: string;
  readonly problem: string;
}

export interface Watch {
  readonly onDocument: (bytes: Uint8Array) => void;
  readonly onFault: (fault: Fault) => void;
  readonly onProgress: (documents: number) => void;
}

interface Row {
  readonly rid: number;
  readonly bytes: Buffer;
}

const portion = 256;
/** More of one kind than anybody reads. */
const namedAtMost = 20;

/**
 * Holds every document against the entries of every index, then every entry against its document. Returns how many
 * documents there are. Memory does not grow with them.
 */
export function verifyCollection(connection: Connection, collection: Collection, watch: Watch): number {
  const reporters = new Map(collection.indexes.map((index) => [index, createReporter(collection, index, watch)]));
  const found = new Map<Index, number>();
  let documents = 0;
  for (const { rid, bytes } of documentsOf(connection, collection)) {
    documents++;
    watch.onDocument(bytes);
    if (documents % portion === 0) watch.onProgress(documents);
    const document = readDocument(bytes);
    if (document === undefined) {
      watch.onFault({
        kind: 'document',
        place: collection.namespace,
        problem: `document ${rid} is not a readable one with an _id`,
      });
      continue;
    }
    for (const index of collection.indexes) {
      const report = reporters.get(index) as (problem: string) => void;
      const entries = entriesFor(index, document);
      if (typeof entries === 'string') {
        report(`document ${describeId(document)} cannot be indexed: ${entries}`);
        continue;
      }
      if (entries.multikey && !index.multikey)
        report(`document ${describeId(document)} has an array there, but the index is not marked for arrays`);
      for (const key of entries.keys) {
        if (connection.row(`SELECT 1 FROM i_${index.id} WHERE k = ? AND rid = ?`, key, rid))
          found.set(index, (found.get(index) ?? 0) + 1);
        else report(`an entry of document ${describeId(document)} is missing`);
      }
    }
  }
  for (const index of collection.indexes) {
    const report = reporters.get(index) as (problem: string) => void;
    if (index.unique && connection.row(`SELECT 1 FROM i_${index.id} GROUP BY k HAVING count(*) > 1 LIMIT 1`))
      report('a value that has to be unique is there more than once');
    // Each entry was found for one document and none is there twice: where the counts agree, no entry is left over.
    const entries = Number(connection.row(`SELECT count(*) FROM i_${index.id}`)?.[0]);
    if (entries !== (found.get(index) ?? 0)) nameLeftEntries(connection, collection, index, report);
  }
  return documents;
}

/** Names the entries of an index that have no document, or not with that key. */
function nameLeftEntries(
  connection: Connection,
  collection: Collection,
  index: Index,
  report: (problem: string) => void,
): void {
  let last: { readonly rid: number; readonly keys: ReadonlySet<string> | undefined } | undefined;
  for (const { k, rid } of entriesIn(connection, index)) {
    if (last?.rid !== rid) last = { rid, keys: keysOf(connection, collection, index, rid) };
    if (last.keys === undefined) report(`an entry is left of document ${rid}, which is not there`);
    else if (!last.keys.has(k.toString('latin1'))) report(`an entry of document ${rid} has a key that it has not`);
  }
}

function keysOf(
  connection: Connection,
  collection: Collection,
  index: Index,
  rid: number,
): ReadonlySet<string> | undefined {
  const row = connection.row(`SELECT bson FROM c_${collection.id} WHERE rid = ?`, rid);
  if (!row) return undefined;
  const document = readDocument(asBuffer(row[0]));
  const entries = document === undefined ? 'unreadable' : entriesFor(index, document);
  return new Set(typeof entries === 'string' ? [] : entries.keys.map((key) => key.toString('latin1')));
}

function* documentsOf(connection: Connection, { id }: Collection): Generator<Row> {
  let after: number | null = null;
  for (;;) {
    const rows: SqlValue[][] =
      after === null
        ? connection.rows(`SELECT rid, bson FROM c_${id} ORDER BY rid LIMIT ${portion}`)
        : connection.rows(`SELECT rid, bson FROM c_${id} WHERE rid > ? ORDER BY rid LIMIT ${portion}`, after);
    for (const [rid, bson] of rows) yield { rid: Number(rid), bytes: asBuffer(bson) };
    if (rows.length < portion) return;
    after = Number(rows.at(-1)?.[0]);
  }
}

function* entriesIn(connection: Connection, { id }: Index): Generator<{ readonly k: Buffer; readonly rid: number }> {
  let rows: SqlValue[][] = connection.rows(`SELECT k, rid FROM i_${id} ORDER BY k, rid LIMIT ${portion}`);
  for (;;) {
    for (const [k, rid] of rows) yield { k: asBuffer(k), rid: Number(rid) };
    const last = rows.at(-1);
    if (rows.length < portion || !last) return;
    rows = connection.rows(
      `SELECT k, rid FROM i_${id} WHERE (k, rid) > (?, ?) ORDER BY k, rid LIMIT ${portion}`,
      asBuffer(last[0]),
      Number(last[1]),
    );
  }
}

function entriesFor(index: Index, document: Document): ReturnType<typeof entriesOf> | string {
  try {
    return entriesOf(index, document);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Undefined where the bytes are no document, or none that the engine would have stored: every one has an _id. */
function readDocument(bytes: Buffer): Document | undefined {
  try {
    if (bytes.length < 5 || bytes.readInt32LE(0) !== bytes.length || bytes.at(-1) !== 0) return undefined;
    const document = decode(bytes);
    return document._id === undefined ? undefined : document;
  } catch {
    return undefined;
  }
}

const describeId = (document: Document): string => EJSON.stringify(document._id);

/** Names the first faults of an index, and says once that there are more. */
function createReporter(collection: Collection, index: Index, watch: Watch): (problem: string) => void {
  const place = `${collection.namespace} index ${index.name}`;
  let said = 0;
  return (problem) => {
    said++;
    if (said <= namedAtMost) watch.onFault({ kind: 'index', place, problem });
    else if (said === namedAtMost + 1) watch.onFault({ kind: 'index', place, problem: 'and more of the kind' });
  };
}
