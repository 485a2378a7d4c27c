import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Collection, Document } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

type Doc = Document & { _id: number };
let contract: Contract;
let sales: Collection<Doc>;

before(async () => {
  contract = await openContract();
  const db = contract.db;
  sales = db.collection<Doc>('sales');
  await sales.insertMany([
    { _id: 1, item: 'a', qty: 2, price: 1.5, at: new Date('2024-02-29T10:00:00Z'), tags: ['x', 'y'] },
    { _id: 2, item: 'b', qty: 1, price: 4, at: new Date('2024-03-01T10:00:00Z'), tags: [] },
    { _id: 3, item: 'a', qty: 5, price: 2, at: new Date('2025-01-01T00:00:00Z'), tags: ['y'] },
  ]);
  await db.collection<Document & { _id: string }>('items').insertMany([
    { _id: 'a', name: 'Apple' },
    { _id: 'b', name: 'Bean' },
  ]);
});
after(async () => {
  await contract.close();
});

const run = (...stages: Document[]) => sales.aggregate(stages).toArray();

const cases: [string, Document[], Document[]][] = [
  [
    '$match $sort $skip $limit $project',
    [{ $match: { item: 'a' } }, { $sort: { qty: -1 } }, { $skip: 1 }, { $limit: 1 }, { $project: { qty: 1, _id: 0 } }],
    [{ qty: 2 }],
  ],
  [
    '$group',
    [
      {
        $group: {
          _id: '$item',
          n: { $sum: 1 },
          q: { $sum: '$qty' },
          m: { $max: '$price' },
          a: { $avg: '$qty' },
          l: { $push: '$_id' },
        },
      },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: 'a', n: 2, q: 7, m: 2, a: 3.5, l: [1, 3] },
      { _id: 'b', n: 1, q: 1, m: 4, a: 1, l: [2] },
    ],
  ],
  [
    '$group first, last, set, min, count',
    [
      {
        $group: {
          _id: null,
          f: { $first: '$_id' },
          l: { $last: '$_id' },
          s: { $addToSet: '$item' },
          m: { $min: '$qty' },
          c: { $count: {} },
        },
      },
    ],
    [{ _id: null, f: 1, l: 3, s: ['a', 'b'], m: 1, c: 3 }],
  ],
  [
    '$unwind',
    [{ $unwind: '$tags' }, { $project: { tags: 1 } }],
    [
      { _id: 1, tags: 'x' },
      { _id: 1, tags: 'y' },
      { _id: 3, tags: 'y' },
    ],
  ],
  [
    '$unwind preserving',
    [
      { $match: { _id: 2 } },
      { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } },
      { $project: { tags: 1, i: 1 } },
    ],
    [{ _id: 2, i: null }],
  ],
  [
    '$lookup by field',
    [
      { $match: { _id: 1 } },
      { $lookup: { from: 'items', localField: 'item', foreignField: '_id', as: 'found' } },
      { $project: { found: 1 } },
    ],
    [{ _id: 1, found: [{ _id: 'a', name: 'Apple' }] }],
  ],
  [
    '$lookup by pipeline',
    [
      { $match: { _id: 2 } },
      {
        $lookup: {
          from: 'items',
          let: { i: '$item' },
          pipeline: [{ $match: { $expr: { $eq: ['$_id', '$$i'] } } }, { $project: { name: 1, _id: 0 } }],
          as: 'f',
        },
      },
      { $project: { f: 1 } },
    ],
    [{ _id: 2, f: [{ name: 'Bean' }] }],
  ],
  [
    '$facet $count',
    [{ $facet: { all: [{ $count: 'n' }], none: [{ $match: { _id: 99 } }, { $count: 'n' }] } }],
    [{ all: [{ n: 3 }], none: [] }],
  ],
  ['$replaceRoot', [{ $match: { _id: 1 } }, { $replaceRoot: { newRoot: { k: '$item' } } }], [{ k: 'a' }]],
  [
    '$sortByCount',
    [{ $sortByCount: '$item' }],
    [
      { _id: 'a', count: 2 },
      { _id: 'b', count: 1 },
    ],
  ],
  [
    '$bucket',
    [{ $bucket: { groupBy: '$qty', boundaries: [0, 2, 10] } }],
    [
      { _id: 0, count: 1 },
      { _id: 2, count: 2 },
    ],
  ],
  [
    '$unset $addFields',
    [{ $match: { _id: 1 } }, { $unset: ['tags', 'at', 'price'] }, { $addFields: { 'o.p': '$qty', item: '$$REMOVE' } }],
    [{ _id: 1, qty: 2, o: { p: 2 } }],
  ],
];
for (const [name, stages, expected] of cases)
  test(`aggregate: ${name}`, async () => assert.deepEqual(await run(...stages), expected));

const expressions: [unknown, unknown][] = [
  [{ $add: ['$qty', 1.5] }, 3.5],
  [{ $subtract: ['$at', new Date('2024-02-29T09:00:00Z')] }, 3_600_000],
  [{ $multiply: ['$qty', 3] }, 6],
  [{ $divide: ['$qty', 4] }, 0.5],
  [{ $mod: [7, '$qty'] }, 1],
  [{ $round: [2.5, 0] }, 2],
  [{ $concat: ['$item', '-', 'z'] }, 'a-z'],
  [{ $toUpper: '$item' }, 'A'],
  [{ $cond: [{ $gt: ['$qty', 1] }, 'many', 'one'] }, 'many'],
  [{ $ifNull: ['$none', 'default'] }, 'default'],
  [
    // biome-ignore lint/suspicious/noThenProperty: the language of MongoDB says so
    { $switch: { branches: [{ case: { $eq: ['$qty', 2] }, then: 'two' }], default: 'x' } },
    'two',
  ],
  [{ $size: '$tags' }, 2],
  [{ $filter: { input: '$tags', as: 't', cond: { $eq: ['$$t', 'y'] } } }, ['y']],
  [{ $map: { input: '$tags', in: { $concat: ['$$this', '!'] } } }, ['x!', 'y!']],
  [{ $reduce: { input: [1, 2, 3], initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 6],
  [{ $arrayElemAt: ['$tags', -1] }, 'y'],
  [{ $in: ['x', '$tags'] }, true],
  [{ $setUnion: ['$tags', ['z']] }, ['x', 'y', 'z']],
  [{ $mergeObjects: [{ a: 1 }, { b: '$qty' }] }, { a: 1, b: 2 }],
  [{ $objectToArray: { a: 1 } }, [{ k: 'a', v: 1 }]],
  [{ $arrayToObject: { $literal: [{ k: 'a', v: 1 }] } }, { a: 1 }],
  [{ $year: '$at' }, 2024],
  [{ $dateToString: { date: '$at', format: '%Y-%m-%d' } }, '2024-02-29'],
  [{ $dateAdd: { startDate: '$at', unit: 'year', amount: 1 } }, new Date('2025-02-28T10:00:00Z')],
  [{ $toString: '$_id' }, '1'],
  [{ $toInt: '12' }, 12],
  [{ $type: '$price' }, 'double'],
  [{ $type: '$none' }, 'missing'],
  [{ $let: { vars: { d: 2 }, in: { $multiply: ['$$d', '$qty'] } } }, 4],
  [{ $literal: '$qty' }, '$qty'],
  [{ $trim: { input: '  a ' } }, 'a'],
  [{ $split: ['a,b', ','] }, ['a', 'b']],
  [{ $regexMatch: { input: '$item', regex: '^A', options: 'i' } }, true],
  [{ $max: ['$qty', 9, null] }, 9],
  [{ $slice: ['$tags', 1] }, ['x']],
  [{ $range: [0, 5, 2] }, [0, 2, 4]],
  [{ $getField: 'item' }, 'a'],
  [{ $sortArray: { input: [3, 1, 2], sortBy: -1 } }, [3, 2, 1]],
];
for (const [expression, expected] of expressions) {
  test(`expression: ${JSON.stringify(expression).slice(0, 60)}`, async () => {
    const [found] = await run({ $match: { _id: 1 } }, { $project: { _id: 0, r: expression } });
    assert.deepEqual(found?.r, expected);
  });
}

test('a missing field is left out, an unknown stage or operator refused', async () => {
  assert.deepEqual(await run({ $match: { _id: 1 } }, { $project: { _id: 0, r: '$none' } }), [{}]);
  await assert.rejects(run({ $nope: 1 }), { code: 40324, message: /Unrecognized pipeline stage name: '\$nope'/ });
  await assert.rejects(run({ $project: { a: { $nope: 1 } } }), { code: 168 });
  assert.equal((await run({ $sample: { size: 2 } })).length, 2);
});
