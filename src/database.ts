import MongoStore from 'connect-mongo';
import type { Store } from './commands/ports.ts';
import type { Config } from './config.ts';
import { startEmbeddedMongo } from './embedded-mongo/index.ts';
import { openStore } from './store/openStore.ts';

export type Database = {
  readonly store: Store;
  /** Sessions live in the same database. */
  readonly sessions: () => MongoStore;
  readonly close: () => Promise<void>;
};

/** The store on MongoDB, or on the embedded engine where no address is given: one code path behind it. */
export async function openDatabase(config: Config, onLog: (line: string) => void): Promise<Database> {
  const engine =
    config.mongodbUri === null
      ? await startEmbeddedMongo({
          file: config.databaseFile,
          memoryMegabytes: config.databaseMegabytes ?? undefined,
          onLog,
        })
      : null;
  const opened = await openStore({ uri: config.mongodbUri ?? engine?.uri ?? '' });
  return {
    store: opened.store,
    sessions: () => {
      const client = opened.connection.getClient();
      // Hours without a request end a session: a minute more or less is not worth a write for every page.
      return MongoStore.create({ client, collectionName: 'sessions', touchAfter: 60 });
    },
    close: async () => {
      await opened.close();
      await engine?.close();
    },
  };
}

export type { CollectionReport, Progress } from './embedded-mongo/index.ts';
export { copyDatabase, restoreEmbeddedMongo } from './embedded-mongo/index.ts';
