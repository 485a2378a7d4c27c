import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Collection, Document, UpdateOptions } from 'mongodb';
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

/** Name, the document before, the update, the document after with its fields in this order. */
type Case = [name: string, start: Document, change: Document | Document[], expected: Document, options?: UpdateOptions];
const cases: Case[] = [
  ['fields appear by name', {}, { $set: { c: 1, a: 1, b: 1 } }, { a: 1, b: 1, c: 1 }],
  [
    'numeric names appear by value',
    { o: {} },
    { $set: { 'o.10': 1, 'o.9': 1, 'o.2': 1 } },
    { o: { 2: 1, 9: 1, 10: 1 } },
  ],
  [
    'fields of several operators appear by name',
    {},
    { $set: { c: 1 }, $inc: { a: 1 }, $push: { b: 1 } },
    { a: 1, b: [1], c: 1 },
  ],
  ['a field that is there keeps its place', { z: 1, a: 1 }, { $set: { a: 2, m: 3 } }, { z: 1, a: 2, m: 3 }],
  ['$set through documents that are not there', {}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }],
  ['$set with a number makes a document, not an array', {}, { $set: { 'a.0': 1 } }, { a: { 0: 1 } }],
  ['$set of null', { a: 1 }, { $set: { a: null } }, { a: null }],
  ['$unset of what is not there', { a: 1 }, { $unset: { b: '', 'a.b': '', 'c.d': '' } }, { a: 1 }],
  ['$unset beyond an array', { a: [1] }, { $unset: { 'a.3': '' } }, { a: [1] }],
  ['$unset of a name in an array', { a: [1] }, { $unset: { 'a.x': '' } }, { a: [1] }],
  ['$inc with a negative number', { a: 3 }, { $inc: { a: -5 } }, { a: -2 }],
  ['$inc of a fraction', { a: 3 }, { $inc: { a: 0.5 } }, { a: 3.5 }],
  ['$mul of what is not there is zero', {}, { $mul: { a: 5 } }, { a: 0 }],
  ['$min with a smaller one', { a: 5 }, { $min: { a: 3 } }, { a: 3 }],
  ['$min with a larger one', { a: 5 }, { $min: { a: 7 } }, { a: 5 }],
  ['$min makes a field', {}, { $min: { a: 7 } }, { a: 7 }],
  ['$max makes a field', {}, { $max: { a: 7 } }, { a: 7 }],
  ['$min: a number is below a string', { a: 'x' }, { $min: { a: 7 } }, { a: 7 }],
  ['$max: a string is above a number', { a: 7 }, { $max: { a: 'x' } }, { a: 'x' }],
  ['$min: null is below a number', { a: 7 }, { $min: { a: null } }, { a: null }],
  ['$max: a date is above a boolean', { a: true }, { $max: { a: new Date(5) } }, { a: new Date(5) }],
  ['$rename to another document', { a: { b: 1 }, c: {} }, { $rename: { 'a.b': 'c.d' } }, { a: {}, c: { d: 1 } }],
  ['$rename over a field', { a: 1, b: 2 }, { $rename: { a: 'b' } }, { b: 1 }],
  ['$rename of what is not there', { a: 1 }, { $rename: { b: 'c' } }, { a: 1 }],
  ['$rename of an array itself', { a: [1, 2] }, { $rename: { a: 'b' } }, { b: [1, 2] }],
  ['$push of an array is one element', { a: [1] }, { $push: { a: [2, 3] } }, { a: [1, [2, 3]] }],
  ['$push with $each', { a: [1] }, { $push: { a: { $each: [2, 3] } } }, { a: [1, 2, 3] }],
  ['$push with an empty $each makes an array', {}, { $push: { a: { $each: [] } } }, { a: [] }],
  ['$push at a position', { a: [1, 2] }, { $push: { a: { $each: [9, 8], $position: 1 } } }, { a: [1, 9, 8, 2] }],
  [
    '$push at a position from the end',
    { a: [1, 2, 3] },
    { $push: { a: { $each: [9], $position: -1 } } },
    { a: [1, 2, 9, 3] },
  ],
  ['$push before the beginning', { a: [1, 2] }, { $push: { a: { $each: [9], $position: -5 } } }, { a: [9, 1, 2] }],
  ['$push behind the end', { a: [1, 2] }, { $push: { a: { $each: [9], $position: 50 } } }, { a: [1, 2, 9] }],
  ['$push with $slice 0', { a: [1, 2] }, { $push: { a: { $each: [3], $slice: 0 } } }, { a: [] }],
  ['$push with a $slice from the front', { a: [1, 2] }, { $push: { a: { $each: [3], $slice: 2 } } }, { a: [1, 2] }],
  ['$push with a $slice from the back', { a: [1, 2] }, { $push: { a: { $each: [3], $slice: -2 } } }, { a: [2, 3] }],
  ['$push with $sort downwards', { a: [1, 3] }, { $push: { a: { $each: [2], $sort: -1 } } }, { a: [3, 2, 1] }],
  ['$push that only sorts', { a: [3, 1, 2] }, { $push: { a: { $each: [], $sort: 1 } } }, { a: [1, 2, 3] }],
  [
    '$push with $sort by a field, then $slice',
    { a: [{ s: 5 }, { s: 1 }] },
    { $push: { a: { $each: [{ s: 3 }], $sort: { s: -1 }, $slice: 2 } } },
    { a: [{ s: 5 }, { s: 3 }] },
  ],
  [
    '$push with $sort by a path and another field',
    {
      a: [
        { o: { k: 2 }, n: 1 },
        { o: { k: 1 }, n: 2 },
      ],
    },
    { $push: { a: { $each: [{ o: { k: 1 }, n: 1 }], $sort: { 'o.k': 1, n: 1 } } } },
    {
      a: [
        { o: { k: 1 }, n: 1 },
        { o: { k: 1 }, n: 2 },
        { o: { k: 2 }, n: 1 },
      ],
    },
  ],
  ['$addToSet of an array is one element', { a: [1] }, { $addToSet: { a: [1, 2] } }, { a: [1, [1, 2]] }],
  [
    '$addToSet of a document in another order',
    { a: [{ x: 1, y: 2 }] },
    { $addToSet: { a: { y: 2, x: 1 } } },
    {
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    },
  ],
  ['$addToSet of an equal number', { a: [1] }, { $addToSet: { a: 1.0 } }, { a: [1] }],
  ['$addToSet makes an array', {}, { $addToSet: { a: 1 } }, { a: [1] }],
  ['$pop of the last', { a: [1, 2] }, { $pop: { a: 1 } }, { a: [1] }],
  ['$pop of an empty array', { a: [] }, { $pop: { a: 1 } }, { a: [] }],
  ['$pop of what is not there', {}, { $pop: { a: 1 } }, {}],
  ['$pull of a value', { a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
  ['$pull of values in a list', { a: [1, 2, 3] }, { $pull: { a: { $in: [1, 3] } } }, { a: [2] }],
  ['$pull by a pattern', { a: ['ab', 'cd'] }, { $pull: { a: /^a/ } }, { a: ['cd'] }],
  ['$pull by a range', { a: [1, 5, 9] }, { $pull: { a: { $gt: 2, $lt: 7 } } }, { a: [1, 9] }],
  ['$pull of documents by a part', { a: [{ x: 1, y: 1 }, { x: 2 }] }, { $pull: { a: { x: 1 } } }, { a: [{ x: 2 }] }],
  [
    '$pull of documents by a condition',
    { a: [{ x: 1 }, { x: 9 }] },
    { $pull: { a: { x: { $gte: 5 } } } },
    { a: [{ x: 1 }] },
  ],
  [
    '$pull of documents by two conditions',
    {
      a: [
        { x: 1, y: 1 },
        { x: 1, y: 2 },
      ],
    },
    { $pull: { a: { x: 1, y: 2 } } },
    { a: [{ x: 1, y: 1 }] },
  ],
  [
    '$pull with $elemMatch',
    { a: [{ l: [{ q: 1 }] }, { l: [{ q: 5 }] }] },
    { $pull: { a: { l: { $elemMatch: { q: { $gte: 5 } } } } } },
    { a: [{ l: [{ q: 1 }] }] },
  ],
  [
    '$pull with $or',
    { a: [{ x: 1 }, { x: 2 }, { x: 3 }] },
    { $pull: { a: { $or: [{ x: 1 }, { x: 3 }] } } },
    { a: [{ x: 2 }] },
  ],
  [
    '$pullAll of documents',
    { a: [{ x: 1, y: 1 }, { x: 1 }] },
    { $pullAll: { a: [{ x: 1 }] } },
    { a: [{ x: 1, y: 1 }] },
  ],
  ['$bit and', { a: 13 }, { $bit: { a: { and: 10 } } }, { a: 8 }],
  ['$bit or', { a: 3 }, { $bit: { a: { or: 5 } } }, { a: 7 }],
  ['$bit xor', { a: 1 }, { $bit: { a: { xor: 5 } } }, { a: 4 }],
  ['$bit of what is not there', {}, { $bit: { a: { or: 5 } } }, { a: 5 }],
  ['a pipeline sees the document before its stage', { a: 1, b: 2 }, [{ $set: { a: '$b', b: '$a' } }], { a: 2, b: 1 }],
  ['a pipeline with $unset', { a: 1, b: 2 }, [{ $unset: ['a'] }], { b: 2 }],
  ['a pipeline with $replaceWith', { a: { _id: 1, x: 1 } }, [{ $replaceWith: '$a' }], { x: 1 }],
  ['a pipeline with $project', { a: 1, b: 2 }, [{ $project: { b: 1 } }], { b: 2 }],
  [
    'a pipeline without an _id keeps it',
    { a: { x: 1 } },
    [{ $replaceWith: { $mergeObjects: ['$$ROOT', '$a'] } }],
    { a: { x: 1 }, x: 1 },
  ],
  [
    'a pipeline with $cond',
    { a: 5 },
    [{ $set: { size: { $cond: [{ $gt: ['$a', 3] }, 'big', 'small'] } } }],
    { a: 5, size: 'big' },
  ],
];

for (const [name, start, change, expected, options] of cases) {
  test(`update: ${name}`, async () => {
    await things.insertOne({ _id: 1, ...start });
    assert.equal((await things.updateOne({ _id: 1 }, change, options)).matchedCount, 1);
    const found = (await things.findOne({ _id: 1 })) ?? {};
    assert.deepEqual(found, { _id: 1, ...expected });
    assert.deepEqual(Object.keys(found), Object.keys({ _id: 1, ...expected }));
  });
}

test('$currentDate writes a date, or a timestamp', async () => {
  const before = Date.now();
  await things.insertOne({ _id: 1 });
  const change: Document = { $currentDate: { a: true, b: { $type: 'date' }, c: { $type: 'timestamp' } } };
  await things.updateOne({ _id: 1 }, change);
  const found = await things.findOne({ _id: 1 });
  assert.ok(found?.a instanceof Date && found.b instanceof Date);
  assert.ok(Math.abs(found.a.getTime() - before) < 3_600_000);
  assert.equal(found.c._bsontype, 'Timestamp');
});

test('a replacement keeps the _id and nothing else', async () => {
  await things.insertOne({ _id: 1, a: 1, b: 2 });
  await things.replaceOne({ _id: 1 }, { c: 3 });
  assert.deepEqual(await things.findOne({}), { _id: 1, c: 3 });
  await assert.rejects(things.replaceOne({ _id: 1 }, { _id: 2, c: 3 } as unknown as Doc), { code: 66 });
});

test('an update that changes nothing is matched and not modified', async () => {
  await things.insertOne({ _id: 1, a: 1, l: [1], m: [1] });
  const change: Document = { $set: { a: 1 }, $addToSet: { l: 1 }, $pull: { m: 5 } };
  const result = await things.updateOne({ _id: 1 }, change);
  assert.deepEqual([result.matchedCount, result.modifiedCount], [1, 0]);
});

test('an update over 16 MiB is refused and the document stays', async () => {
  await things.insertOne({ _id: 1, a: 'x'.repeat(9_000_000) });
  await assert.rejects(things.updateOne({ _id: 1 }, { $set: { b: 'y'.repeat(9_000_000) } }), { code: 17419 });
  assert.equal((await things.findOne({ _id: 1 }))?.b, undefined);
});

test('set operators of an update follow the collation', async () => {
  const collation = { locale: 'en', strength: 2 };
  await things.insertOne({ _id: 1, a: ['x'], b: ['x', 'y'], m: 'B' });
  const change: Document = { $addToSet: { a: 'X' }, $pull: { b: 'Y' } };
  await things.updateOne({ _id: 1 }, change, { collation });
  assert.deepEqual(await things.findOne({}), { _id: 1, a: ['x'], b: ['x'], m: 'B' });
});
