import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../../src/embedded-mongo/index.ts';
import { accounts, balanceAtFirst, type Entry, operationOf, type Transfer } from './engineBackupLedger.ts';

// Forked by engineBackup.ts: `serve FILE`, or `write URI SEED CLIENT`. What it has done it says to its parent.

export type ChildSays =
  | { readonly kind: 'ready'; readonly uri: string }
  /** So many writes have been acknowledged. */
  | { readonly kind: 'acknowledged'; readonly count: number }
  /** An answer to `begun?`: so many writes have been begun. */
  | { readonly kind: 'begun'; readonly count: number }
  | { readonly kind: 'failed'; readonly problem: string };

type Account = { readonly _id: number; readonly balance: number };

const say = (said: ChildSays): void => void process.send?.(said);
const [what, ...words] = process.argv.slice(2);

async function serve(file: string): Promise<void> {
  const engine = await startEmbeddedMongo({ file });
  const client = await new MongoClient(engine.uri).connect();
  const db = client.db();
  await db.collection<Entry>('entries').createIndex({ client: 1, n: 1 }, { unique: true });
  await db.collection<Entry>('entries').createIndex({ tags: 1 });
  await db.collection<Entry>('entries').createIndex({ rev: -1 }, { partialFilterExpression: { rev: { $gt: 0 } } });
  await db.collection<Transfer>('transfers').createIndex({ from: 1, to: 1 });
  const all = Array.from({ length: accounts }, (_, _id) => ({ _id, balance: balanceAtFirst }));
  await db.collection<Account>('accounts').insertMany(all);
  await client.close();
  process.on('message', () => void engine.close().then(() => process.disconnect?.()));
  say({ kind: 'ready', uri: engine.uri });
}

async function write(uri: string, seed: number, client: number): Promise<void> {
  const connection = await new MongoClient(uri).connect();
  let begun = 0;
  let stopped = false;
  process.on('message', (message) => {
    if (message === 'stop') stopped = true;
    else say({ kind: 'begun', count: begun });
  });
  for (let k = 0; !stopped; k++) {
    begun = k + 1;
    await perform(connection, seed, client, k);
    say({ kind: 'acknowledged', count: k + 1 });
  }
  await connection.close();
  process.disconnect?.();
}

async function perform(connection: MongoClient, seed: number, client: number, k: number): Promise<void> {
  const db = connection.db();
  const entries = db.collection<Entry>('entries');
  const operation = operationOf(seed, client, k);
  if (operation.kind === 'insert') await entries.insertOne(operation.entry);
  else if (operation.kind === 'update')
    await entries.updateOne({ _id: operation.id }, { $set: { rev: operation.rev } });
  else if (operation.kind === 'delete') await entries.deleteMany({ _id: { $in: operation.ids } });
  else {
    const { transfer } = operation;
    const { from, to, amount } = transfer;
    await connection.withSession((session) =>
      session.withTransaction(async () => {
        const all = db.collection<Account>('accounts');
        await all.updateOne({ _id: from }, { $inc: { balance: -amount } }, { session });
        await all.updateOne({ _id: to }, { $inc: { balance: amount } }, { session });
        await db.collection<Transfer>('transfers').insertOne(transfer, { session });
      }),
    );
  }
}

try {
  if (what === 'serve') await serve(words[0] ?? '');
  else await write(words[0] ?? '', Number(words[1]), Number(words[2]));
} catch (error) {
  say({ kind: 'failed', problem: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  process.exitCode = 1;
  process.disconnect?.();
}
