import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Collection } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

type Row = { _id: number; n?: number };
let contract: Contract;
let rows: Collection<Row>;

before(async () => {
  contract = await openContract();
  rows = contract.db.collection<Row>('rows');
});
beforeEach(async () => {
  await rows.deleteMany({});
  await rows.insertMany([1, 2, 3, 4, 5].map((_id) => ({ _id, n: _id * 10 })));
});
after(async () => {
  await contract.close();
});

test('a session that ended is refused by the driver, and one may span several collections', async () => {
  const session = contract.client.startSession();
  await session.withTransaction(async () => {
    await rows.updateOne({ _id: 1 }, { $set: { n: 1 } }, { session });
    await contract.db.collection<Row>('second').insertOne({ _id: 1 }, { session });
  });
  await session.endSession();
  assert.equal((await rows.findOne({ _id: 1 }))?.n, 1);
  assert.equal(await contract.db.collection('second').countDocuments(), 1);
  await assert.rejects(rows.findOne({}, { session }), { name: 'MongoExpiredSessionError' });
});

test('withTransaction gives back what its function gave, and passes an error on', async () => {
  const session = contract.client.startSession();
  assert.equal(await session.withTransaction(async () => (await rows.findOne({ _id: 2 }, { session }))?.n), 20);
  await assert.rejects(
    session.withTransaction(async () => {
      await rows.deleteMany({}, { session });
      throw new RangeError('mine');
    }),
    { name: 'RangeError' },
  );
  assert.equal(session.inTransaction(), false);
  await session.endSession();
  assert.equal(await rows.countDocuments(), 5);
});

test('committing twice and ending a session in the middle', async () => {
  const session = contract.client.startSession();
  session.startTransaction();
  await rows.insertOne({ _id: 6 }, { session });
  await session.commitTransaction();
  await session.commitTransaction();
  session.startTransaction();
  await rows.insertOne({ _id: 7 }, { session });
  await session.endSession();
  assert.deepEqual(await rows.distinct('_id', { _id: { $gt: 5 } }), [6]);
});

test('a session counts its transactions, and an implicit one is not seen', async () => {
  const session = contract.client.startSession();
  for (const _id of [6, 7, 8]) {
    session.startTransaction();
    await rows.insertOne({ _id }, { session });
    if (_id === 7) await session.abortTransaction();
    else await session.commitTransaction();
  }
  await session.endSession();
  assert.deepEqual(await rows.distinct('_id', { _id: { $gt: 5 } }), [6, 8]);
});

test('two clients: what one has committed the other reads', async () => {
  const other = (await contract.another()).db(contract.db.databaseName).collection<Row>('rows');
  await rows.updateOne({ _id: 1 }, { $set: { n: -1 } });
  assert.equal((await other.findOne({ _id: 1 }))?.n, -1);
  const session = contract.client.startSession();
  session.startTransaction();
  await rows.updateOne({ _id: 2 }, { $set: { n: -2 } }, { session });
  assert.equal((await other.findOne({ _id: 2 }))?.n, 20);
  await session.commitTransaction();
  assert.equal((await other.findOne({ _id: 2 }))?.n, -2);
  await session.endSession();
});
