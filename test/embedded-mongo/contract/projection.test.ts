import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Collection, Document } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

type Doc = Document & { _id: number };
let contract: Contract;
let things: Collection<Doc>;

const stored = {
  _id: 1,
  a: 1,
  b: { c: 2, d: { e: 3, f: 4 } },
  list: [1, 2, 3, 4, 5],
  items: [
    { k: 1, v: 'x' },
    { k: 2, v: 'y' },
    { k: 2, v: 'z' },
  ],
  mixed: [1, { k: 1, v: 2 }, [{ k: 5, v: 6 }]],
};

before(async () => {
  contract = await openContract();
  things = contract.db.collection<Doc>('things');
});
beforeEach(async () => {
  await things.deleteMany({});
  await things.insertOne(structuredClone(stored));
});
after(async () => {
  await contract.close();
});

const { _id, a, b, list, items, mixed } = stored;
const cases: [string, Document, Document, Document][] = [
  ['nothing asked, all given', {}, {}, stored],
  ['fields kept, with _id', {}, { a: 1 }, { _id, a }],
  ['fields kept, without _id', {}, { a: 1, _id: 0 }, { a }],
  ['the order is that of the document', {}, { b: 1, a: 1, _id: 0 }, { a, b }],
  ['_id alone', {}, { _id: 1 }, { _id }],
  ['fields left out', {}, { list: 0, items: 0, mixed: 0 }, { _id, a, b }],
  ['_id left out', {}, { _id: 0 }, { a, b, list, items, mixed }],
  ['true and any number but 0 keep', {}, { a: true, b: -5, _id: false }, { a, b }],
  ['a path kept', {}, { 'b.c': 1, _id: 0 }, { b: { c: 2 } }],
  ['a path written as a document', {}, { b: { d: { e: 1 } }, _id: 0 }, { b: { d: { e: 3 } } }],
  ['a path left out', {}, { 'b.d': 0, list: 0, items: 0, mixed: 0 }, { _id, a, b: { c: 2 } }],
  ['a path through an array', {}, { 'items.v': 1, _id: 0 }, { items: [{ v: 'x' }, { v: 'y' }, { v: 'z' }] }],
  ['a path through arrays of all kinds', {}, { 'mixed.k': 1, _id: 0 }, { mixed: [{ k: 1 }, [{ k: 5 }]] }],
  [
    'a path left out of arrays of all kinds',
    {},
    { 'mixed.k': 0, list: 0, items: 0, b: 0 },
    { _id, a, mixed: [1, { v: 2 }, [{ v: 6 }]] },
  ],
  ['a field that is not there', {}, { nowhere: 1 }, { _id }],
  ['a path that is not there', {}, { 'a.x': 1, 'b.x': 1 }, { _id, b: {} }],
  ['a field calculated', {}, { sum: { $add: ['$a', '$b.c'] }, _id: 0 }, { sum: 3 }],
  ['a field under another name', {}, { other: '$b.c', a: 1 }, { _id, a, other: 2 }],
  ['a literal text', {}, { word: 'text', _id: 0 }, { word: 'text' }],
  ['a calculated path', {}, { 'b.sum': { $add: [1, 1] }, _id: 0 }, { b: { sum: 2 } }],
  ['$slice from the beginning', {}, { list: { $slice: 2 }, b: 0, items: 0, mixed: 0 }, { _id, a, list: [1, 2] }],
  ['$slice from the end', {}, { list: { $slice: -2 }, a: 1 }, { _id, a, list: [4, 5] }],
  ['$slice with a place', {}, { list: { $slice: [1, 2] }, _id: 0, a: 1 }, { a, list: [2, 3] }],
  ['$slice with a place from the end', {}, { list: { $slice: [-3, 2] }, _id: 0, a: 1 }, { a, list: [3, 4] }],
  ['$slice with a place before the beginning', {}, { list: { $slice: [-9, 2] }, _id: 0, a: 1 }, { a, list: [1, 2] }],
  ['$slice beyond the end', {}, { list: { $slice: [9, 2] }, _id: 0, a: 1 }, { a, list: [] }],
  ['$slice of what is no array', {}, { a: { $slice: 1 }, list: 0, items: 0, mixed: 0, b: 0 }, { _id, a }],
  [
    '$elemMatch gives the first that meets it',
    {},
    { items: { $elemMatch: { k: 2 } }, _id: 0 },
    { items: [{ k: 2, v: 'y' }] },
  ],
  [
    '$elemMatch with two conditions',
    {},
    { items: { $elemMatch: { k: 2, v: 'z' } }, _id: 0 },
    { items: [{ k: 2, v: 'z' }] },
  ],
  ['$elemMatch with an operator', {}, { list: { $elemMatch: { $gt: 3 } }, _id: 0 }, { list: [4] }],
  ['$elemMatch that nothing meets', {}, { items: { $elemMatch: { k: 9 } }, a: 1 }, { _id, a }],
  ['$ gives the element that was found', { list: 3 }, { 'list.$': 1, _id: 0 }, { list: [3] }],
  ['$ with documents', { 'items.v': 'y' }, { 'items.$': 1, _id: 0 }, { items: [{ k: 2, v: 'y' }] }],
  [
    '$ with $elemMatch in the query',
    { items: { $elemMatch: { k: 2, v: 'z' } } },
    { 'items.$': 1, _id: 0 },
    { items: [{ k: 2, v: 'z' }] },
  ],
  ['$ beside other fields', { list: { $gte: 4 } }, { 'list.$': 1, a: 1 }, { _id, a, list: [4] }],
];
for (const [title, filter, projection, expected] of cases) {
  test(`a projection: ${title}`, async () => {
    const found = await things.findOne(filter, { projection });
    assert.deepEqual(found, expected);
    assert.deepEqual(Object.keys(found ?? {}), Object.keys(expected));
  });
}

const refused: [string, Document, number][] = [
  ['keeping and leaving out', { a: 1, b: 0 }, 31254],
  ['leaving out and keeping', { a: 0, b: 1 }, 31253],
  ['leaving out and calculating', { a: 0, b: { $add: [1, 1] } }, 31252],
  ['a path within a path', { b: 1, 'b.c': 1 }, 31249],
  ['a path around a path', { 'b.c': 1, b: 1 }, 31250],
  ['an empty document', { b: {} }, 51270],
  ['$elemMatch with a number', { items: { $elemMatch: 1 } }, 31274],
  ['$elemMatch on a path', { 'b.items': { $elemMatch: { k: 1 } } }, 31275],
  ['two positional fields', { 'list.$': 1, 'items.$': 1 }, 31276],
  ['a positional field and $elemMatch', { 'list.$': 1, items: { $elemMatch: { k: 1 } } }, 31256],
  ['$ in the middle of a path', { 'items.$.k': 1 }, 31394],
  ['an empty part of a path', { 'b..c': 1 }, 15998],
  ['a path that ends in a dot', { 'b.': 1 }, 40353],
  ['a name that begins with $', { $a: 1 }, 16410],
  ['$slice with a text', { list: { $slice: 'x' } }, 28667],
];
for (const [title, projection, code] of refused) {
  test(`a projection is refused: ${title}`, async () => {
    await assert.rejects(things.find({ list: 1, 'items.k': 1 }, { projection }).toArray(), { code });
  });
}

test('$ without an array in the query is refused once a document is found', async () => {
  await assert.rejects(things.findOne({ a: 1 }, { projection: { 'list.$': 1 } }), { code: 51246 });
});

test('findAndModify projects too, also by position', async () => {
  const options = { projection: { 'list.$': 1, _id: 0 }, includeResultMetadata: false } as const;
  const before = await things.findOneAndUpdate({ list: 4 }, { $set: { a: 2 } }, options);
  assert.deepEqual(before, { list: [4] });
  const after = await things.findOneAndUpdate(
    { a: 2 },
    { $set: { a: 3 } },
    { projection: { a: 1, _id: 0 }, returnDocument: 'after' },
  );
  assert.deepEqual(after, { a: 3 });
  assert.deepEqual(await things.findOneAndDelete({ a: 3 }, { projection: { a: 1, _id: 0 } }), { a: 3 });
});
