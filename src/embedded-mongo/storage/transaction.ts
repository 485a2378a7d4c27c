import { decode } from '../bson/decode.ts';
import type { Document } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { Collection, Index } from './catalog.ts';
import { type Committed, checkSize } from './committed.ts';
import type { Connection } from './connection.ts';
import { duplicateKey } from './duplicate.ts';
import { entriesOf } from './entries.ts';
import { readRow, ridsWithKey, scanRows } from './scan.ts';
import { type Access, Row, type Tally, type View } from './view.ts';

interface Change {
  /** The committed bytes that the change stands on; undefined for a new document. */
  readonly before: Buffer | undefined;
  /** Undefined for a document taken away. */
  after: Buffer | undefined;
}

export const transient = { labels: ['TransientTransactionError'] };

export function writeConflict(): CommandError {
  const message =
    'Caused by :: Write conflict during plan execution and yielding is disabled. :: Please retry your operation or multi-document transaction.';
  return new CommandError(112, message, transient);
}

/**
 * A multi-document transaction: reads a snapshot of the file (SQLite keeps it), holds its own changes in memory, and
 * writes them when it commits. Who changes a document first wins: others get a WriteConflict or wait.
 */
export class Transaction implements View {
  readonly transaction = true;
  readonly #snapshot: Connection;
  readonly #committed: Committed;
  readonly #latest: Connection;
  readonly #others: ReadonlySet<Transaction>;
  readonly #lastCollection: number;
  readonly #lastIndex: number;
  readonly #changes = new Map<number, { collection: Collection; rows: Map<number, Change> }>();
  readonly #claims = new Map<number, Map<string, number>>();
  readonly #read = new Set<number>();
  #nextRid = -2;

  constructor(snapshot: Connection, latest: Connection, committed: Committed, others: ReadonlySet<Transaction>) {
    this.#snapshot = snapshot;
    this.#latest = latest;
    this.#committed = committed;
    this.#others = others;
    snapshot.exec('BEGIN');
    // The first read fixes the snapshot.
    this.#lastCollection = Number(snapshot.row('SELECT max(id) FROM collections')?.[0] ?? 0);
    this.#lastIndex = Number(snapshot.row('SELECT max(id) FROM indexes')?.[0] ?? 0);
  }

  indexes(collection: Collection): readonly Index[] {
    return collection.indexes.filter((index) => index.id <= this.#lastIndex);
  }

  isOrdered(collection: Collection): boolean {
    return !this.#changes.has(collection.id);
  }

  holds(collection: Collection, rid: number): boolean {
    return this.#changes.get(collection.id)?.rows.has(rid) === true;
  }

  claims(index: Index, key: Buffer): boolean {
    return this.#claims.get(index.id)?.has(key.toString('latin1')) === true;
  }

  /** Whether it has read or changed anything there: the collection must not be dropped under it. */
  uses(collection: Collection): boolean {
    return this.#read.has(collection.id) || this.#changes.has(collection.id);
  }

  *scan(collection: Collection, access: Access, expected: number, tally?: Tally): Generator<Row> {
    this.#read.add(collection.id);
    const rows = this.#changes.get(collection.id)?.rows;
    if (collection.id <= this.#lastCollection) {
      for (const row of scanRows(this.#snapshot, collection, access, expected, tally))
        if (!rows?.has(row.rid)) yield row;
    }
    // A copy: the scan may be what finds the documents of an update.
    for (const [rid, { after }] of [...(rows ?? [])]) if (after) yield new Row(rid, after, true);
  }

  insert(collection: Collection, document: Document, bytes: Buffer): void {
    checkSize(bytes);
    const rid = this.#nextRid--;
    this.#claim(collection, document, rid);
    this.#rows(collection).set(rid, { before: undefined, after: bytes });
  }

  replace(collection: Collection, row: Row, document: Document, bytes: Buffer): void {
    checkSize(bytes);
    const before = this.#own(collection, row);
    this.#release(collection, row.rid);
    try {
      this.#claim(collection, document, row.rid);
    } catch (error) {
      this.#release(collection, row.rid);
      if (this.holds(collection, row.rid)) this.#claim(collection, row.document, row.rid);
      throw error;
    }
    this.#rows(collection).set(row.rid, { before, after: bytes });
  }

  remove(collection: Collection, row: Row): void {
    const before = this.#own(collection, row);
    this.#release(collection, row.rid);
    const rows = this.#rows(collection);
    if (before === undefined) rows.delete(row.rid);
    else rows.set(row.rid, { before, after: undefined });
  }

  /** Writes all changes to the committed documents, within the caller's SQLite transaction. */
  commit(current: (collection: Collection) => Collection | undefined): void {
    for (const { collection: known, rows } of this.#changes.values()) {
      const collection = current(known);
      if (!collection) throw new CommandError(26, `ns does not exist: ${known.namespace}`, transient);
      const inserts: Buffer[] = [];
      const replacements: [Row, Buffer][] = [];
      for (const [rid, { before, after }] of rows) {
        if (before === undefined) {
          if (after) inserts.push(after);
        } else if (after === undefined) this.#committed.remove(collection, new Row(rid, before));
        else if (!before.equals(after)) replacements.push([new Row(rid, before), after]);
      }
      this.#committed.replaceAll(collection, replacements);
      for (const bytes of inserts) this.#committed.insert(collection, decode(bytes), bytes);
    }
  }

  /** Lets the snapshot go. */
  end(): void {
    this.#changes.clear();
    this.#claims.clear();
    this.#snapshot.exec('ROLLBACK');
  }

  get connection(): Connection {
    return this.#snapshot;
  }

  /** Takes the document for this transaction and gives the committed bytes under it. */
  #own(collection: Collection, row: Row): Buffer | undefined {
    const mine = this.#changes.get(collection.id)?.rows.get(row.rid);
    if (mine) return mine.before;
    for (const other of this.#others) if (other !== this && other.holds(collection, row.rid)) throw writeConflict();
    const latest = readRow(this.#latest, collection, row.rid);
    if (!latest?.bytes.equals(row.bytes)) throw writeConflict();
    return row.bytes;
  }

  #rows(collection: Collection): Map<number, Change> {
    const known = this.#changes.get(collection.id);
    if (known) return known.rows;
    const rows = new Map<number, Change>();
    this.#changes.set(collection.id, { collection, rows });
    return rows;
  }

  #claim(collection: Collection, document: Document, rid: number): void {
    const wanted: [Index, string][] = [];
    for (const index of collection.indexes) {
      // Also finds out about parallel arrays before anything is changed.
      const { keys, values } = entriesOf(index, document);
      if (!index.unique) continue;
      for (const [i, key] of keys.entries()) {
        this.#checkUnique(collection, index, key, rid, () => duplicateKey(collection, index, values[i] ?? []));
        wanted.push([index, key.toString('latin1')]);
      }
    }
    for (const [index, key] of wanted) {
      const claims = this.#claims.get(index.id) ?? new Map<string, number>();
      this.#claims.set(index.id, claims.set(key, rid));
    }
  }

  #checkUnique(collection: Collection, index: Index, key: Buffer, rid: number, duplicate: () => CommandError): void {
    const mine = this.#claims.get(index.id)?.get(key.toString('latin1'));
    if (mine !== undefined && mine !== rid) throw duplicate();
    const rows = this.#changes.get(collection.id)?.rows;
    const foreign = (found: number) => found !== rid && !rows?.has(found);
    if (index.id <= this.#lastIndex && ridsWithKey(this.#snapshot, index, key).some(foreign)) throw duplicate();
    if (ridsWithKey(this.#latest, index, key).some(foreign)) throw writeConflict();
    for (const other of this.#others) if (other !== this && other.claims(index, key)) throw writeConflict();
  }

  #release(collection: Collection, rid: number): void {
    for (const index of collection.indexes) {
      const claims = this.#claims.get(index.id);
      if (!claims) continue;
      for (const [key, holder] of claims) if (holder === rid) claims.delete(key);
    }
  }
}
