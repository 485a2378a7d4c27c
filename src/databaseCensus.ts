import { type Db, MongoClient } from 'mongodb';
import { type CollectionReport, createMultisetHash } from './embedded-mongo/index.ts';

/** What the store's own collections are called without; MongoDB keeps these for itself. */
const isSystem = (name: string): boolean => name.startsWith('system.');

export type CollectionInfo = {
  readonly name: string;
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
};

/** Connects, and always closes again. The database is the one that the address names, `test` where it names none. */
export async function withDatabase<T>(uri: string, use: (db: Db) => Promise<T>): Promise<T> {
  const client = new MongoClient(uri, {
    serverSelectionTimeoutMS: 10_000,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
  });
  try {
    return await use((await client.connect()).db());
  } finally {
    await client.close();
  }
}

/** Every collection and view, by name, with its options as they are. */
export async function collectionsOf(db: Db): Promise<readonly CollectionInfo[]> {
  const found: CollectionInfo[] = [];
  for await (const { name, type = 'collection', ...rest } of db.listCollections({}, { promoteValues: false })) {
    const options = 'options' in rest && typeof rest.options === 'object' ? { ...rest.options } : {};
    if (!isSystem(name)) found.push({ name, type, options });
  }
  return found.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The documents of a collection as the bytes that the server sent, in its own order. */
export async function* documentsOf(db: Db, name: string): AsyncGenerator<Buffer> {
  const cursor = db.collection(name).find({}, { raw: true, batchSize: 1000 });
  for await (const document of cursor) {
    if (!(document instanceof Uint8Array)) throw new Error('the driver gave a document that is not raw');
    yield Buffer.from(document.buffer, document.byteOffset, document.byteLength);
  }
}

/** Counts and hashes one collection through the driver; the hash is the one that a check of the file gives. */
export async function censusOf(
  db: Db,
  name: string,
  onDocument: (done: number) => void = () => {},
): Promise<CollectionReport> {
  const hash = createMultisetHash();
  let documents = 0;
  for await (const bytes of documentsOf(db, name)) {
    hash.add(bytes);
    documents++;
    onDocument(documents);
  }
  const indexes = (await db.collection(name).listIndexes().toArray()).length;
  return { db: db.databaseName, name, documents, indexes, hash: hash.digest() };
}
