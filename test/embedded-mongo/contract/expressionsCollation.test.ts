import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Collection, Document } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

let contract: Contract;
let one: Collection<Document>;

before(async () => {
  contract = await openContract();
  one = contract.db.collection('one');
  await one.insertOne({ n: 7, s: 'Größe', t: ['b', 'a', 'B'], at: new Date('2024-02-29T10:20:30.456Z') });
});
after(async () => {
  await contract.close();
});

async function value(expression: unknown, options: Document = {}): Promise<unknown> {
  const [found] = await one.aggregate([{ $project: { _id: 0, r: expression } }], options).toArray();
  return found?.r;
}

const insensitive: [expression: unknown, expected: unknown][] = [
  [{ $eq: ['a', 'A'] }, true],
  [{ $cmp: ['a', 'B'] }, -1],
  [{ $gt: ['b', 'A'] }, true],
  [{ $ne: ['x', 'X'] }, false],
  [{ $in: ['A', '$t'] }, true],
  [{ $indexOfArray: ['$t', 'A'] }, 1],
  [{ $setUnion: [['x'], ['X']] }, ['x']],
  [{ $setEquals: [['x', 'X'], ['x']] }, true],
  [{ $setDifference: ['$t', ['A']] }, ['b']],
  [{ $setIsSubset: [['A'], '$t'] }, true],
  [{ $max: ['a', 'B'] }, 'B'],
  [{ $eq: [{ k: 'a' }, { k: 'A' }] }, true],
  [{ $size: { $filter: { input: '$t', cond: { $eq: ['$$this', 'B'] } } } }, 2],
];
for (const [expression, expected] of insensitive) {
  test(`under a collation of strength 2: ${JSON.stringify(expression)}`, async () =>
    assert.deepEqual(await value(expression, { collation: { locale: 'en', strength: 2 } }), expected));
}

test('$expr follows the collation, and let its variables', async () => {
  const collation = { locale: 'en', strength: 2 };
  assert.equal((await one.find({ $expr: { $in: ['A', ['a']] } }).toArray()).length, 0);
  assert.equal((await one.find({ $expr: { $in: ['A', ['a']] } }, { collation }).toArray()).length, 1);
  const pipeline = [{ $match: { $expr: { $eq: ['$n', '$$seven'] } } }];
  assert.equal((await one.aggregate(pipeline, { let: { seven: { $add: [3, 4] } } }).toArray()).length, 1);
  await assert.rejects(one.aggregate(pipeline).toArray(), { code: 17276 });
});

test('a calculated field of find follows the collation', async () => {
  const projection = { _id: 0, r: { $eq: ['a', 'A'] } };
  const collation = { locale: 'en', strength: 2 };
  assert.deepEqual(await one.find({}, { projection }).toArray(), [{ r: false }]);
  assert.deepEqual(await one.find({}, { projection, collation }).toArray(), [{ r: true }]);
});
