import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type Model, type mongo, Schema } from 'mongoose';
import { type MongooseContract, openMongoose } from './openMongoose.ts';

type Row = { key: string; n: number };
let contract: MongooseContract;
let Row: Model<Row>;

before(async () => {
  contract = await openMongoose();
  Row = contract.connection.model('Row', new Schema<Row>({ key: { type: String, unique: true }, n: Number }));
  await Row.init();
});
beforeEach(async () => {
  await Row.deleteMany({});
});
after(async () => {
  await contract.close();
});

test('session.withTransaction commits all or nothing', async () => {
  const session = await contract.connection.startSession();
  await session.withTransaction(async () => {
    await Row.create([{ key: 'a', n: 1 }], { session });
    await Row.updateOne({ key: 'a' }, { $inc: { n: 1 } }, { session });
    assert.equal(await Row.countDocuments(), 0);
    assert.equal((await Row.findOne({ key: 'a' }).session(session))?.n, 2);
  });
  assert.equal((await Row.findOne())?.n, 2);
  await assert.rejects(
    session.withTransaction(async () => {
      await Row.deleteMany({}, { session });
      throw new Error('no');
    }),
    /no/,
  );
  await session.endSession();
  assert.equal(await Row.countDocuments(), 1);
});

test('connection.transaction puts a document back as it was when the transaction fails', async () => {
  const fresh = new Row({ key: 'a', n: 1 });
  const old = await Row.create({ key: 'b', n: 1 });
  await assert.rejects(
    contract.connection.transaction(async (session) => {
      await fresh.save({ session });
      old.n = 5;
      await old.save({ session });
      assert.equal(fresh.isNew, false);
      throw new Error('away with it');
    }),
    /away with it/,
  );
  assert.equal(fresh.isNew, true);
  assert.ok(old.isModified('n'));
  assert.equal(await Row.countDocuments({ n: 5 }), 0);
  await fresh.save();
  await old.save();
  assert.deepEqual(
    (await Row.find().sort('key').lean()).map(({ key, n }) => `${key}${n}`),
    ['a1', 'b5'],
  );
});

test('a write conflict is tried again until it goes through', async () => {
  await Row.create({ key: 'a', n: 0 });
  let attempts = 0;
  await contract.connection.transaction(async (session) => {
    attempts++;
    const row = await Row.findOne({ key: 'a' }).session(session).orFail();
    // Somebody else is faster, once.
    if (attempts === 1) await Row.updateOne({ key: 'a' }, { $inc: { n: 10 } });
    row.n += 1;
    await row.save();
  });
  assert.equal(attempts, 2);
  assert.equal((await Row.findOne())?.n, 11);
});

test('two transactions on one document: the second is told, with the label to try again', async () => {
  await Row.create({ key: 'a', n: 0 });
  const [one, two] = [await contract.connection.startSession(), await contract.connection.startSession()];
  one.startTransaction();
  two.startTransaction();
  await Row.updateOne({ key: 'a' }, { n: 1 }, { session: one });
  await assert.rejects(Row.updateOne({ key: 'a' }, { n: 2 }, { session: two }), (error: mongo.MongoServerError) => {
    assert.equal(error.code, 112);
    assert.equal(error.codeName, 'WriteConflict');
    return error.hasErrorLabel('TransientTransactionError');
  });
  await one.commitTransaction();
  await two.abortTransaction();
  await Promise.all([one.endSession(), two.endSession()]);
  assert.equal((await Row.findOne())?.n, 1);
});

test('parallel transactions that count up lose nothing', async () => {
  await Row.create({ key: 'a', n: 0 });
  await Promise.all(
    Array.from({ length: 5 }, () =>
      contract.connection.transaction(async (session) => {
        const row = await Row.findOne({ key: 'a' }).session(session).orFail();
        row.n += 1;
        await row.save();
      }),
    ),
  );
  assert.equal((await Row.findOne())?.n, 5);
});

test('a transaction sees the moment when it began', async () => {
  await Row.create({ key: 'a', n: 1 });
  const session = await contract.connection.startSession();
  session.startTransaction({ readConcern: { level: 'snapshot' } });
  assert.equal(await Row.countDocuments({}).session(session), 1);
  await Row.create({ key: 'b', n: 1 });
  assert.equal(await Row.countDocuments({}).session(session), 1);
  assert.deepEqual(await Row.aggregate([{ $group: { _id: null, n: { $sum: '$n' } } }]).session(session), [
    { _id: null, n: 1 },
  ]);
  await session.commitTransaction();
  assert.equal(await Row.countDocuments({}).session(session), 2);
  await session.endSession();
});

test('a duplicate key ends the transaction', async () => {
  await Row.create({ key: 'a', n: 1 });
  const session = await contract.connection.startSession();
  session.startTransaction();
  await Row.create([{ key: 'b', n: 1 }], { session });
  await assert.rejects(Row.create([{ key: 'a', n: 1 }], { session }), { code: 11000 });
  await assert.rejects(session.commitTransaction(), { code: 251 });
  await session.endSession();
  assert.equal(await Row.countDocuments(), 1);
});

test('bulkWrite, insertMany, populate and cursors take a session', async () => {
  await contract.connection.transaction(async (session) => {
    await Row.insertMany(
      [
        { key: 'a', n: 1 },
        { key: 'b', n: 2 },
      ],
      { session },
    );
    await Row.bulkWrite([{ updateMany: { filter: {}, update: { $inc: { n: 1 } } } }], { session });
    const seen: number[] = [];
    for await (const { n } of Row.find().sort('key').session(session).cursor({ batchSize: 1 })) seen.push(n);
    assert.deepEqual(seen, [2, 3]);
    assert.deepEqual(await Row.distinct('n').session(session), [2, 3]);
  });
  assert.equal(await Row.countDocuments({ n: { $gte: 2 } }), 2);
});

test('a session passes on what it wrote to its next read', async () => {
  const session = await contract.connection.startSession({ causalConsistency: true });
  await Row.create([{ key: 'a', n: 1 }], { session });
  assert.equal(await Row.countDocuments({}).session(session), 1);
  await session.endSession();
  assert.equal(session.hasEnded, true);
});
