import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Collection, Document } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

type Doc = Document & { _id: number };
let contract: Contract;
let things: Collection<Doc>;

before(async () => {
  contract = await openContract();
  things = contract.db.collection<Doc>('things');
});
beforeEach(async () => {
  await things.deleteMany({});
});
after(async () => {
  await contract.close();
});

async function ids(filter: Document): Promise<number[]> {
  return (await things.find(filter).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
}

const rows: Doc[] = [
  { _id: 1, n: 5, s: 'apple', tags: ['a', 'b'], at: new Date(1000), o: { x: 1, y: 2 } },
  { _id: 2, n: 10, s: 'Apple', tags: [], o: { x: 1 } },
  {
    _id: 3,
    n: null,
    s: 'pear',
    list: [
      { k: 1, v: 2 },
      { k: 2, v: 1 },
    ],
  },
  { _id: 4, s: 'été', list: [{ k: 1, v: 1 }], tags: ['c'] },
  { _id: 5, n: [3, 20], deep: [{ a: [{ b: 1 }] }] },
];

const queries: [string, Document, number[]][] = [
  ['equality', { n: 5 }, [1]],
  ['null finds missing', { n: null }, [3, 4]],
  ['$eq', { s: { $eq: 'pear' } }, [3]],
  ['$ne', { n: { $ne: 5 } }, [2, 3, 4, 5]],
  ['$gt in an array', { n: { $gt: 10 } }, [5]],
  ['$gte', { n: { $gte: 10 } }, [2, 5]],
  ['$lt', { n: { $lt: 5 } }, [5]],
  ['$lte', { n: { $lte: 5 } }, [1, 5]],
  ['a range', { n: { $gt: 4, $lt: 8 } }, [1, 5]],
  ['types do not mix', { s: { $gt: 3 } }, []],
  ['$in', { n: { $in: [5, 10] } }, [1, 2]],
  ['$in with null', { n: { $in: [null, 10] } }, [2, 3, 4]],
  ['$in with a regex', { s: { $in: [/^app/i] } }, [1, 2]],
  ['$nin', { n: { $nin: [5, null] } }, [2, 5]],
  ['$exists', { n: { $exists: true } }, [1, 2, 3, 5]],
  ['$exists false', { n: { $exists: false } }, [4]],
  ['$type', { n: { $type: 'number' } }, [1, 2, 5]],
  ['$type array', { n: { $type: 'array' } }, [5]],
  ['$type null', { n: { $type: 10 } }, [3]],
  ['$and', { $and: [{ n: 5 }, { s: 'apple' }] }, [1]],
  ['$or', { $or: [{ n: 5 }, { s: 'pear' }] }, [1, 3]],
  ['$nor', { $nor: [{ n: 5 }, { s: 'pear' }] }, [2, 4, 5]],
  ['$not', { n: { $not: { $gt: 5 } } }, [1, 3, 4]],
  ['$regex', { s: { $regex: '^a', $options: 'i' } }, [1, 2]],
  ['a regex literal', { s: /^a/ }, [1]],
  ['an accent', { s: /^ét/ }, [4]],
  ['$mod', { n: { $mod: [5, 0] } }, [1, 2, 5]],
  ['an element', { tags: 'b' }, [1]],
  ['a whole array', { tags: ['a', 'b'] }, [1]],
  ['an empty array', { tags: [] }, [2]],
  ['$size', { tags: { $size: 2 } }, [1]],
  ['$all', { tags: { $all: ['a', 'b'] } }, [1]],
  ['$elemMatch', { list: { $elemMatch: { k: 1, v: 1 } } }, [4]],
  ['dotted over an array', { 'list.k': 1, 'list.v': 1 }, [3, 4]],
  ['$elemMatch of values', { n: { $elemMatch: { $gt: 2, $lt: 4 } } }, [5]],
  ['an index in a path', { 'list.0.v': 2 }, [3]],
  ['arrays in arrays', { 'deep.a.b': 1 }, [5]],
  ['a document', { o: { x: 1, y: 2 } }, [1]],
  ['a document in another order', { o: { y: 2, x: 1 } }, []],
  ['a dotted path', { 'o.x': 1 }, [1, 2]],
  ['a date', { at: { $lte: new Date(1000) } }, [1]],
  ['$expr', { $expr: { $eq: ['$o.x', 1] } }, [1, 2]],
  ['$bitsAllSet', { n: { $bitsAllSet: 5 } }, [1]],
  ['$comment', { n: 5, $comment: 'why' }, [1]],
];
for (const [name, filter, expected] of queries) {
  test(`query: ${name}`, async () => {
    await things.insertMany(rows);
    assert.deepEqual(await ids(filter), expected);
    assert.equal(await things.countDocuments(filter), (await ids(filter)).length);
  });
}

const updates: [string, Document, Document | Document[], Document, Document?][] = [
  ['$set', { a: 1 }, { $set: { b: { c: 2 }, 'd.e': 3 } }, { a: 1, b: { c: 2 }, d: { e: 3 } }],
  ['$unset', { a: 1, b: 2 }, { $unset: { b: '' } }, { a: 1 }],
  ['$unset in an array', { a: [1, 2] }, { $unset: { 'a.0': '' } }, { a: [null, 2] }],
  ['$inc', { a: 1 }, { $inc: { a: 2, b: 5 } }, { a: 3, b: 5 }],
  ['$mul', { a: 3 }, { $mul: { a: 2, b: 5 } }, { a: 6, b: 0 }],
  ['$min', { a: 3 }, { $min: { a: 2 } }, { a: 2 }],
  ['$max', { a: 3 }, { $max: { a: 2 } }, { a: 3 }],
  ['$rename', { a: 3 }, { $rename: { a: 'b.c' } }, { b: { c: 3 } }],
  ['$setOnInsert does nothing', { a: 3 }, { $setOnInsert: { a: 9 }, $set: { b: 1 } }, { a: 3, b: 1 }],
  ['$push', { a: [1] }, { $push: { a: 2, b: 1 } }, { a: [1, 2], b: [1] }],
  [
    '$push with all',
    { a: [3, 1] },
    { $push: { a: { $each: [2, 5], $sort: 1, $slice: -3, $position: 0 } } },
    { a: [2, 3, 5] },
  ],
  ['$addToSet', { a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] } } }, { a: [1, 2] }],
  ['$pop', { a: [1, 2, 3] }, { $pop: { a: -1 } }, { a: [2, 3] }],
  ['$pull', { a: [1, 5, 3] }, { $pull: { a: { $gte: 3 } } }, { a: [1] }],
  ['$pull documents', { a: [{ k: 1, v: 1 }, { k: 2 }] }, { $pull: { a: { k: 1 } } }, { a: [{ k: 2 }] }],
  ['$pullAll', { a: [1, 5, 3] }, { $pullAll: { a: [1, 3] } }, { a: [5] }],
  ['$bit', { a: 5 }, { $bit: { a: { and: 6, or: 8 } } }, { a: 12 }],
  ['an index', { a: [1, 2] }, { $set: { 'a.3': 9 } }, { a: [1, 2, null, 9] }],
  ['$[]', { a: [{ n: 1 }, { n: 2 }] }, { $inc: { 'a.$[].n': 1 } }, { a: [{ n: 2 }, { n: 3 }] }],
  [
    'arrayFilters',
    { a: [{ n: 1 }, { n: 2 }] },
    { $set: { 'a.$[e].n': 0 } },
    { a: [{ n: 1 }, { n: 0 }] },
    { arrayFilters: [{ 'e.n': { $gt: 1 } }] },
  ],
  [
    'arrayFilters of values',
    { a: [1, 7] },
    { $set: { 'a.$[e]': 0 } },
    { a: [1, 0] },
    { arrayFilters: [{ e: { $gt: 5 } }] },
  ],
  ['a pipeline', { a: 2 }, [{ $set: { b: { $multiply: ['$a', 2] } } }, { $unset: 'a' }], { b: 4 }],
  ['order of new fields', {}, { $set: { z: 1, a: 1, m: 1 } }, { a: 1, m: 1, z: 1 }],
];
for (const [name, start, change, expected, options] of updates) {
  test(`update: ${name}`, async () => {
    await things.insertOne({ _id: 1, ...start });
    const result = await things.updateOne({ _id: 1 }, change, options);
    assert.equal(result.matchedCount, 1);
    const found = await things.findOne({ _id: 1 });
    assert.deepEqual(found, { _id: 1, ...expected });
    assert.deepEqual(Object.keys(found ?? {}), ['_id', ...Object.keys(expected)]);
  });
}

test('the positional $ changes the element that the query found', async () => {
  await things.insertOne({ _id: 1, list: [{ k: 1 }, { k: 2 }, { k: 2 }] });
  await things.updateOne({ 'list.k': 2 }, { $set: { 'list.$.seen': true } });
  assert.deepEqual((await things.findOne({}))?.list, [{ k: 1 }, { k: 2, seen: true }, { k: 2 }]);
  await things.updateOne({ list: { $elemMatch: { k: 1 } } }, { $inc: { 'list.$.k': 10 } });
  assert.equal((await things.findOne({}))?.list[0].k, 11);
});

test('upsert takes the equalities of the query and $setOnInsert', async () => {
  const result = await things.updateOne(
    { _id: 7, s: 'x', n: { $gt: 3 } },
    { $set: { a: 1 }, $setOnInsert: { b: 2 } },
    { upsert: true },
  );
  assert.equal(result.upsertedId, 7);
  assert.deepEqual(await things.findOne({}), { _id: 7, s: 'x', a: 1, b: 2 });
  const again = await things.updateOne({ _id: 7 }, { $set: { a: 1 } }, { upsert: true });
  assert.deepEqual([again.matchedCount, again.modifiedCount, again.upsertedCount], [1, 0, 0]);
});

test('replace, updateMany, deleteOne, deleteMany, bulkWrite', async () => {
  await things.insertMany(rows);
  await things.replaceOne({ _id: 1 }, { z: 1 });
  assert.deepEqual(await things.findOne({ _id: 1 }), { _id: 1, z: 1 });
  assert.equal((await things.updateMany({ _id: { $gt: 2 } }, { $set: { m: true } })).modifiedCount, 3);
  assert.equal((await things.deleteOne({ m: true })).deletedCount, 1);
  assert.equal((await things.deleteMany({ m: true })).deletedCount, 2);
  const bulk = await things.bulkWrite([
    { insertOne: { document: { _id: 9 } } },
    { updateOne: { filter: { _id: 9 }, update: { $set: { a: 1 } } } },
    { updateOne: { filter: { _id: 10 }, update: { $set: { a: 1 } }, upsert: true } },
    { deleteOne: { filter: { _id: 1 } } },
  ]);
  assert.deepEqual([bulk.insertedCount, bulk.modifiedCount, bulk.upsertedCount, bulk.deletedCount], [1, 1, 1, 1]);
});

test('findAndModify in all its forms', async () => {
  await things.insertMany([
    { _id: 1, n: 1 },
    { _id: 2, n: 2 },
  ]);
  assert.deepEqual(await things.findOneAndUpdate({}, { $inc: { n: 5 } }, { sort: { n: -1 } }), { _id: 2, n: 2 });
  assert.deepEqual(
    await things.findOneAndUpdate(
      { _id: 2 },
      { $inc: { n: 1 } },
      { returnDocument: 'after', projection: { n: 1, _id: 0 } },
    ),
    { n: 8 },
  );
  assert.deepEqual(await things.findOneAndReplace({ _id: 2 }, { r: 1 }, { returnDocument: 'after' }), { _id: 2, r: 1 });
  assert.deepEqual(await things.findOneAndDelete({ _id: 2 }), { _id: 2, r: 1 });
  assert.equal(await things.findOneAndDelete({ _id: 2 }), null);
  const upserted = await things.findOneAndUpdate(
    { _id: 3 },
    { $set: { a: 1 } },
    { upsert: true, returnDocument: 'after', includeResultMetadata: true },
  );
  assert.deepEqual([upserted.value, upserted.lastErrorObject?.upserted], [{ _id: 3, a: 1 }, 3]);
});

test('projection', async () => {
  await things.insertOne({
    _id: 1,
    a: 1,
    b: { c: 2, d: 3 },
    l: [
      { x: 1, y: 2 },
      { x: 3, y: 4 },
    ],
    n: [1, 2, 3, 4],
  });
  const shown = async (projection: Document, filter: Document = {}) =>
    (await things.find(filter).project(projection).toArray())[0];
  assert.deepEqual(await shown({ a: 1 }), { _id: 1, a: 1 });
  assert.deepEqual(await shown({ a: 1, _id: 0 }), { a: 1 });
  assert.deepEqual(await shown({ 'b.c': 1, 'l.x': 1, _id: 0 }), { b: { c: 2 }, l: [{ x: 1 }, { x: 3 }] });
  assert.deepEqual(await shown({ l: 0, n: 0, 'b.d': 0 }), { _id: 1, a: 1, b: { c: 2 } });
  assert.deepEqual((await shown({ n: { $slice: -2 } }))?.n, [3, 4]);
  assert.deepEqual(await shown({ n: { $slice: [1, 2] }, a: 1, _id: 0 }), { a: 1, n: [2, 3] });
  assert.deepEqual(await shown({ l: { $elemMatch: { x: 3 } }, _id: 0 }), { l: [{ x: 3, y: 4 }] });
  assert.deepEqual(await shown({ 'l.$': 1, _id: 0 }, { 'l.x': 3 }), { l: [{ x: 3, y: 4 }] });
  assert.deepEqual(await shown({ _id: 0, sum: { $add: ['$a', '$b.c'] } }), { sum: 3 });
  await assert.rejects(shown({ a: 1, b: 0 }), { code: 31254 });
});

test('sort, skip, limit, across types', async () => {
  await things.insertMany([
    { _id: 1, v: 'b' },
    { _id: 2, v: 10 },
    { _id: 3, v: null },
    { _id: 4 },
    { _id: 5, v: true },
    { _id: 6, v: [0, 99] },
    { _id: 7, v: new Date() },
  ]);
  const sorted = async (direction: 1 | -1) =>
    (await things.find().sort({ v: direction, _id: 1 }).toArray()).map(({ _id }) => _id);
  assert.deepEqual(await sorted(1), [3, 4, 6, 2, 1, 5, 7]);
  assert.deepEqual(await sorted(-1), [7, 5, 1, 6, 2, 3, 4]);
  assert.deepEqual(
    (await things.find().sort({ _id: -1 }).skip(1).limit(2).toArray()).map(({ _id }) => _id),
    [6, 5],
  );
});

test('collation of strength 1 and 2', async () => {
  await things.insertMany([
    { _id: 1, s: 'Été' },
    { _id: 2, s: 'été' },
    { _id: 3, s: 'ete' },
  ]);
  const found = async (strength: 1 | 2) =>
    (await things.find({ s: 'ÉTÉ' }).collation({ locale: 'fr', strength }).sort({ _id: 1 }).toArray()).map(
      ({ _id }) => _id,
    );
  assert.deepEqual(await found(2), [1, 2]);
  assert.deepEqual(await found(1), [1, 2, 3]);
});

test('cursors come in batches and can be killed', async () => {
  await things.insertMany(Array.from({ length: 500 }, (_, i) => ({ _id: i, pad: 'x'.repeat(100) })));
  const cursor = things.find().batchSize(7);
  let n = 0;
  for await (const _ of cursor) n++;
  assert.equal(n, 500);
  assert.equal((await things.find().toArray()).length, 500);
  const open = things.find().batchSize(2);
  await open.next();
  await open.close();
  const large = Array.from({ length: 40 }, (_, i) => ({ _id: 1000 + i, pad: 'y'.repeat(1_000_000) }));
  await things.insertMany(large);
  assert.equal((await things.find({ _id: { $gte: 1000 } }).toArray()).length, 40);
  await assert.rejects(contract.db.command({ getMore: open.id ?? 1n, collection: 'things' }), (e: Error) =>
    /cursor id|wrong type/.test(e.message),
  );
});

test('distinct, count, estimatedDocumentCount', async () => {
  await things.insertMany(rows);
  assert.deepEqual(await things.distinct('tags'), ['a', 'b', 'c']);
  assert.deepEqual(await things.distinct('o.x', { _id: { $lt: 3 } }), [1]);
  assert.equal(await things.estimatedDocumentCount(), 5);
  assert.equal(await things.countDocuments({}, { skip: 1, limit: 3 }), 3);
});
