import { decode } from '../bson/decode.ts';
import type { Document } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { MemoryLimits } from '../memory.ts';
import type { Allowance } from './allowance.ts';
import type { Collection, Index } from './catalog.ts';
import { Changes } from './changes.ts';
import { Claims } from './claims.ts';
import { type Committed, checkSize } from './committed.ts';
import type { Connection } from './connection.ts';
import { duplicateKey } from './duplicate.ts';
import { entriesOf } from './entries.ts';
import { isProvisional } from './provisional.ts';
import { readRow, ridsWithKey, scanRows } from './scan.ts';
import { type Access, Row, type View } from './view.ts';

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
  readonly #changes: Changes;
  readonly #claims = new Claims();
  readonly #read = new Set<number>();
  #nextRid = -2;

  constructor(
    snapshot: Connection,
    latest: Connection,
    committed: Committed,
    others: ReadonlySet<Transaction>,
    allowance: Allowance,
  ) {
    this.#changes = new Changes(allowance);
    this.#snapshot = snapshot;
    this.#latest = latest;
    this.#committed = committed;
    this.#others = others;
    snapshot.exec('BEGIN');
    // The first read fixes the snapshot.
    this.#lastCollection = Number(snapshot.row('SELECT max(id) FROM collections')?.[0] ?? 0);
    this.#lastIndex = Number(snapshot.row('SELECT max(id) FROM indexes')?.[0] ?? 0);
  }

  get memory(): MemoryLimits {
    return this.#committed.memory;
  }

  indexes(collection: Collection): readonly Index[] {
    return collection.indexes.filter((index) => index.id <= this.#lastIndex);
  }

  isOrdered(collection: Collection): boolean {
    return !this.#changes.has(collection);
  }

  holds(collection: Collection, rid: number): boolean {
    return this.#changes.of(collection)?.has(rid) === true;
  }

  claims(index: Index, key: Buffer): boolean {
    return this.#claims.holder(index, key) !== undefined;
  }

  /** Whether it has read or changed anything there: the collection must not be dropped under it. */
  uses(collection: Collection): boolean {
    return this.#read.has(collection.id) || this.#changes.has(collection);
  }

  *scan(collection: Collection, access: Access, expected: number): Generator<Row> {
    this.#read.add(collection.id);
    const rows = this.#changes.of(collection);
    if (collection.id <= this.#lastCollection) {
      for (const row of scanRows(this.#snapshot, collection, access, expected)) if (!rows?.has(row.rid)) yield row;
    }
    // A copy: the scan may be what finds the documents of an update.
    for (const [rid, { after }] of [...(rows ?? [])]) if (after) yield new Row(rid, after, true);
  }

  insert(collection: Collection, document: Document, bytes: Buffer): void {
    checkSize(bytes);
    const rid = this.#nextRid--;
    this.#claim(collection, document, rid);
    this.#changes.set(collection, rid, { before: undefined, after: bytes });
  }

  replace(collection: Collection, row: Row, document: Document, bytes: Buffer): void {
    checkSize(bytes);
    const before = this.#own(collection, row);
    this.#claims.release(collection.id, row.rid);
    try {
      this.#claim(collection, document, row.rid);
    } catch (error) {
      this.#claims.release(collection.id, row.rid);
      if (this.holds(collection, row.rid)) this.#claim(collection, row.document, row.rid);
      throw error;
    }
    this.#changes.set(collection, row.rid, { before, after: bytes });
  }

  remove(collection: Collection, row: Row): void {
    const before = this.#own(collection, row);
    this.#claims.release(collection.id, row.rid);
    this.#changes.set(collection, row.rid, before && { before, after: undefined });
  }

  /** Writes all changes to the committed documents, within the caller's SQLite transaction. */
  commit(current: (collection: Collection) => Collection | undefined): void {
    for (const { collection: known, rows } of this.#changes.all()) {
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
    const mine = this.#changes.of(collection)?.get(row.rid);
    if (mine) return mine.before;
    for (const other of this.#others) if (other !== this && other.holds(collection, row.rid)) throw writeConflict();
    const latest = readRow(this.#latest, collection, row.rid);
    if (!latest?.bytes.equals(row.bytes)) throw writeConflict();
    return row.bytes;
  }

  #claim(collection: Collection, document: Document, rid: number): void {
    const wanted: [Index, Buffer][] = [];
    for (const index of collection.indexes) {
      // Also finds out about parallel arrays before anything is changed.
      const { keys, values } = entriesOf(index, document);
      if (!index.unique) continue;
      for (const [i, key] of keys.entries()) {
        this.#checkUnique(collection, index, key, rid, () => duplicateKey(collection, index, values[i] ?? []));
        wanted.push([index, key]);
      }
    }
    for (const [index, key] of wanted) this.#claims.add(collection.id, rid, index, key);
  }

  #checkUnique(collection: Collection, index: Index, key: Buffer, rid: number, duplicate: () => CommandError): void {
    const mine = this.#claims.holder(index, key);
    if (mine !== undefined && mine !== rid) throw duplicate();
    if (isProvisional(index.id)) return;
    const rows = this.#changes.of(collection);
    const foreign = (found: number) => found !== rid && !rows?.has(found);
    if (index.id <= this.#lastIndex && ridsWithKey(this.#snapshot, index, key).some(foreign)) throw duplicate();
    if (ridsWithKey(this.#latest, index, key).some(foreign)) throw writeConflict();
    for (const other of this.#others) if (other !== this && other.claims(index, key)) throw writeConflict();
  }
}
