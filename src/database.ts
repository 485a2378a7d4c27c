import MongoStore from 'connect-mongo';
import type { Store } from './commands/ports.ts';
import type { Config } from './config.ts';
import { restoreEmbeddedMongo, startEmbeddedMongo } from './embedded-mongo/index.ts';
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

/** A hot, verified copy of the embedded database; speaks to the engine of a running server where there is one. */
export async function backupDatabase(config: Config, target: string): Promise<void> {
  const engine = await startEmbeddedMongo({ file: config.databaseFile });
  try {
    await engine.backup(target);
  } finally {
    await engine.close();
  }
}

/** Puts a copy in place of the embedded database; refuses while a server has it open. */
export async function restoreDatabase(config: Config, source: string): Promise<void> {
  await restoreEmbeddedMongo(source, config.databaseFile);
}
