/** Both ways of doing the work: through the official driver, and with `node:sqlite` by hand. */
import { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { deserialize, serialize } from 'bson';
import { GridFSBucket, MongoClient } from 'mongodb';
import type { Row, Works } from './engineWork.ts';
import { chunkBytes } from './engineWork.ts';

const never = (what: string): never => {
  throw new Error(what);
};

/** The official driver with its usual settings, one client. */
export async function throughDriver(uri: string): Promise<Works> {
  const client = await new MongoClient(uri).connect();
  const db = client.db('bench');
  const rows = db.collection<Row>('rows');
  const bucket = new GridFSBucket(db, { chunkSizeBytes: chunkBytes });
  await rows.createIndex({ n: 1 });
  return {
    insertMany: async (documents) => {
      const { insertedCount } = await rows.insertMany(documents);
      if (insertedCount !== documents.length) never(`${insertedCount} were inserted`);
    },
    insertOne: async (row) => {
      await rows.insertOne(row);
    },
    read: (id) => rows.findOne({ _id: id }),
    range: (start, length) =>
      rows
        .find({ n: { $gte: start } })
        .sort({ n: 1 })
        .limit(length)
        .toArray(),
    update: async (id) => {
      const { modifiedCount } = await rows.updateOne({ _id: id }, { $inc: { count: 1 } });
      if (modifiedCount !== 1) never(`${id} was not changed`);
    },
    writeFile: (name, parts) => pipeline(Readable.from(parts), bucket.openUploadStream(name)),
    readFile: (name) => bucket.openDownloadStreamByName(name) as AsyncIterable<Buffer>,
    removeFile: async (name) => {
      for await (const { _id } of bucket.find({ filename: name })) await bucket.delete(_id);
    },
    close: () => client.close(),
  };
}

/** The same rows as blobs of BSON, the same index, the same care: WAL, FULL, one commit for an operation or a batch. */
export function plainSqlite(file: string): Works {
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;
    CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, bson BLOB NOT NULL);
    CREATE INDEX IF NOT EXISTS rows_n ON rows (n);
    CREATE TABLE IF NOT EXISTS chunks (name TEXT, n INTEGER, data BLOB NOT NULL, PRIMARY KEY (name, n)) WITHOUT ROWID;
  `);
  const insert = database.prepare('INSERT INTO rows (id, n, bson) VALUES (?, ?, ?)');
  const one = database.prepare('SELECT bson FROM rows WHERE id = ?');
  const range = database.prepare('SELECT bson FROM rows WHERE n >= ? ORDER BY n LIMIT ?');
  const update = database.prepare('UPDATE rows SET n = ?, bson = ? WHERE id = ?');
  const putChunk = database.prepare('INSERT INTO chunks (name, n, data) VALUES (?, ?, ?)');
  const getChunk = database.prepare('SELECT data FROM chunks WHERE name = ? AND n = ?');
  const dropChunks = database.prepare('DELETE FROM chunks WHERE name = ?');
  const rowIn = (found: unknown): Row => deserialize((found as { bson: Uint8Array }).bson) as unknown as Row;
  const put = (row: Row): void => void insert.run(row._id, row.n, serialize(row));
  const read = (id: number): Row | null => {
    const found = one.get(id);
    return found === undefined ? null : rowIn(found);
  };
  return {
    insertMany: async (documents) => {
      database.exec('BEGIN IMMEDIATE');
      for (const row of documents) put(row);
      database.exec('COMMIT');
    },
    insertOne: async (row) => put(row),
    read: async (id) => read(id),
    range: async (start, length) => range.all(start, length).map(rowIn),
    update: async (id) => {
      database.exec('BEGIN IMMEDIATE');
      const row = read(id) ?? never(`${id} is not there`);
      update.run(row.n, serialize({ ...row, count: row.count + 1 }), id);
      database.exec('COMMIT');
    },
    writeFile: async (name, parts) => {
      let n = 0;
      for (const part of parts) putChunk.run(name, n++, part);
    },
    readFile: async function* (name) {
      for (let n = 0; ; n++) {
        const found = getChunk.get(name, n) as { data: Uint8Array } | undefined;
        if (found === undefined) return;
        yield Buffer.from(found.data.buffer, found.data.byteOffset, found.data.byteLength);
      }
    },
    removeFile: async (name) => void dropChunks.run(name),
    close: async () => database.close(),
  };
}
