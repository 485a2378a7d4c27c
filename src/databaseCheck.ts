import type { Db } from 'mongodb';
import { MongoServerError } from 'mongodb';
import type { Store } from './commands/ports.ts';
import type { Config } from './config.ts';
import { censusOf, collectionsOf, withDatabase } from './databaseCensus.ts';
import { type FileReport, type Progress, startEmbeddedMongo } from './embedded-mongo/index.ts';
import { migrations } from './store/migrations/migrate.ts';
import { openStore } from './store/openStore.ts';

export { checkEmbeddedMongo } from './embedded-mongo/index.ts';

/** Codes of servers that have no `validate`: CommandNotFound, NotImplemented, CommandNotSupported, Unauthorized. */
const hasNoValidate = new Set([59, 238, 115, 13]);

export type ServerReport = FileReport & {
  /** False where the server has no `validate`, or not for this user. */
  readonly validated: boolean;
};

/**
 * What of a check a MongoDB server can be asked: its own validation of each collection (in the background, so that writers
 * are not held up), and a hash of each collection.
 */
export function checkServer(uri: string, onProgress: (progress: Progress) => void): Promise<ServerReport> {
  return withDatabase(uri, async (db) => {
    const faults: FileReport['faults'][number][] = [];
    const collections: FileReport['collections'][number][] = [];
    let validated = true;
    const infos = (await collectionsOf(db)).filter(({ type }) => type !== 'view');
    for (const { name } of infos) {
      const found = await validate(db, name);
      if (found === null) validated = false;
      for (const problem of found ?? []) faults.push({ kind: 'index', place: `${db.databaseName}.${name}`, problem });
      const of = await db.collection(name).estimatedDocumentCount();
      collections.push(await censusOf(db, name, (done) => onProgress({ step: 'documents and indexes', done, of })));
    }
    return { faults, collections, validated };
  });
}

/** The errors that the server names, or null where it cannot say. */
async function validate(db: Db, name: string): Promise<readonly string[] | null> {
  try {
    const found = await db.command({ validate: name, background: true });
    if (found.valid === true) return [];
    const errors: readonly unknown[] = Array.isArray(found.errors) ? found.errors : [];
    return errors.length === 0 ? ['the server calls it invalid'] : errors.map(String);
  } catch (error) {
    if (error instanceof MongoServerError && hasNoValidate.has(Number(error.code))) return null;
    throw error;
  }
}

/**
 * Lends the store for reading; where it is not of this program's schema, says why it cannot be read instead: a check
 * never brings a schema up to date.
 */
export async function withStoreToCheck<T>(
  config: Config,
  use: (store: Store) => Promise<T>,
): Promise<T | { readonly why: string }> {
  const engine = config.mongodbUri === null ? await startEmbeddedMongo({ file: config.databaseFile }) : null;
  try {
    const uri = config.mongodbUri ?? engine?.uri ?? '';
    const newest = migrations.at(-1)?.number ?? 0;
    const schema = await withDatabase(uri, (db) =>
      db.collection<{ _id: string; number: number }>('schema').findOne({ _id: 'schema' }),
    );
    if (schema === null) return { why: 'there is no store in it' };
    if (schema.number !== newest) {
      return {
        why: `the store has schema ${schema.number}, this program ${newest}: start the product once, then check`,
      };
    }
    const opened = await openStore({ uri });
    try {
      return await use(opened.store);
    } finally {
      await opened.close();
    }
  } finally {
    await engine?.close();
  }
}
