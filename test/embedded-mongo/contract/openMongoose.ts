import mongoose, { type Connection } from 'mongoose';
import { type Contract, openContract } from './openContract.ts';

export type MongooseContract = Contract & {
  /** Mongoose's connection to the file's own database. */
  readonly connection: Connection;
};

/** The contract as an application with Mongoose meets it. */
export async function openMongoose(): Promise<MongooseContract> {
  const contract = await openContract();
  const connection = await mongoose.createConnection(contract.uri, { dbName: contract.db.databaseName }).asPromise();
  return {
    ...contract,
    connection,
    close: async () => {
      // Before the database goes, so that no index is being built in it any more.
      await connection.close();
      await contract.close();
    },
  };
}
