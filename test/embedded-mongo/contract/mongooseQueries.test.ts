import assert from 'node:assert/strict';
import { pipeline } from 'node:stream/promises';
import { after, before, beforeEach, test } from 'node:test';
import { type Model, Schema } from 'mongoose';
import { type MongooseContract, openMongoose } from './openMongoose.ts';

type Row = { _id: number; name: string; n: number; tags: string[]; list: { k: string; v: number }[] };
let contract: MongooseContract;
let Row: Model<Row>;

before(async () => {
  contract = await openMongoose();
  const schema = new Schema<Row>({
    _id: Number,
    name: String,
    n: Number,
    tags: [String],
    list: [{ k: String, v: Number, _id: false }],
  });
  Row = contract.connection.model('Row', schema);
  await Row.init();
});
beforeEach(async () => {
  await Row.deleteMany({});
  await Row.insertMany([
    { _id: 1, name: 'ada', n: 1, tags: ['a', 'b'], list: [{ k: 'x', v: 1 }] },
    { _id: 2, name: 'Bob', n: 2, tags: ['b'], list: [] },
    { _id: 3, name: 'cem', n: 3, tags: ['c'], list: [] },
    { _id: 4, name: 'Été', n: 4, tags: [], list: [] },
  ]);
});
after(async () => {
  await contract.close();
});

const ids = (rows: readonly { _id: number }[]) => rows.map(({ _id }) => _id);

test('a chain: where, in, or, sort, skip, limit, select', async () => {
  const found = await Row.find()
    .where('n')
    .gte(1)
    .lte(4)
    .or([{ tags: 'b' }, { name: 'cem' }])
    .sort('-n')
    .skip(1)
    .limit(2)
    .select({ name: 1 })
    .lean();
  assert.deepEqual(found, [
    { _id: 2, name: 'Bob' },
    { _id: 1, name: 'ada' },
  ]);
});

test('select without fields, slices of arrays and elemMatch', async () => {
  const one = await Row.findById(1).select('-name -n -__v').lean();
  assert.deepEqual(one, { _id: 1, tags: ['a', 'b'], list: [{ k: 'x', v: 1 }] });
  assert.deepEqual((await Row.findById(1).slice('tags', -1).lean())?.tags, ['b']);
  const two = await Row.findById(1, { list: { $elemMatch: { k: 'x' } } }).lean();
  assert.deepEqual(two, { _id: 1, list: [{ k: 'x', v: 1 }] });
});

test('findOneAndUpdate: before, after, upsert, what was', async () => {
  assert.equal((await Row.findOneAndUpdate({ _id: 1 }, { n: 10 }))?.n, 1);
  assert.equal((await Row.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } }, { returnDocument: 'after' }))?.n, 11);
  assert.equal(await Row.findOneAndUpdate({ _id: 99 }, { n: 1 }), null);
  const options = { upsert: true, returnDocument: 'after', includeResultMetadata: true } as const;
  const raw = await Row.findOneAndUpdate({ _id: 99 }, { $setOnInsert: { name: 'new' }, $set: { n: 5 } }, options);
  assert.deepEqual(raw.lastErrorObject, { n: 1, updatedExisting: false, upserted: 99 });
  assert.equal(raw.value?.name, 'new');
  assert.equal(raw.value?.n, 5);
});

test('findOneAndUpdate with arrayFilters, sort and projection', async () => {
  await Row.updateOne({ _id: 1 }, { $push: { list: { k: 'y', v: 9 } } });
  const found = await Row.findOneAndUpdate(
    { n: { $lt: 3 } },
    { $set: { 'list.$[e].v': 0 } },
    { sort: { n: 1 }, arrayFilters: [{ 'e.k': 'y' }], returnDocument: 'after', projection: { list: 1 } },
  ).lean();
  assert.deepEqual(found, {
    _id: 1,
    list: [
      { k: 'x', v: 1 },
      { k: 'y', v: 0 },
    ],
  });
});

test('findOneAndReplace and findOneAndDelete', async () => {
  const replaced = await Row.findOneAndReplace({ _id: 2 }, { name: 'new' }, { returnDocument: 'after' });
  assert.equal(replaced?.name, 'new');
  assert.equal(replaced?.n, undefined);
  const removed = await Row.findOneAndDelete({}, { sort: { n: -1 } });
  assert.equal(removed?._id, 4);
  assert.equal(await Row.countDocuments(), 3);
});

test('distinct, countDocuments, estimatedDocumentCount, exists', async () => {
  assert.deepEqual(await Row.distinct('tags', { n: { $lt: 4 } }), ['a', 'b', 'c']);
  assert.equal(await Row.countDocuments({ tags: 'b' }), 2);
  assert.equal(await Row.countDocuments({}, { skip: 1, limit: 2 }), 2);
  assert.equal(await Row.estimatedDocumentCount(), 4);
  assert.deepEqual(await Row.exists({ name: 'ada' }), { _id: 1 });
  assert.equal(await Row.exists({ name: 'nobody' }), null);
});

test('a cursor is read by for await, by next, by eachAsync and as a stream', async () => {
  const seen: number[] = [];
  for await (const { _id } of Row.find().sort({ _id: 1 }).batchSize(1)) seen.push(_id);
  const cursor = Row.find().sort({ _id: 1 }).cursor();
  assert.equal((await cursor.next())?._id, 1);
  await cursor.close();
  await Row.find()
    .sort({ _id: 1 })
    .cursor()
    .eachAsync((rows) => void seen.push(rows.length), { batchSize: 3 });
  const streamed = Row.find()
    .sort({ _id: -1 })
    .cursor({ transform: ({ _id }: Row) => _id });
  await pipeline(streamed, async (rows: AsyncIterable<number>) => {
    for await (const id of rows) seen.push(id);
  });
  assert.deepEqual(seen, [1, 2, 3, 4, 3, 1, 4, 3, 2, 1]);
});

test('collation: case and accents', async () => {
  const collation = { locale: 'en', strength: 1 } as const;
  assert.deepEqual(ids(await Row.find({ name: 'ETE' }).collation(collation)), [4]);
  assert.deepEqual(ids(await Row.find().sort({ name: 1 }).collation({ locale: 'en', strength: 2 })), [1, 2, 3, 4]);
  assert.deepEqual(ids(await Row.find().sort({ name: 1 })), [2, 1, 3, 4]);
  assert.equal(await Row.countDocuments({ name: 'BOB' }, { collation: { locale: 'en', strength: 2 } }), 1);
});

test('a Turkish collation knows the two letters i', async () => {
  await Row.insertMany([
    { _id: 10, name: 'IŞIK' },
    { _id: 11, name: 'işik' },
  ]);
  const collation = { locale: 'tr', strength: 2 } as const;
  assert.deepEqual(ids(await Row.find({ name: 'ışık' }).collation(collation)), [10]);
  assert.deepEqual(ids(await Row.find({ name: 'İŞİK' }).collation(collation)), [11]);
});

test('aggregate: a chain, allowDiskUse, a cursor, facets', async () => {
  const sums = await Row.aggregate<{ _id: string; n: number }>()
    .match({ n: { $lte: 3 } })
    .unwind('$tags')
    .group({ _id: '$tags', n: { $sum: '$n' } })
    .sort({ n: -1, _id: 1 })
    .allowDiskUse(true);
  assert.deepEqual(sums, [
    { _id: 'b', n: 3 },
    { _id: 'c', n: 3 },
    { _id: 'a', n: 1 },
  ]);
  const seen: number[] = [];
  for await (const row of Row.aggregate<Row>([{ $sort: { _id: 1 } }]).cursor({ batchSize: 2 })) seen.push(row._id);
  assert.deepEqual(seen, [1, 2, 3, 4]);
  const [facets] = await Row.aggregate().facet({ few: [{ $limit: 1 }], all: [{ $count: 'n' }] });
  assert.deepEqual([facets.few.length, facets.all], [1, [{ n: 4 }]]);
});

test('regular expressions, $expr, dotted paths and places in arrays', async () => {
  assert.deepEqual(ids(await Row.find({ name: /^b/i })), [2]);
  assert.deepEqual(ids(await Row.find({ $expr: { $gt: ['$n', { $size: '$tags' }] } }).sort('_id')), [2, 3, 4]);
  assert.deepEqual(ids(await Row.find({ 'list.0.k': 'x' })), [1]);
  assert.deepEqual(ids(await Row.find({ list: { $elemMatch: { k: 'x', v: { $lt: 5 } } } })), [1]);
});

test('an update by a pipeline', async () => {
  const stages = [{ $set: { n: { $multiply: ['$n', 10] }, name: { $toUpper: '$name' } } }];
  await Row.updateMany({ n: { $in: [2, 3] } }, stages, { updatePipeline: true });
  const found = await Row.find({ n: { $gte: 20 } })
    .sort('_id')
    .lean();
  assert.deepEqual(
    found.map(({ n, name }) => [n, name]),
    [
      [20, 'BOB'],
      [30, 'CEM'],
    ],
  );
});

test('orFail, and a query that is run twice is refused', async () => {
  await assert.rejects(Row.findById(77).orFail().exec(), { name: 'DocumentNotFoundError' });
  const query = Row.findById(1);
  await query;
  await assert.rejects(query.exec(), { name: 'MongooseError' });
  assert.equal((await query.clone())?._id, 1);
});

test('explain and hint, maxTimeMS and comment', async () => {
  await contract.db.collection('rows').createIndex({ n: 1 }, { name: 'by n' });
  assert.equal(await Row.countDocuments({ n: 2 }).hint('by n').maxTimeMS(30_000).comment('why'), 1);
  const plan = JSON.stringify(await Row.find({ n: 2 }).explain('queryPlanner'));
  assert.match(plan, /"IXSCAN"/);
  await assert.rejects(Row.find().hint('none such').exec(), { code: 2 });
});
