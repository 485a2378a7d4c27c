import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type Connection, type mongo, Schema } from 'mongoose';
import { type MongooseContract, openMongoose } from './openMongoose.ts';

type Row = { key: string; n: number; list: { k: string; v: number }[] };
const modelOf = (connection: Connection) =>
  connection.model(
    'Thing',
    new Schema<Row>({
      key: { type: String, unique: true },
      n: { type: Number, min: 0 },
      list: [{ k: String, v: Number, _id: false }],
    }),
  );

let contract: MongooseContract;
let Thing: ReturnType<typeof modelOf>;

before(async () => {
  contract = await openMongoose();
  Thing = modelOf(contract.connection);
  await Thing.init();
});
beforeEach(async () => {
  await Thing.deleteMany({});
});
after(async () => {
  await contract.close();
});

const keys = async () => (await Thing.find().sort({ key: 1 }).lean()).map(({ key, n }) => `${key}${n}`);

test('bulkWrite: every kind of operation and what it counts', async () => {
  await Thing.insertMany([
    { key: 'a', n: 1 },
    { key: 'b', n: 2 },
    { key: 'c', n: 3 },
  ]);
  const result = await Thing.bulkWrite([
    { insertOne: { document: { key: 'd', n: 4, list: [] } } },
    { updateOne: { filter: { key: 'a' }, update: { $inc: { n: 10 } } } },
    { updateMany: { filter: { n: { $lt: 5 } }, update: { $inc: { n: 1 } } } },
    { replaceOne: { filter: { key: 'b' }, replacement: { key: 'b', n: 99, list: [] } } },
    { deleteOne: { filter: { key: 'c' } } },
    { updateOne: { filter: { key: 'e' }, update: { $set: { n: 5 } }, upsert: true } },
    { deleteMany: { filter: { n: { $gt: 50 } } } },
  ]);
  assert.deepEqual(
    [result.insertedCount, result.matchedCount, result.modifiedCount, result.deletedCount, result.upsertedCount],
    [1, 5, 5, 2, 1],
  );
  assert.deepEqual(await keys(), ['a11', 'd5', 'e5']);
  assert.deepEqual(Object.keys(result.upsertedIds), ['5']);
});

test('bulkWrite in order stops at the first error, without order it goes on', async () => {
  const operations = ['a', 'a', 'b'].map((key) => ({ insertOne: { document: { key, n: 1, list: [] } } }));
  const counts = async (ordered: boolean) => {
    await Thing.deleteMany({});
    const error = await Thing.bulkWrite(operations, { ordered }).then(
      () => assert.fail('a key was there twice'),
      (reason: unknown) => reason as mongo.MongoBulkWriteError,
    );
    assert.equal(error.code, 11000);
    return [error.insertedCount, [error.writeErrors].flat()[0]?.index, await Thing.countDocuments()];
  };
  assert.deepEqual(await counts(true), [1, 1, 1]);
  assert.deepEqual(await counts(false), [2, 1, 2]);
});

test('bulkWrite with arrayFilters', async () => {
  await Thing.create({
    key: 'a',
    n: 1,
    list: [
      { k: 'x', v: 1 },
      { k: 'y', v: 5 },
    ],
  });
  await Thing.bulkWrite([
    {
      updateOne: {
        filter: { key: 'a' },
        update: { $inc: { 'list.$[big].v': 10 } },
        arrayFilters: [{ 'big.v': { $gte: 5 } }],
      },
    },
  ]);
  assert.deepEqual((await Thing.findOne().lean())?.list, [
    { k: 'x', v: 1 },
    { k: 'y', v: 15 },
  ]);
});

test('bulkSave writes only what changed, and refuses a document that has gone', async () => {
  const [one, two] = [await Thing.create({ key: 'a', n: 1 }), await Thing.create({ key: 'b', n: 2 })];
  one.n = 10;
  const fresh = new Thing({ key: 'c', n: 3 });
  const result = await Thing.bulkSave([one, two, fresh]);
  assert.deepEqual([result.insertedCount, result.modifiedCount], [1, 1]);
  assert.deepEqual(await keys(), ['a10', 'b2', 'c3']);
  await Thing.deleteOne({ key: 'b' });
  two.n = 20;
  await assert.rejects(Thing.bulkSave([two]));
});

test('insertMany in order stops, without order keeps what is right and tells what is not', async () => {
  const rows = ['a', 'a', 'b'].map((key) => ({ key, n: 1 }));
  await assert.rejects(Thing.insertMany(rows), { code: 11000 });
  assert.equal(await Thing.countDocuments(), 1);
  await Thing.deleteMany({});
  await assert.rejects(Thing.insertMany(rows, { ordered: false }), (error: mongo.MongoBulkWriteError) => {
    assert.deepEqual(
      [error.writeErrors].flat().map(({ index, code }) => [index, code]),
      [[1, 11000]],
    );
    return true;
  });
  assert.deepEqual(await keys(), ['a1', 'b1']);
});

test('insertMany without order leaves out what does not validate', async () => {
  const result = await Thing.insertMany(
    [
      { key: 'a', n: 1 },
      { key: 'b', n: -1 },
      { key: 'c', n: 2 },
    ],
    {
      ordered: false,
      rawResult: true,
    },
  );
  assert.equal(result.insertedCount, 2);
  assert.equal(result.mongoose?.validationErrors.length, 1);
  assert.deepEqual(await keys(), ['a1', 'c2']);
});

test('insertMany of 2,500 documents, read again with a cursor', async () => {
  await Thing.insertMany(Array.from({ length: 2500 }, (_, n) => ({ key: `k${n}`, n })));
  let sum = 0;
  for await (const { n } of Thing.find().select('n -_id').lean().cursor({ batchSize: 100 })) sum += n;
  assert.equal(sum, (2500 * 2499) / 2);
});

test('create with ordered saves one after the other', async () => {
  await assert.rejects(
    Thing.create(
      [
        { key: 'a', n: 1 },
        { key: 'a', n: 2 },
        { key: 'b', n: 3 },
      ],
      { ordered: true },
    ),
    {
      code: 11000,
    },
  );
  assert.deepEqual(await keys(), ['a1']);
});

test('updateMany and deleteMany count, and an update without effect modifies nothing', async () => {
  await Thing.insertMany([
    { key: 'a', n: 1 },
    { key: 'b', n: 1 },
  ]);
  const same = await Thing.updateMany({}, { $set: { n: 1 } });
  assert.deepEqual([same.matchedCount, same.modifiedCount, same.upsertedCount], [2, 0, 0]);
  assert.equal((await Thing.deleteMany({ n: 1 })).deletedCount, 2);
});

test('replaceOne replaces all but the id', async () => {
  const { _id } = await Thing.create({ key: 'a', n: 1, list: [{ k: 'x', v: 1 }] });
  await Thing.replaceOne({ key: 'a' }, { key: 'z' });
  const found = await contract.db.collection('things').findOne();
  assert.ok(found?._id.equals(_id));
  assert.equal(found?.key, 'z');
  assert.equal(found?.n, undefined);
});
