import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import {
  Binary,
  BSONRegExp,
  type Collection,
  Decimal128,
  type Document,
  Double,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

type Doc = Document & { _id: number };
let contract: Contract;
let things: Collection<Doc>;

before(async () => {
  contract = await openContract();
  things = contract.db.collection<Doc>('things');
});
beforeEach(async () => {
  await things.drop().catch(() => undefined);
});
after(async () => {
  await contract.close();
});

const types: unknown[] = [
  new MinKey(),
  null,
  Number.NaN,
  Number.NEGATIVE_INFINITY,
  Decimal128.fromString('-1.5'),
  new Double(-0.5),
  0,
  Long.fromString('9007199254740993'),
  Number.POSITIVE_INFINITY,
  '',
  'A',
  'a',
  'é',
  '🐎',
  {},
  { a: 1 },
  { a: 2 },
  { b: 1 },
  new Binary(Buffer.from([9])),
  new Binary(Buffer.from([1, 1])),
  new ObjectId('000000000000000000000001'),
  false,
  true,
  new Date(-1),
  new Date(1),
  new Timestamp({ t: 1, i: 1 }),
  new BSONRegExp('a'),
  new MaxKey(),
];

for (const index of [false, true]) {
  const how = index ? 'with an index' : 'without an index';
  test(`values of all types are sorted by type and then by value, ${how}`, async () => {
    const order = types.map((_, i) => i);
    // Stored in another order than the one that is wanted.
    const mixed = order.toSorted((a, b) => ((a * 7) % types.length) - ((b * 7) % types.length));
    await things.insertMany(mixed.map((i) => ({ _id: i, a: types[i] })));
    if (index) await things.createIndex({ a: 1 });
    const ids = async (direction: 1 | -1) =>
      (await things.find({}).sort({ a: direction }).toArray()).map(({ _id }) => _id);
    assert.deepEqual(await ids(1), order);
    assert.deepEqual(await ids(-1), order.toReversed());
  });

  test(`an array sorts by its least element upwards and its greatest downwards, ${how}`, async () => {
    await things.insertMany([
      { _id: 1, a: [5, 1] },
      { _id: 2, a: 3 },
      { _id: 3, a: [2, 9] },
      { _id: 4, a: [] },
      { _id: 5, a: null },
    ]);
    if (index) await things.createIndex({ a: 1 });
    const ids = async (direction: 1 | -1) =>
      (await things.find({}).sort({ a: direction }).toArray()).map(({ _id }) => _id);
    assert.deepEqual(await ids(1), [4, 5, 1, 3, 2]);
    assert.deepEqual(await ids(-1), [3, 1, 2, 5, 4]);
  });

  test(`two fields in two directions, ${how}`, async () => {
    await things.insertMany([0, 1, 2, 3, 4, 5].map((_id) => ({ _id, a: _id % 2, b: _id })));
    if (index) await things.createIndex({ a: 1, b: -1 });
    const rows = await things.find({}).sort({ a: 1, b: -1 }).toArray();
    assert.deepEqual(
      rows.map(({ _id }) => _id),
      [4, 2, 0, 5, 3, 1],
    );
    const other = await things.find({}).sort({ a: -1, b: -1 }).toArray();
    assert.deepEqual(
      other.map(({ _id }) => _id),
      [5, 3, 1, 4, 2, 0],
    );
  });

  test(`a path through arrays, ${how}`, async () => {
    await things.insertMany([
      { _id: 1, a: [{ b: 5 }, { b: 2 }] },
      { _id: 2, a: { b: 3 } },
      { _id: 3, a: [] },
    ]);
    if (index) await things.createIndex({ 'a.b': 1 });
    const rows = await things.find({}).sort({ 'a.b': 1 }).toArray();
    assert.deepEqual(
      rows.map(({ _id }) => _id),
      [3, 1, 2],
    );
  });
}

test('names of digits in a sort keep their place', async () => {
  await things.insertMany([
    { _id: 1, a: 1, 2024: 9 },
    { _id: 2, a: 2, 2024: 1 },
    { _id: 3, a: 1, 2024: 3 },
  ]);
  const sort = new Map<string, 1>([
    ['a', 1],
    ['2024', 1],
  ]);
  const rows = await things.find({}).sort(sort).toArray();
  assert.deepEqual(
    rows.map(({ _id }) => _id),
    [3, 1, 2],
  );
});

test('missing sorts with null', async () => {
  await things.insertMany([{ _id: 1 }, { _id: 2, a: 1 }, { _id: 3, a: null }]);
  const rows = await things.find({}).sort({ a: -1, _id: 1 }).toArray();
  assert.deepEqual(
    rows.map(({ _id }) => _id),
    [2, 1, 3],
  );
});

test('skip and limit come after the sort', async () => {
  await things.insertMany([5, 3, 1, 4, 2].map((_id) => ({ _id })));
  const rows = await things.find({}).sort({ _id: -1 }).skip(1).limit(2).toArray();
  assert.deepEqual(
    rows.map(({ _id }) => _id),
    [4, 3],
  );
});

test('the natural order is that of insertion, and can be turned', async () => {
  await things.insertMany([5, 3, 1].map((_id) => ({ _id })));
  const ids = async (direction: 1 | -1) =>
    (await things.find({}).sort({ $natural: direction }).toArray()).map(({ _id }) => _id);
  assert.deepEqual(await ids(1), [5, 3, 1]);
  assert.deepEqual(await ids(-1), [1, 3, 5]);
});

const refused: [string, Document, number][] = [
  ['0', { a: 0 }, 15975],
  ['2', { a: 2 }, 15975],
  ['a text', { a: 'up' }, 15974],
];
for (const [title, sort, code] of refused) {
  test(`a direction is refused: ${title}`, async () => {
    await assert.rejects(contract.db.command({ find: 'things', filter: {}, sort }), { code });
  });
}
