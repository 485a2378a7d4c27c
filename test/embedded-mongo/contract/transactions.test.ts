import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Collection, Document, MongoClient } from 'mongodb';
import mongoose from 'mongoose';
import { type Contract, openContract } from './openContract.ts';

type Doc = Document & { _id: number };
let contract: Contract;
let client: MongoClient;
let things: Collection<Doc>;

before(async () => {
  contract = await openContract();
  client = contract.client;
  things = contract.db.collection<Doc>('things');
  await things.createIndex({ u: 1 }, { unique: true, sparse: true });
});
beforeEach(async () => {
  await things.deleteMany({});
  await things.insertMany([
    { _id: 1, n: 1 },
    { _id: 2, n: 2 },
  ]);
});
after(async () => {
  await contract.close();
});

test('a transaction is seen by itself first, by others after the commit', async () => {
  const session = client.startSession();
  session.startTransaction();
  await things.insertOne({ _id: 3, n: 3 }, { session });
  await things.updateOne({ _id: 1 }, { $set: { n: 10 } }, { session });
  await things.deleteOne({ _id: 2 }, { session });
  const inside = await things.find({}, { session }).sort({ n: 1 }).toArray();
  assert.deepEqual(
    inside.map(({ _id }) => _id),
    [3, 1],
  );
  assert.deepEqual(
    (
      await things
        .find({ n: { $gte: 3 } }, { session })
        .sort({ n: -1 })
        .limit(1)
        .toArray()
    )[0]?._id,
    1,
  );
  assert.equal(await things.countDocuments({}, { session }), 2);
  assert.deepEqual(
    (await things.find().sort({ _id: 1 }).toArray()).map(({ _id, n }) => [_id, n]),
    [
      [1, 1],
      [2, 2],
    ],
  );
  await session.commitTransaction();
  await session.commitTransaction();
  assert.deepEqual(
    (await things.find().sort({ _id: 1 }).toArray()).map(({ _id, n }) => [_id, n]),
    [
      [1, 10],
      [3, 3],
    ],
  );
  await session.endSession();
});

test('reads inside see the snapshot, not what others commit meanwhile', async () => {
  const session = client.startSession();
  session.startTransaction();
  assert.equal((await things.findOne({ _id: 1 }, { session }))?.n, 1);
  await things.updateOne({ _id: 1 }, { $set: { n: 99 } });
  await things.insertOne({ _id: 50 });
  assert.equal((await things.findOne({ _id: 1 }, { session }))?.n, 1);
  assert.equal(await things.findOne({ _id: 50 }, { session }), null);
  await assert.rejects(
    things.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session }),
    (error: { code?: number; hasErrorLabel?: (l: string) => boolean }) =>
      error.code === 112 && error.hasErrorLabel?.('TransientTransactionError') === true,
  );
  await session.abortTransaction();
  await session.endSession();
});

test('abort leaves nothing, and a failed statement ends the transaction', async () => {
  const session = client.startSession();
  session.startTransaction();
  await things.insertOne({ _id: 3 }, { session });
  await session.abortTransaction();
  assert.equal(await things.countDocuments(), 2);
  session.startTransaction();
  await things.insertOne({ _id: 4 }, { session });
  await assert.rejects(things.insertOne({ _id: 1 }, { session }), { code: 11000 });
  await assert.rejects(things.insertOne({ _id: 5 }, { session }), { code: 251 });
  await session.abortTransaction();
  assert.equal(await things.countDocuments(), 2);
  await session.endSession();
});

test('the second of two writers of one document gets a WriteConflict', async () => {
  const [a, b] = [client.startSession(), client.startSession()];
  a.startTransaction();
  b.startTransaction();
  await things.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session: a });
  await things.updateOne({ _id: 2 }, { $inc: { n: 1 } }, { session: b });
  await assert.rejects(things.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session: b }), {
    code: 112,
    codeName: 'WriteConflict',
  });
  await a.commitTransaction();
  await b.abortTransaction();
  assert.deepEqual(
    (await things.find().sort({ _id: 1 }).toArray()).map(({ n }) => n),
    [2, 2],
  );
  await Promise.all([a.endSession(), b.endSession()]);
});

test('a writer outside waits for the transaction, others do not', async () => {
  const session = client.startSession();
  session.startTransaction();
  await things.updateOne({ _id: 1 }, { $inc: { n: 1 }, $set: { u: 'taken' } }, { session });
  let done = false;
  const waiting = things.updateOne({ _id: 1 }, { $inc: { n: 10 } }).then(() => {
    done = true;
  });
  const duplicate = things.insertOne({ _id: 9, u: 'taken' });
  duplicate.catch(() => {});
  await things.updateOne({ _id: 2 }, { $inc: { n: 10 } });
  assert.equal(done, false);
  await session.commitTransaction();
  await waiting;
  await assert.rejects(duplicate, { code: 11000 });
  assert.deepEqual(
    (await things.find().sort({ _id: 1 }).toArray()).map(({ n }) => n),
    [12, 12],
  );
  await session.endSession();
});

test('withTransaction retries conflicts until all are counted', async () => {
  await Promise.all(
    Array.from({ length: 8 }, () =>
      client.withSession((session) =>
        session.withTransaction(async () => {
          const found = await things.findOne({ _id: 1 }, { session });
          await things.updateOne({ _id: 1 }, { $set: { n: (found?.n ?? 0) + 1 } }, { session });
        }),
      ),
    ),
  );
  assert.equal((await things.findOne({ _id: 1 }))?.n, 9);
});

test('unique values may be swapped within a transaction', async () => {
  await things.updateOne({ _id: 1 }, { $set: { u: 'a' } });
  await things.updateOne({ _id: 2 }, { $set: { u: 'b' } });
  await client.withSession((session) =>
    session.withTransaction(async () => {
      await things.updateOne({ _id: 1 }, { $set: { u: 'c' } }, { session });
      await things.updateOne({ _id: 2 }, { $set: { u: 'a' } }, { session });
      await things.updateOne({ _id: 1 }, { $set: { u: 'b' } }, { session });
    }),
  );
  assert.deepEqual(
    (await things.find().sort({ _id: 1 }).toArray()).map(({ u }) => u),
    ['b', 'a'],
  );
});

test('a transaction ends with its session or its client', async () => {
  const other = await contract.another();
  const session = other.startSession();
  session.startTransaction();
  await other
    .db(contract.db.databaseName)
    .collection<Doc>('things')
    .updateOne({ _id: 1 }, { $inc: { n: 100 } }, { session });
  const waiting = things.updateOne({ _id: 1 }, { $inc: { n: 1 } });
  await other.close(true);
  await waiting;
  assert.equal((await things.findOne({ _id: 1 }))?.n, 2);
});

test('mongoose transactions, a new collection within one', async () => {
  const connection = await mongoose.createConnection(contract.uri, { dbName: contract.db.databaseName }).asPromise();
  const Note = connection.model('Note', new mongoose.Schema({ text: String, at: Date }, { timestamps: true }));
  await connection.transaction(async (session) => {
    const note = new Note({ text: 'one' });
    await note.save({ session });
    note.text = 'two';
    await note.save({ session });
  });
  assert.equal((await Note.findOne().lean())?.text, 'two');
  await assert.rejects(
    connection.transaction(async (session) => {
      await Note.create([{ text: 'three' }], { session });
      throw new Error('no');
    }),
  );
  assert.equal(await Note.countDocuments(), 1);
  await connection.close();
});
