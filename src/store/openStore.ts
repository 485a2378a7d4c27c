import type { Connection } from 'mongoose';
import type { Store } from '../commands/ports.ts';
import { bindStore } from './bindStore.ts';
import { createMemory } from './memory.ts';
import { migrate } from './migrations/migrate.ts';
import { mongoose } from './mongoose.ts';
import { openScope } from './scope.ts';

export type OpenStore = {
  readonly store: Store;
  /** For what speaks to the same database beside the store: sessions. */
  readonly connection: Connection;
  close(): Promise<void>;
};

/** Connects, brings the schema up to date, and gives the store. Throws when the schema is newer than this program. */
export async function openStore(at: { readonly uri: string; readonly dbName?: string }): Promise<OpenStore> {
  const connection = mongoose.createConnection(at.uri, {
    ...(at.dbName === undefined ? {} : { dbName: at.dbName }),
    autoIndex: false,
    autoCreate: false,
    ignoreUndefined: true,
    writeConcern: { w: 'majority', j: true },
    readConcern: { level: 'majority' },
    serverSelectionTimeoutMS: 10_000,
  });
  try {
    await connection.asPromise();
    await migrate(connection);
  } catch (error) {
    await connection.close();
    throw error;
  }
  const store = bindStore(openScope(connection, createMemory()));
  return { store, connection, close: () => connection.close() };
}
