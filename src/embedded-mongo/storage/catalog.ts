import { randomBytes } from 'node:crypto';
import { Binary, Int32 } from 'bson';
import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import type { Document } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { Matcher } from '../query/match.ts';
import { abandonIndex, type BuildingIndex, dropLeftovers, leaveBuilding } from './building.ts';
import { asBuffer, type Connection } from './connection.ts';
import { describeIndex } from './indexSpec.ts';

export interface Index {
  readonly id: number;
  readonly name: string;
  readonly spec: Document;
  readonly paths: readonly string[];
  readonly parts: readonly (readonly string[])[];
  readonly directions: readonly (1 | -1)[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly hidden: boolean;
  readonly partial: { readonly filter: Document; readonly matches: Matcher } | undefined;
  readonly expireAfterSeconds: number | undefined;
  /** Set with the first document that has an array there; never taken back. */
  multikey: boolean;
}

export interface Collection {
  readonly id: number;
  readonly db: string;
  readonly name: string;
  readonly namespace: string;
  readonly uuid: Binary;
  readonly options: Document;
  readonly indexes: Index[];
  /** Indexes under construction: kept in step with what is written, not yet used, listed or checked for duplicates. */
  readonly building: BuildingIndex[];
}

/** Which collections and indexes there are: read once, then kept in step with what is written. */
export class Catalog {
  readonly #connection: Connection;
  #collections = new Map<string, Collection>();
  /** Something was changed that is not committed. */
  #changed = false;
  #stale = true;

  constructor(connection: Connection) {
    this.#connection = connection;
    dropLeftovers(connection);
    this.refresh();
  }

  /** What was changed is committed. */
  keep(): void {
    this.#changed = false;
  }

  /** What was changed may have been rolled back: memory may know of what is not there. */
  undo(): void {
    this.#stale ||= this.#changed;
  }

  /** Reads everything anew where that is needed. Where it fails, it is tried again the next time. */
  refresh(): void {
    if (!this.#stale) return;
    this.#collections = this.#read();
    this.#stale = false;
  }

  #read(): Map<string, Collection> {
    const collections = new Map<string, Collection>();
    const byId = new Map<number, Collection>();
    for (const [id, db, name, uuid, options] of this.#connection.rows(
      'SELECT id, db, name, uuid, options FROM collections ORDER BY id',
    )) {
      const collection: Collection = {
        id: Number(id),
        db: String(db),
        name: String(name),
        namespace: `${db}.${name}`,
        uuid: new Binary(asBuffer(uuid), 4),
        options: decode(asBuffer(options)),
        indexes: [],
        building: [],
      };
      // One that is still there stays the same object: work that was parked holds it.
      const known = this.#collections.get(collection.namespace);
      const kept = known?.id === collection.id ? known : collection;
      byId.set(collection.id, kept);
      collections.set(collection.namespace, kept);
    }
    const before = new Map<number, Index>();
    for (const collection of byId.values())
      for (const index of collection.indexes.splice(0)) before.set(index.id, index);
    for (const [id, collection, spec, multikey] of this.#connection.rows(
      'SELECT id, collection, spec, multikey FROM indexes ORDER BY id',
    )) {
      const described = describeIndex(Number(id), decode(asBuffer(spec)), multikey === 1);
      const known = before.get(described.id);
      const same = known !== undefined && encode(known.spec).equals(asBuffer(spec));
      if (same) known.multikey = described.multikey;
      byId.get(Number(collection))?.indexes.push(same ? known : described);
    }
    return collections;
  }

  find(db: string, name: string): Collection | undefined {
    return this.#collections.get(`${db}.${name}`);
  }

  all(db?: string): Collection[] {
    return [...this.#collections.values()].filter((collection) => db === undefined || collection.db === db);
  }

  create(db: string, name: string, options: Document): Collection {
    checkName(db, name);
    this.#changed = true;
    const uuid = randomBytes(16);
    uuid[6] = ((uuid[6] as number) & 0x0f) | 0x40;
    uuid[8] = ((uuid[8] as number) & 0x3f) | 0x80;
    const { lastInsertRowid: id } = this.#connection.run(
      'INSERT INTO collections (db, name, uuid, options) VALUES (?, ?, ?, ?)',
      db,
      name,
      uuid,
      encode(options),
    );
    this.#connection.exec(`CREATE TABLE c_${id} (rid INTEGER PRIMARY KEY, bson BLOB NOT NULL)`);
    const collection: Collection = {
      id,
      db,
      name,
      namespace: `${db}.${name}`,
      uuid: new Binary(uuid, 4),
      options,
      indexes: [],
      building: [],
    };
    this.#collections.set(collection.namespace, collection);
    this.addIndex(collection, { v: new Int32(2), key: { _id: new Int32(1) }, name: '_id_' });
    return collection;
  }

  drop(collection: Collection): void {
    this.#changed = true;
    for (const building of [...collection.building]) abandonIndex(this.#connection, collection, building);
    for (const index of [...collection.indexes]) this.dropIndex(collection, index);
    this.#connection.run('DELETE FROM collections WHERE id = ?', collection.id);
    this.#connection.exec(`DROP TABLE c_${collection.id}`);
    this.#collections.delete(collection.namespace);
  }

  /** Makes an empty index. Who calls fills it. */
  addIndex(collection: Collection, spec: Document): Index {
    describeIndex(0, spec, false);
    this.#changed = true;
    const { lastInsertRowid: id } = this.#connection.run(
      'INSERT INTO indexes (collection, spec) VALUES (?, ?)',
      collection.id,
      encode(spec),
    );
    this.#connection.exec(
      `CREATE TABLE i_${id} (k BLOB NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (k, rid)) WITHOUT ROWID`,
    );
    const index = describeIndex(id, spec, false);
    collection.indexes.push(index);
    return index;
  }

  /** An index under construction is full: from now on it is like any other. */
  finishIndex(collection: Collection, building: BuildingIndex): Index {
    this.#changed = true;
    const { spec, multikey, id: before } = building.index;
    // Its number is given only now, for a snapshot knows by the last number which indexes it has.
    const { lastInsertRowid: id } = this.#connection.run(
      'INSERT INTO indexes (collection, spec, multikey) VALUES (?, ?, ?)',
      collection.id,
      encode(spec),
      multikey ? 1 : 0,
    );
    this.#connection.exec(`ALTER TABLE i_${before} RENAME TO i_${id}`);
    const index = describeIndex(id, spec, multikey);
    collection.indexes.push(index);
    leaveBuilding(collection, building);
    return index;
  }

  dropIndex(collection: Collection, index: Index): void {
    this.#changed = true;
    this.#connection.run('DELETE FROM indexes WHERE id = ?', index.id);
    this.#connection.exec(`DROP TABLE i_${index.id}`);
    collection.indexes.splice(collection.indexes.indexOf(index), 1);
  }

  changeIndex(collection: Collection, index: Index, spec: Document): void {
    this.#changed = true;
    this.#connection.run('UPDATE indexes SET spec = ? WHERE id = ?', encode(spec), index.id);
    collection.indexes[collection.indexes.indexOf(index)] = describeIndex(index.id, spec, index.multikey);
  }

  markMultikey(index: Index): void {
    this.#changed = true;
    index.multikey = true;
    this.#connection.run('UPDATE indexes SET multikey = 1 WHERE id = ?', index.id);
  }
}

/** Throws InvalidNamespace. */
export function checkName(db: string, name: string): void {
  if (db === '' || db.length > 63 || /[/\\. "$\0]/.test(db))
    throw new CommandError(73, `Invalid database name: '${db}'`);
  const bad =
    name === '' || name.startsWith('.') || name.endsWith('.') || /[$\0]/.test(name) || name.startsWith('system.');
  if (bad || Buffer.byteLength(`${db}.${name}`) > 255) throw new CommandError(73, `Invalid collection name: '${name}'`);
}
