import { decode } from '../bson/decode.ts';
import type { Document } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { BuildingIndex, Catalog, Collection, Index } from './catalog.ts';
import type { Connection } from './connection.ts';
import { duplicateKey } from './duplicate.ts';
import { type Entries, entriesOf } from './entries.ts';
import { readRow, ridsWithKey, scanRows } from './scan.ts';
import type { Transaction } from './transaction.ts';
import type { Access, Row, Tally, View } from './view.ts';

export const maxDocumentBytes = 16 * 1024 * 1024;

/** Thrown when a write has to wait for an open transaction; the whole command is undone and tried again. */
export class Blocked extends Error {}

/** The committed documents, as commands outside of transactions see them and change them. */
export class Committed implements View {
  readonly transaction = false;
  readonly #connection: Connection;
  readonly #catalog: Catalog;
  readonly #open: ReadonlySet<Transaction>;
  readonly #beforeWrite: () => void;

  constructor(connection: Connection, catalog: Catalog, open: ReadonlySet<Transaction>, beforeWrite: () => void) {
    this.#connection = connection;
    this.#catalog = catalog;
    this.#open = open;
    this.#beforeWrite = beforeWrite;
  }

  indexes(collection: Collection): readonly Index[] {
    return collection.indexes;
  }

  isOrdered(): boolean {
    return true;
  }

  scan(collection: Collection, access: Access, expected: number, tally?: Tally): Generator<Row> {
    return scanRows(this.#connection, collection, access, expected, tally);
  }

  get(collection: Collection, rid: number): Row | undefined {
    return readRow(this.#connection, collection, rid);
  }

  insert(collection: Collection, document: Document, bytes: Buffer): void {
    this.#beforeWrite();
    checkSize(bytes);
    const entries = collection.indexes.map((index) => entriesOf(index, document));
    for (const [i, index] of collection.indexes.entries())
      this.#checkUnique(collection, index, entries[i] as Entries, undefined);
    const coming = collection.building.map((building) => ({ building, entries: entriesOf(building.index, document) }));
    const { lastInsertRowid: rid } = this.#connection.run(`INSERT INTO c_${collection.id} (bson) VALUES (?)`, bytes);
    for (const [i, index] of collection.indexes.entries()) this.#addEntries(index, entries[i] as Entries, rid);
    for (const { building, entries: added } of coming) this.#addToBuilding(building, added, rid);
  }

  replace(collection: Collection, row: Row, document: Document, bytes: Buffer): void {
    this.#beforeWrite();
    checkSize(bytes);
    this.#waitForRow(collection, row.rid);
    const old = row.document;
    const changes = collection.indexes.map((index) => ({
      index,
      ...difference(entriesOf(index, old), entriesOf(index, document)),
    }));
    for (const { index, added } of changes) this.#checkUnique(collection, index, added, row.rid);
    const coming = collection.building.map((building) => ({
      building,
      entries: entriesOf(building.index, document),
      before: entriesOf(building.index, old),
    }));
    this.#connection.run(`UPDATE c_${collection.id} SET bson = ? WHERE rid = ?`, bytes, row.rid);
    for (const { index, removed, added } of changes) {
      for (const key of removed)
        this.#connection.run(`DELETE FROM i_${index.id} WHERE k = ? AND rid = ?`, key, row.rid);
      this.#addEntries(index, added, row.rid);
    }
    for (const { building, entries, before } of coming) {
      this.#removeKeys(building.index, before, row.rid);
      this.#addToBuilding(building, entries, row.rid);
    }
  }

  /** Several documents at once: unique values may be swapped between them. */
  replaceAll(collection: Collection, replacements: readonly (readonly [Row, Buffer])[]): void {
    if (replacements.length === 0) return;
    this.#beforeWrite();
    for (const [row, bytes] of replacements) {
      this.#removeEntries(collection, row);
      this.#connection.run(`UPDATE c_${collection.id} SET bson = ? WHERE rid = ?`, bytes, row.rid);
    }
    for (const [row, bytes] of replacements) {
      const document = decode(bytes);
      for (const index of collection.indexes) {
        const entries = entriesOf(index, document);
        this.#checkUnique(collection, index, entries, row.rid);
        this.#addEntries(index, entries, row.rid);
      }
      for (const building of collection.building)
        this.#addToBuilding(building, entriesOf(building.index, document), row.rid);
    }
  }

  remove(collection: Collection, row: Row): void {
    this.#beforeWrite();
    this.#waitForRow(collection, row.rid);
    this.#removeEntries(collection, row);
    this.#connection.run(`DELETE FROM c_${collection.id} WHERE rid = ?`, row.rid);
  }

  /** Puts one document into an index under construction; it may be there already. */
  addToIndex(building: BuildingIndex, row: Row): void {
    this.#addToBuilding(building, entriesOf(building.index, row.document), row.rid);
  }

  /** What keeps an index under construction from being unique; looks only at keys that were twice at some time. */
  duplicateIn(collection: Collection, { index, doubtful }: BuildingIndex): CommandError | undefined {
    for (const [text, values] of doubtful) {
      if (ridsWithKey(this.#connection, index, Buffer.from(text, 'latin1')).length > 1)
        return duplicateKey(collection, index, values);
      doubtful.delete(text);
    }
    return undefined;
  }

  #removeEntries(collection: Collection, row: Row): void {
    for (const index of collection.indexes) this.#removeKeys(index, entriesOf(index, row.document), row.rid);
    for (const { index } of collection.building) this.#removeKeys(index, entriesOf(index, row.document), row.rid);
  }

  #removeKeys(index: Index, { keys }: Entries, rid: number): void {
    for (const key of keys) this.#connection.run(`DELETE FROM i_${index.id} WHERE k = ? AND rid = ?`, key, rid);
  }

  /** Duplicates do not fail a write while the index is not there yet: they are looked at again when it is full. */
  #addToBuilding({ index, doubtful }: BuildingIndex, entries: Entries, rid: number): void {
    if (index.unique) {
      for (const [i, key] of entries.keys.entries()) {
        const others = ridsWithKey(this.#connection, index, key).some((found) => found !== rid);
        if (others) doubtful.set(key.toString('latin1'), entries.values[i] ?? []);
      }
    }
    this.#addEntries(index, entries, rid);
  }

  #addEntries(index: Index, entries: Entries, rid: number): void {
    if (entries.multikey && !index.multikey) this.#catalog.markMultikey(index);
    for (const key of entries.keys)
      this.#connection.run(`INSERT OR IGNORE INTO i_${index.id} (k, rid) VALUES (?, ?)`, key, rid);
  }

  #checkUnique(collection: Collection, index: Index, entries: Entries, rid: number | undefined): void {
    if (!index.unique) return;
    for (const [i, key] of entries.keys.entries()) {
      if (ridsWithKey(this.#connection, index, key).some((found) => found !== rid)) {
        throw duplicateKey(collection, index, entries.values[i] ?? []);
      }
      for (const transaction of this.#open) if (transaction.claims(index, key)) throw new Blocked();
    }
  }

  #waitForRow(collection: Collection, rid: number): void {
    for (const transaction of this.#open) if (transaction.holds(collection, rid)) throw new Blocked();
  }
}

export function checkSize(bytes: Buffer): void {
  if (bytes.length > maxDocumentBytes) {
    throw new CommandError(
      10334,
      `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and ${maxDocumentBytes}`,
    );
  }
}

function difference(before: Entries, after: Entries): { removed: Buffer[]; added: Entries } {
  const text = (key: Buffer) => key.toString('latin1');
  const old = new Set(before.keys.map(text));
  const now = new Set(after.keys.map(text));
  const fresh = [...after.keys.keys()].filter((i) => !old.has(text(after.keys[i] as Buffer)));
  return {
    removed: before.keys.filter((key) => !now.has(text(key))),
    added: {
      keys: fresh.map((i) => after.keys[i] as Buffer),
      values: fresh.map((i) => after.values[i] ?? []),
      multikey: after.multikey,
    },
  };
}
