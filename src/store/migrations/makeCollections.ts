import type { Connection } from 'mongoose';

export type Index = readonly [keys: Readonly<Record<string, 1 | -1>>, options?: { unique?: true; sparse?: true }];
/** Collections by name, each with its indexes. */
export type Collections = Readonly<Record<string, readonly Index[]>>;

/** A collection that is made inside a transaction would block others, so migrations make them all. */
export async function makeCollections(connection: Connection, collections: Collections): Promise<void> {
  const { db } = connection;
  if (db === undefined) throw new Error('The connection is not open.');
  for (const [name, indexes] of Object.entries(collections)) {
    await db.createCollection(name).catch(unlessThere);
    for (const [keys, options] of indexes) await db.collection(name).createIndex(keys, options ?? {});
  }
}

/** Another process may start at the same moment. */
function unlessThere(error: unknown): void {
  const namespaceExists = 48;
  if (!(error instanceof Error && 'code' in error && error.code === namespaceExists)) throw error;
}
