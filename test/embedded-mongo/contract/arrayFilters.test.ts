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

/** Name, the document before, the update, the filters, the document after. */
const cases: [name: string, start: Document, change: Document, filters: Document[], expected: Document][] = [
  ['all elements', { a: [1, 2] }, { $inc: { 'a.$[]': 1 } }, [], { a: [2, 3] }],
  ['all of all', { a: [[1], [2, 3]] }, { $inc: { 'a.$[].$[]': 1 } }, [], { a: [[2], [3, 4]] }],
  ['no element', { a: [] }, { $inc: { 'a.$[]': 1 } }, [], { a: [] }],
  ['a value', { a: [1, 2, 1] }, { $set: { 'a.$[x]': 9 } }, [{ x: 1 }], { a: [9, 2, 9] }],
  ['a range', { a: [1, 5, 9] }, { $set: { 'a.$[x]': 0 } }, [{ x: { $gt: 2, $lt: 8 } }], { a: [1, 0, 9] }],
  [
    'a field',
    { a: [{ k: 1 }, { k: 2 }] },
    { $set: { 'a.$[x].v': 1 } },
    [{ 'x.k': 2 }],
    { a: [{ k: 1 }, { k: 2, v: 1 }] },
  ],
  [
    'two fields',
    {
      a: [
        { k: 1, m: 1 },
        { k: 1, m: 2 },
      ],
    },
    { $set: { 'a.$[x].v': 1 } },
    [{ 'x.k': 1, 'x.m': 2 }],
    {
      a: [
        { k: 1, m: 1 },
        { k: 1, m: 2, v: 1 },
      ],
    },
  ],
  ['$or at the top', { a: [1, 2, 3] }, { $set: { 'a.$[x]': 0 } }, [{ $or: [{ x: 1 }, { x: 3 }] }], { a: [0, 2, 0] }],
  [
    '$and at the top',
    { a: [1, 5, 9] },
    { $set: { 'a.$[x]': 0 } },
    [{ $and: [{ x: { $gt: 1 } }, { x: { $lt: 9 } }] }],
    { a: [1, 0, 9] },
  ],
  [
    '$or of fields',
    { a: [{ k: 1 }, { m: 2 }, {}] },
    { $set: { 'a.$[x].v': 1 } },
    [{ $or: [{ 'x.k': 1 }, { 'x.m': 2 }] }],
    { a: [{ k: 1, v: 1 }, { m: 2, v: 1 }, {}] },
  ],
  [
    'two identifiers',
    {
      a: [
        { k: 1, l: [1, 2] },
        { k: 2, l: [1, 2] },
      ],
    },
    { $set: { 'a.$[x].l.$[y]': 0 } },
    [{ 'x.k': 2 }, { y: 1 }],
    {
      a: [
        { k: 1, l: [1, 2] },
        { k: 2, l: [0, 2] },
      ],
    },
  ],
  [
    'two paths with one identifier',
    { a: [{ k: 1 }, { k: 2 }] },
    { $set: { 'a.$[x].p': 1, 'a.$[x].q': 2 } },
    [{ 'x.k': 1 }],
    { a: [{ k: 1, p: 1, q: 2 }, { k: 2 }] },
  ],
  ['none that fits', { a: [1, 2] }, { $set: { 'a.$[x]': 0 } }, [{ x: 7 }], { a: [1, 2] }],
  [
    '$push into the chosen',
    {
      a: [
        { k: 1, l: [1] },
        { k: 2, l: [1] },
      ],
    },
    { $push: { 'a.$[x].l': 5 } },
    [{ 'x.k': 2 }],
    {
      a: [
        { k: 1, l: [1] },
        { k: 2, l: [1, 5] },
      ],
    },
  ],
  [
    '$unset in the chosen',
    {
      a: [
        { k: 1, v: 1 },
        { k: 2, v: 1 },
      ],
    },
    { $unset: { 'a.$[x].v': '' } },
    [{ 'x.k': 1 }],
    { a: [{ k: 1 }, { k: 2, v: 1 }] },
  ],
  ['$unset of the chosen leaves null', { a: [1, 2] }, { $unset: { 'a.$[x]': '' } }, [{ x: 1 }], { a: [null, 2] }],
  ['a pattern', { a: ['ab', 'cd'] }, { $set: { 'a.$[x]': '!' } }, [{ x: /^a/ }], { a: ['!', 'cd'] }],
  ['$in', { a: [1, 2, 3] }, { $mul: { 'a.$[x]': 10 } }, [{ x: { $in: [1, 3] } }], { a: [10, 2, 30] }],
  [
    '$exists',
    { a: [{ v: 1 }, {}] },
    { $set: { 'a.$[x].w': 1 } },
    [{ 'x.v': { $exists: false } }],
    { a: [{ v: 1 }, { w: 1 }] },
  ],
];
for (const [name, start, change, arrayFilters, expected] of cases) {
  test(`array filters: ${name}`, async () => {
    await things.insertOne({ _id: 1, ...start });
    await things.updateOne({ _id: 1 }, change, arrayFilters.length > 0 ? { arrayFilters } : {});
    assert.deepEqual(await things.findOne({ _id: 1 }), { _id: 1, ...expected });
  });
}

const refusals: [name: string, start: Document, change: Document, filters: Document[], code: number][] = [
  ['without a filter for the identifier', { a: [1] }, { $set: { 'a.$[x]': 1 } }, [], 2],
  ['with a filter that nothing uses', { a: [1] }, { $set: { b: 1 } }, [{ x: 1 }], 9],
  ['with two filters for one identifier', { a: [1] }, { $set: { 'a.$[x]': 1 } }, [{ x: 1 }, { x: 2 }], 9],
  ['with two identifiers in a filter', { a: [1] }, { $set: { 'a.$[x]': 1 } }, [{ x: 1, y: 2 }], 9],
  ['with an empty filter', { a: [1] }, { $set: { 'a.$[x]': 1 } }, [{}], 9],
  ['with an identifier in capitals', { a: [1] }, { $set: { 'a.$[X]': 1 } }, [{ X: 1 }], 2],
  ['on what is no array', { a: 1 }, { $set: { 'a.$[]': 1 } }, [], 2],
  ['on what is not there', {}, { $set: { 'a.$[]': 1 } }, [], 2],
  ['at the first place', { a: [1] }, { $set: { '$[]': 1 } }, [], 2],
  ['on an element twice', { a: [1, 2] }, { $set: { 'a.$[x]': 1, 'a.$[y]': 2 } }, [{ x: 1 }, { y: { $gte: 1 } }], 40],
  ['beside an index', { a: [1, 2] }, { $set: { 'a.$[]': 1, 'a.0': 2 } }, [], 40],
];
for (const [name, start, change, arrayFilters, code] of refusals) {
  test(`array placeholders refused: ${name}`, async () => {
    await things.insertOne({ _id: 1, ...start });
    const options = arrayFilters.length > 0 ? { arrayFilters } : {};
    await assert.rejects(things.updateOne({ _id: 1 }, change, options), { code });
    assert.deepEqual(await things.findOne({ _id: 1 }), { _id: 1, ...start });
  });
}

test('the positional $ needs an array in the query', async () => {
  await things.insertOne({ _id: 1, a: [1, 2] });
  await assert.rejects(things.updateOne({ _id: 1 }, { $set: { 'a.$': 5 } }), { code: 2 });
  await assert.rejects(things.updateOne({ a: 1 }, { $set: { 'a.$.b.$': 5 } }), { code: 2 });
  await assert.rejects(things.updateOne({ a: 1 }, { $set: { $: 5 } }), { code: 2 });
});

test('the positional $ with other operators', async () => {
  await things.insertOne({
    _id: 1,
    a: [
      { k: 1, l: [1] },
      { k: 2, l: [1], gone: 1 },
    ],
  });
  const change: Document = { $push: { 'a.$.l': 9 }, $unset: { 'a.$.gone': '' }, $inc: { 'a.$.n': 1 } };
  await things.updateOne({ 'a.k': 2 }, change);
  assert.deepEqual((await things.findOne({}))?.a, [
    { k: 1, l: [1] },
    { k: 2, l: [1, 9], n: 1 },
  ]);
});

test('the positional $ of each document in an update of many', async () => {
  await things.insertMany([
    { _id: 1, a: [1, 5] },
    { _id: 2, a: [5, 1] },
  ]);
  await things.updateMany({ a: 5 }, { $set: { 'a.$': 0 } });
  assert.deepEqual(await things.find().sort({ _id: 1 }).toArray(), [
    { _id: 1, a: [1, 0] },
    { _id: 2, a: [0, 1] },
  ]);
});

test('array filters follow the collation', async () => {
  await things.insertOne({ _id: 1, a: ['x', 'X', 'y'] });
  await things.updateOne(
    { _id: 1 },
    { $set: { 'a.$[e]': '-' } },
    { arrayFilters: [{ e: 'x' }], collation: { locale: 'en', strength: 2 } },
  );
  assert.deepEqual((await things.findOne({}))?.a, ['-', '-', 'y']);
});

test('array filters are not for pipelines', async () => {
  await things.insertOne({ _id: 1, a: [1] });
  await assert.rejects(things.updateOne({ _id: 1 }, [{ $set: { b: 1 } }], { arrayFilters: [{ x: 1 }] }), { code: 9 });
});

test('array filters in findOneAndUpdate', async () => {
  await things.insertOne({ _id: 1, a: [1, 2] });
  const found = await things.findOneAndUpdate(
    { _id: 1 },
    { $set: { 'a.$[e]': 7 } },
    { arrayFilters: [{ e: 2 }], returnDocument: 'after' },
  );
  assert.deepEqual(found, { _id: 1, a: [1, 7] });
});
