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

/** Name, the query, the update, the document that is made. */
const cases: [name: string, filter: Document, change: Document | Document[], expected: Document][] = [
  ['an equality', { _id: 1, a: 2 }, { $set: { b: 3 } }, { _id: 1, a: 2, b: 3 }],
  ['$eq', { _id: 1, a: { $eq: 2 } }, { $set: { b: 3 } }, { _id: 1, a: 2, b: 3 }],
  ['a path', { _id: 1, 'a.b': 2 }, { $set: { c: 3 } }, { _id: 1, a: { b: 2 }, c: 3 }],
  [
    'two paths into one document',
    { _id: 1, 'a.b': 2, 'a.c': 3 },
    { $set: { d: 1 } },
    { _id: 1, a: { b: 2, c: 3 }, d: 1 },
  ],
  ['$and', { $and: [{ _id: 1 }, { a: 2 }] }, { $set: { b: 3 } }, { _id: 1, a: 2, b: 3 }],
  ['$or with one clause', { _id: 1, $or: [{ a: 2 }] }, { $set: { b: 3 } }, { _id: 1, a: 2, b: 3 }],
  ['$or with two clauses', { _id: 1, $or: [{ a: 2 }, { a: 3 }] }, { $set: { b: 3 } }, { _id: 1, b: 3 }],
  ['$in with one value', { _id: 1, a: { $in: [2] } }, { $set: { b: 3 } }, { _id: 1, a: 2, b: 3 }],
  ['$in with two values', { _id: 1, a: { $in: [2, 3] } }, { $set: { b: 3 } }, { _id: 1, b: 3 }],
  ['a range', { _id: 1, a: { $gt: 2 } }, { $set: { b: 3 } }, { _id: 1, b: 3 }],
  ['a pattern', { _id: 1, a: /x/ }, { $set: { b: 3 } }, { _id: 1, b: 3 }],
  ['null', { _id: 1, a: null }, { $set: { b: 3 } }, { _id: 1, a: null, b: 3 }],
  ['an array', { _id: 1, a: [1, 2] }, { $set: { b: 3 } }, { _id: 1, a: [1, 2], b: 3 }],
  ['an array that is pushed to', { _id: 1, a: [1] }, { $push: { a: 2 } }, { _id: 1, a: [1, 2] }],
  ['a number that is counted up', { _id: 1, a: 5 }, { $inc: { a: 2, n: 1 } }, { _id: 1, a: 7, n: 1 }],
  ['$setOnInsert', { _id: 1 }, { $setOnInsert: { a: 1 }, $set: { b: 2 } }, { _id: 1, a: 1, b: 2 }],
  ['$setOnInsert of the _id', { a: 1 }, { $setOnInsert: { _id: 8 } }, { _id: 8, a: 1 }],
  ['$unset of what the query gave', { _id: 1, a: 1 }, { $unset: { a: '' } }, { _id: 1 }],
  ['a document as the _id', { _id: { x: 1, y: 2 } }, { $set: { a: 1 } }, { _id: { x: 1, y: 2 }, a: 1 }],
  ['a pipeline', { _id: 1, a: 2 }, [{ $set: { b: { $add: ['$a', 1] } } }], { _id: 1, a: 2, b: 3 }],
];
for (const [name, filter, change, expected] of cases) {
  test(`upsert: ${name}`, async () => {
    const result = await things.updateOne(filter, change, { upsert: true });
    assert.deepEqual([result.matchedCount, result.upsertedCount], [0, 1]);
    assert.deepEqual(result.upsertedId, expected._id);
    assert.deepEqual(await things.find().toArray(), [expected]);
  });
}

const refusals: [name: string, filter: Document, change: Document, code: number][] = [
  ['two equalities for one field', { $and: [{ a: 1 }, { a: 2 }] }, { $set: { b: 1 } }, 54],
  ['an equality and one in $and', { a: 1, $and: [{ a: 2 }] }, { $set: { b: 1 } }, 54],
  ['a field and a part of it', { a: { b: 1 }, 'a.b': 2 }, { $set: { c: 1 } }, 54],
  ['a part and its field', { 'a.b': 2, a: { b: 1 } }, { $set: { c: 1 } }, 54],
  ['another _id than the query', { _id: 1 }, { $set: { _id: 2 } }, 66],
  ['the positional $', { _id: 1, a: 5 }, { $set: { 'b.$': 1 } }, 2],
  ['a part of what the query gave as a number', { _id: 1, a: 5 }, { $set: { 'a.b': 1 } }, 28],
];
for (const [name, filter, change, code] of refusals) {
  test(`upsert refused: ${name}`, async () => {
    await assert.rejects(things.updateOne(filter, change, { upsert: true }), { code });
    assert.equal(await things.countDocuments(), 0);
  });
}

test('a replacement takes only the _id of the query', async () => {
  await things.replaceOne({ _id: 5, a: 1 }, { b: 2 }, { upsert: true });
  assert.deepEqual(await things.find().toArray(), [{ _id: 5, b: 2 }]);
});

test('a new _id is made where none is given', async () => {
  const result = await things.updateOne({ a: 1 }, { $set: { b: 2 } }, { upsert: true });
  const found = await things.findOne({});
  assert.equal(String(found?._id), String(result.upsertedId));
  assert.deepEqual(Object.keys(found ?? {}), ['_id', 'a', 'b']);
});

test('$setOnInsert does nothing to what is there', async () => {
  await things.insertOne({ _id: 1, a: 1 });
  await things.updateOne({ _id: 1 }, { $setOnInsert: { a: 9, b: 9 } }, { upsert: true });
  assert.deepEqual(await things.find().toArray(), [{ _id: 1, a: 1 }]);
});

test('an upsert of many inserts one', async () => {
  const result = await things.updateMany({ a: 1 }, { $set: { b: 2 } }, { upsert: true });
  assert.equal(result.upsertedCount, 1);
  assert.equal(await things.countDocuments({ a: 1, b: 2 }), 1);
});

test('findOneAndUpdate gives null, or the new document', async () => {
  assert.equal(await things.findOneAndUpdate({ _id: 1 }, { $set: { a: 1 } }, { upsert: true }), null);
  const made = await things.findOneAndUpdate({ _id: 2 }, { $inc: { a: 1 } }, { upsert: true, returnDocument: 'after' });
  assert.deepEqual(made, { _id: 2, a: 1 });
});

test('several upserts in one bulk', async () => {
  const result = await things.bulkWrite([
    { updateOne: { filter: { _id: 1 }, update: { $inc: { n: 1 } }, upsert: true } },
    { updateOne: { filter: { _id: 1 }, update: { $inc: { n: 1 } }, upsert: true } },
    { replaceOne: { filter: { _id: 2 }, replacement: { n: 5 }, upsert: true } },
  ]);
  assert.deepEqual([result.upsertedCount, result.matchedCount, result.upsertedIds], [2, 1, { 0: 1, 2: 2 }]);
  assert.deepEqual(await things.find().sort({ _id: 1 }).toArray(), [
    { _id: 1, n: 2 },
    { _id: 2, n: 5 },
  ]);
});
