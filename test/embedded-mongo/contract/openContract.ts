import { randomBytes } from 'node:crypto';
import { type Db, MongoClient, type MongoClientOptions } from 'mongodb';
import { startTestEngine } from '../engine.ts';

/** A place where a file of the contract runs, with a database of its own that nobody else writes to. */
export type Contract = {
  readonly client: MongoClient;
  /** For a second client, or for Mongoose; names no database. */
  readonly uri: string;
  readonly db: Db;
  /** Another client of the same place; closed with it. */
  readonly another: (options?: MongoClientOptions) => Promise<MongoClient>;
  /** Drops the database and ends the place. */
  readonly close: () => Promise<void>;
};

/**
 * The contract runs on the embedded engine, and unchanged on the MongoDB that `TEST_MONGODB_URI` names (a replica set, version 7
 * or later, for it has transactions). What only one of the two has stands outside of this folder.
 */
export async function openContract(): Promise<Contract> {
  const outside = process.env.TEST_MONGODB_URI;
  const engine = outside ? null : await startTestEngine();
  const uri = engine?.uri ?? outside ?? '';
  const clients: MongoClient[] = [];
  const another = async (options: MongoClientOptions = {}): Promise<MongoClient> => {
    const client = await new MongoClient(uri, options).connect();
    clients.push(client);
    return client;
  };
  const client = await another();
  const db = client.db(`contract-${randomBytes(6).toString('hex')}`);
  return {
    client,
    uri,
    db,
    another,
    close: async () => {
      await db.dropDatabase();
      await Promise.all(clients.map((each) => each.close()));
      await engine?.close();
    },
  };
}
