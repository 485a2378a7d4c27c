import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Collection, Document } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

type Doc = Document & { _id: number };
let contract: Contract;
let sales: Collection<Doc>;

before(async () => {
  contract = await openContract();
  sales = contract.db.collection<Doc>('sales');
  await sales.insertMany([
    { _id: 1, item: 'a', qty: 2, tags: ['x', 'y'], o: { l: [1, 2] } },
    { _id: 2, item: 'b', qty: 1, tags: [], o: { l: 5 } },
    { _id: 3, item: 'a', qty: 5, tags: null },
    { _id: 4, item: 'c', qty: 9 },
  ]);
  await contract.db.collection<Doc>('items').insertMany([
    { _id: 1, code: 'a', name: 'Apple', sizes: [1, 2] },
    { _id: 2, code: 'b', name: 'Bean', sizes: [3] },
    { _id: 3, name: 'None' },
    { _id: 4, code: ['a', 'z'], name: 'Both' },
  ]);
});
after(async () => {
  await contract.close();
});

const run = (...stages: Document[]) => sales.aggregate(stages).toArray();
const byId = { $sort: { _id: 1 } };
const ids = { $project: { _id: 1 } };
const idList = (...list: number[]) => list.map((_id) => ({ _id }));

const cases: [name: string, stages: Document[], expected: Document[]][] = [
  ['$match with $expr', [{ $match: { $expr: { $gt: ['$qty', { $strLenCP: 'abc' }] } } }, byId, ids], idList(3, 4)],
  [
    '$match after $group',
    [{ $group: { _id: '$item', n: { $sum: 1 } } }, { $match: { n: { $gt: 1 } } }],
    [{ _id: 'a', n: 2 }],
  ],
  ['$sort by two fields', [{ $sort: { item: 1, qty: -1 } }, ids], idList(3, 1, 2, 4)],
  [
    '$sort and $limit behind $addFields',
    [{ $addFields: { d: { $multiply: ['$qty', -1] } } }, { $sort: { d: 1 } }, { $limit: 2 }, ids],
    idList(4, 3),
  ],
  ['$skip over all', [{ $skip: 9 }], []],
  ['$limit then $skip', [byId, { $limit: 3 }, { $skip: 1 }, ids], idList(2, 3)],
  ['$skip then $limit', [byId, { $skip: 1 }, { $limit: 2 }, ids], idList(2, 3)],
  [
    '$project that leaves out',
    [{ $match: { _id: 1 } }, { $project: { tags: 0, o: 0 } }],
    [{ _id: 1, item: 'a', qty: 2 }],
  ],
  [
    '$project that calculates',
    [{ $match: { _id: 1 } }, { $project: { _id: 0, twice: { $add: ['$qty', '$qty'] }, l: ['$item', '$none'] } }],
    [{ twice: 4, l: ['a', null] }],
  ],
  ['$project of a path', [{ $match: { _id: 1 } }, { $project: { _id: 0, 'o.l': 1 } }], [{ o: { l: [1, 2] } }]],
  [
    '$project with $$REMOVE',
    [{ $match: { _id: 1 } }, { $project: { _id: 0, qty: 1, x: { $cond: [true, '$$REMOVE', 1] } } }],
    [{ qty: 2 }],
  ],
  [
    '$addFields of a literal document',
    [{ $match: { _id: 4 } }, { $addFields: { o: { a: 1, b: '$qty' } } }],
    [{ _id: 4, item: 'c', qty: 9, o: { a: 1, b: 9 } }],
  ],
  [
    '$set into an array of documents',
    [{ $match: { _id: 1 } }, { $replaceWith: { l: [{ a: 1 }, { a: 2 }] } }, { $set: { 'l.b': 0 } }],
    [
      {
        l: [
          { a: 1, b: 0 },
          { a: 2, b: 0 },
        ],
      },
    ],
  ],
  ['$unset of a path', [{ $match: { _id: 1 } }, { $unset: ['o.l', 'tags', 'qty'] }], [{ _id: 1, item: 'a', o: {} }]],
  [
    '$replaceRoot with $mergeObjects',
    [{ $match: { _id: 4 } }, { $replaceRoot: { newRoot: { $mergeObjects: [{ x: 1 }, '$$ROOT'] } } }],
    [{ x: 1, _id: 4, item: 'c', qty: 9 }],
  ],
  [
    '$unwind leaves out what is empty, null or not there',
    [byId, { $unwind: '$tags' }, { $project: { tags: 1 } }],
    [
      { _id: 1, tags: 'x' },
      { _id: 1, tags: 'y' },
    ],
  ],
  [
    '$unwind that preserves',
    [byId, { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true } }, { $project: { tags: 1 } }],
    [{ _id: 1, tags: 'x' }, { _id: 1, tags: 'y' }, { _id: 2 }, { _id: 3, tags: null }, { _id: 4 }],
  ],
  [
    '$unwind with an index',
    [{ $match: { _id: 1 } }, { $unwind: { path: '$tags', includeArrayIndex: 'i' } }, { $project: { tags: 1, i: 1 } }],
    [
      { _id: 1, tags: 'x', i: 0 },
      { _id: 1, tags: 'y', i: 1 },
    ],
  ],
  [
    '$unwind of what is no array',
    [{ $match: { _id: 2 } }, { $unwind: { path: '$o.l', includeArrayIndex: 'i' } }, { $project: { o: 1, i: 1 } }],
    [{ _id: 2, o: { l: 5 }, i: null }],
  ],
  [
    '$unwind of a path',
    [{ $match: { _id: 1 } }, { $unwind: '$o.l' }, { $project: { o: 1 } }],
    [
      { _id: 1, o: { l: 1 } },
      { _id: 1, o: { l: 2 } },
    ],
  ],
  [
    '$group by several fields',
    [
      { $group: { _id: { i: '$item', big: { $gt: ['$qty', 2] } }, n: { $sum: 1 } } },
      { $sort: { '_id.i': 1, '_id.big': 1 } },
    ],
    [
      { _id: { i: 'a', big: false }, n: 1 },
      { _id: { i: 'a', big: true }, n: 1 },
      { _id: { i: 'b', big: false }, n: 1 },
      { _id: { i: 'c', big: true }, n: 1 },
    ],
  ],
  [
    '$group by what is missing is null',
    [{ $group: { _id: '$tags', n: { $sum: 1 } } }, { $match: { _id: null } }],
    [{ _id: null, n: 2 }],
  ],
  ['$group of nothing', [{ $match: { _id: 99 } }, { $group: { _id: null, n: { $sum: 1 } } }], []],
  ['$count of nothing', [{ $match: { _id: 99 } }, { $count: 'n' }], []],
  ['$count', [{ $count: 'n' }], [{ n: 4 }]],
  ['$sortByCount of an expression', [{ $sortByCount: { $toUpper: '$item' } }, { $limit: 1 }], [{ _id: 'A', count: 2 }]],
  [
    '$bucket with a default and an output',
    [{ $bucket: { groupBy: '$qty', boundaries: [1, 3], default: 'more', output: { ids: { $push: '$_id' } } } }],
    [
      { _id: 1, ids: [1, 2] },
      { _id: 'more', ids: [3, 4] },
    ],
  ],
  [
    '$facet with several branches',
    [{ $facet: { n: [{ $count: 'n' }], top: [{ $sort: { qty: -1 } }, { $limit: 1 }, ids] } }],
    [{ n: [{ n: 4 }], top: [{ _id: 4 }] }],
  ],
  ['$facet of nothing', [{ $match: { _id: 99 } }, { $facet: { a: [{ $match: {} }] } }], [{ a: [] }]],
  [
    '$lookup finds elements of foreign arrays',
    [
      { $match: { _id: 3 } },
      { $lookup: { from: 'items', localField: 'item', foreignField: 'code', as: 'f' } },
      { $project: { n: '$f.name' } },
    ],
    [{ _id: 3, n: ['Apple', 'Both'] }],
  ],
  [
    '$lookup by a local array',
    [
      { $match: { _id: 1 } },
      { $lookup: { from: 'items', localField: 'o.l', foreignField: '_id', as: 'f' } },
      { $project: { n: '$f.name' } },
    ],
    [{ _id: 1, n: ['Apple', 'Bean'] }],
  ],
  [
    '$lookup of what is missing finds what is missing',
    [
      { $match: { _id: 4 } },
      { $lookup: { from: 'items', localField: 'none', foreignField: 'code', as: 'f' } },
      { $project: { n: '$f.name' } },
    ],
    [{ _id: 4, n: ['None'] }],
  ],
  [
    '$lookup from a collection that is not there',
    [
      { $match: { _id: 4 } },
      { $lookup: { from: 'nothing', localField: 'item', foreignField: 'code', as: 'f' } },
      { $project: { f: 1 } },
    ],
    [{ _id: 4, f: [] }],
  ],
  [
    '$lookup by fields and a pipeline',
    [
      { $match: { _id: 1 } },
      {
        $lookup: {
          from: 'items',
          localField: 'item',
          foreignField: 'code',
          pipeline: [{ $match: { _id: { $gt: 1 } } }, { $project: { name: 1, _id: 0 } }],
          as: 'f',
        },
      },
      { $project: { f: 1 } },
    ],
    [{ _id: 1, f: [{ name: 'Both' }] }],
  ],
  [
    '$lookup by a pipeline with let',
    [
      byId,
      {
        $lookup: {
          from: 'items',
          let: { i: '$item' },
          pipeline: [{ $match: { $expr: { $eq: ['$code', '$$i'] } } }, { $project: { name: 1, _id: 0 } }],
          as: 'f',
        },
      },
      { $project: { n: '$f.name' } },
    ],
    [
      { _id: 1, n: ['Apple'] },
      { _id: 2, n: ['Bean'] },
      { _id: 3, n: ['Apple'] },
      { _id: 4, n: [] },
    ],
  ],
  [
    '$lookup with fields, let and a pipeline',
    [
      { $match: { _id: 1 } },
      {
        $lookup: {
          from: 'items',
          localField: 'item',
          foreignField: 'code',
          let: { q: '$qty' },
          pipeline: [
            { $match: { $expr: { $in: ['$$q', { $ifNull: ['$sizes', []] }] } } },
            { $project: { name: 1, _id: 0 } },
          ],
          as: 'f',
        },
      },
      { $project: { f: 1 } },
    ],
    [{ _id: 1, f: [{ name: 'Apple' }] }],
  ],
  [
    '$lookup within $lookup sees the outer variables',
    [
      { $match: { _id: 2 } },
      {
        $lookup: {
          from: 'items',
          let: { i: '$item' },
          pipeline: [
            { $match: { _id: 1 } },
            {
              $lookup: {
                from: 'items',
                let: { own: '$_id' },
                pipeline: [
                  { $match: { $expr: { $eq: ['$code', '$$i'] } } },
                  { $project: { _id: 0, name: 1, own: '$$own' } },
                ],
                as: 'g',
              },
            },
            { $project: { _id: 0, g: 1 } },
          ],
          as: 'f',
        },
      },
      { $project: { f: 1 } },
    ],
    [{ _id: 2, f: [{ g: [{ name: 'Bean', own: 1 }] }] }],
  ],
  [
    '$lookup without fields joins all',
    [
      { $match: { _id: 1 } },
      { $lookup: { from: 'items', pipeline: [{ $count: 'n' }], as: 'f' } },
      { $project: { f: 1 } },
    ],
    [{ _id: 1, f: [{ n: 4 }] }],
  ],
  [
    '$lookup then $unwind',
    [
      { $match: { _id: 2 } },
      { $lookup: { from: 'items', localField: 'item', foreignField: 'code', as: 'f' } },
      { $unwind: '$f' },
      { $project: { name: '$f.name' } },
    ],
    [{ _id: 2, name: 'Bean' }],
  ],
  [
    '$lookup into a path',
    [
      { $match: { _id: 2 } },
      { $lookup: { from: 'items', localField: 'item', foreignField: 'code', as: 'o.f' } },
      { $project: { n: '$o.f._id' } },
    ],
    [{ _id: 2, n: [2] }],
  ],
  [
    '$unionWith',
    [
      { $match: { _id: 4 } },
      ids,
      { $unionWith: { coll: 'items', pipeline: [{ $match: { _id: 2 } }, { $project: { name: 1, _id: 0 } }] } },
    ],
    [{ _id: 4 }, { name: 'Bean' }],
  ],
  ['$unionWith by its short form', [{ $match: { _id: 4 } }, { $unionWith: 'items' }, { $count: 'n' }], [{ n: 5 }]],
];
for (const [name, stages, expected] of cases)
  test(`stage: ${name}`, async () => assert.deepEqual(await run(...stages), expected));

/** One group of all four, in the order of `qty`: 1, 2, 5, 9. */
const accumulators: [accumulator: Document, expected: unknown][] = [
  [{ $sum: '$qty' }, 17],
  [{ $sum: '$item' }, 0],
  [{ $avg: '$qty' }, 4.25],
  [{ $avg: '$item' }, null],
  [{ $min: '$qty' }, 1],
  [{ $max: '$item' }, 'c'],
  [{ $max: '$none' }, null],
  [{ $first: '$item' }, 'b'],
  [{ $last: '$tags' }, null],
  [{ $push: '$tags' }, [[], ['x', 'y'], null]],
  [{ $push: { i: '$item', n: '$none' } }, [{ i: 'b' }, { i: 'a' }, { i: 'a' }, { i: 'c' }]],
  [{ $count: {} }, 4],
  [{ $stdDevPop: { $cond: [{ $lt: ['$qty', 3] }, '$qty', null] } }, 0.5],
  [{ $stdDevSamp: { $cond: [{ $lt: ['$qty', 2] }, '$qty', null] } }, null],
  [{ $mergeObjects: '$o' }, { l: [1, 2] }],
  [{ $firstN: { input: '$item', n: 2 } }, ['b', 'a']],
  [{ $lastN: { input: '$item', n: 2 } }, ['a', 'c']],
  [{ $minN: { input: '$qty', n: 3 } }, [1, 2, 5]],
  [{ $maxN: { input: '$qty', n: 2 } }, [9, 5]],
  [{ $firstN: { input: '$none', n: 2 } }, [null, null]],
  [{ $top: { sortBy: { item: 1, qty: -1 }, output: '$_id' } }, 3],
  [{ $bottom: { sortBy: { qty: 1 }, output: ['$item', '$qty'] } }, ['c', 9]],
  [{ $topN: { n: 2, sortBy: { qty: -1 }, output: '$qty' } }, [9, 5]],
  [{ $bottomN: { n: 2, sortBy: { qty: -1 }, output: '$qty' } }, [2, 1]],
];
for (const [accumulator, expected] of accumulators) {
  test(`accumulator: ${JSON.stringify(accumulator)}`, async () => {
    const [found] = await run({ $sort: { qty: 1 } }, { $group: { _id: null, r: accumulator } });
    assert.deepEqual(found?.r, expected);
  });
}

test('the n of an accumulator may depend on the group', async () => {
  const n = { $cond: [{ $eq: ['$_id', 'a'] }, 2, 1] };
  const found = await run(
    { $sort: { qty: 1 } },
    { $group: { _id: '$item', q: { $maxN: { input: '$qty', n } } } },
    { $sort: { _id: 1 } },
  );
  assert.deepEqual(found, [
    { _id: 'a', q: [5, 2] },
    { _id: 'b', q: [1] },
    { _id: 'c', q: [9] },
  ]);
});

const refusals: [stage: Document, code: number][] = [
  [{ $nope: 1 }, 40324],
  [{}, 40323],
  [{ $match: {}, $limit: 1 }, 40323],
  [{ $match: 1 }, 15959],
  [{ $match: { $nope: 1 } }, 2],
  [{ $limit: 0 }, 15958],
  [{ $limit: -1 }, 5107201],
  [{ $limit: 'x' }, 5107201],
  [{ $skip: -1 }, 5107200],
  [{ $sort: {} }, 15976],
  [{ $sort: 1 }, 15973],
  [{ $sort: { a: 2 } }, 15975],
  [{ $unwind: 'tags' }, 28818],
  [{ $unwind: 1 }, 15981],
  [{ $unwind: { path: '$a', nope: 1 } }, 28811],
  [{ $unwind: { path: '$a', includeArrayIndex: '' } }, 28810],
  [{ $unwind: { path: '$a', includeArrayIndex: '$i' } }, 28822],
  [{ $unwind: { path: '$a', preserveNullAndEmptyArrays: 1 } }, 28809],
  [{ $unwind: { preserveNullAndEmptyArrays: true } }, 28812],
  [{ $group: 1 }, 15947],
  [{ $group: { n: { $sum: 1 } } }, 15955],
  [{ $group: { _id: 1, n: { $nope: 1 } } }, 15952],
  [{ $group: { _id: 1, n: 5 } }, 40234],
  [{ $group: { _id: 1, n: { $sum: 1, $avg: 1 } } }, 40238],
  [{ $group: { _id: 1, 'a.b': { $sum: 1 } } }, 40235],
  [{ $group: { _id: 1, n: { $sum: ['$a', '$b'] } } }, 40237],
  [{ $group: { _id: { $nope: 1 } } }, 168],
  [{ $count: '' }, 40157],
  [{ $count: '$n' }, 40158],
  [{ $count: 'a.b' }, 40160],
  [{ $count: 1 }, 40156],
  [{ $sample: { size: -1 } }, 28747],
  [{ $sample: 1 }, 28745],
  [{ $sample: {} }, 28749],
  [{ $sortByCount: 'item' }, 40148],
  [{ $sortByCount: 1 }, 40149],
  [{ $facet: {} }, 40169],
  [{ $facet: { a: 1 } }, 40170],
  [{ $facet: { a: [{ $facet: { b: [{ $count: 'n' }] } }] } }, 40600],
  [{ $facet: { a: [{ $out: 'x' }] } }, 40600],
  [{ $facet: { a: [{ $merge: { into: 'x' } }] } }, 40600],
  [{ $facet: { a: [{ $nope: 1 }] } }, 40324],
  [{ $bucket: { groupBy: '$a', boundaries: [1] } }, 40192],
  [{ $bucket: { groupBy: '$a', boundaries: [2, 1] } }, 40194],
  [{ $bucket: { groupBy: '$a', boundaries: [1, 'x'] } }, 40193],
  [{ $bucket: { groupBy: 'a', boundaries: [1, 2] } }, 40202],
  [{ $bucket: { groupBy: '$a' } }, 40198],
  [{ $bucket: { groupBy: '$a', boundaries: [1, 5], default: 3 } }, 40199],
  [{ $lookup: 1 }, 9],
  [{ $lookup: { from: 'items', as: 'f' } }, 9],
  [{ $lookup: { from: 'items', localField: 'a', as: 'f' } }, 9],
  [{ $lookup: { from: 'items', localField: 'a', foreignField: 'b' } }, 9],
  [{ $lookup: { from: 'items', pipeline: [{ $nope: 1 }], as: 'f' } }, 40324],
  [{ $lookup: { from: 'items', pipeline: [{ $out: 'x' }], as: 'f' } }, 51047],
  [{ $lookup: { from: 'items', let: { A: 1 }, pipeline: [], as: 'f' } }, 9],
  [{ $lookup: { from: 'items', pipeline: [{ $match: { $expr: '$$nope' } }], as: 'f' } }, 17276],
  [{ $replaceWith: '$$nope' }, 17276],
  [{ $unset: [] }, 31119],
  [{ $unset: 1 }, 31002],
  [{ $unset: ['a', 1] }, 31120],
  [{ $addFields: 1 }, 40272],
  [{ $addFields: { a: 1, 'a.b': 2 } }, 40176],
  [{ $addFields: { a: {} } }, 40180],
  [{ $addFields: { 'a..b': 1 } }, 15998],
  [{ $project: { a: { $nope: 1 } } }, 168],
  [{ $project: { a: 1, b: 0 } }, 31254],
];
for (const [stage, code] of refusals) {
  test(`stage refused on an empty collection too: ${JSON.stringify(stage)}`, async () => {
    await assert.rejects(contract.db.collection('none').aggregate([stage]).toArray(), { code });
    await assert.rejects(run({ $addFields: { z: 1 } }, stage), { code });
  });
}

test('$out must come last', async () => {
  await assert.rejects(run({ $out: 'x' }, { $match: {} }), { code: 40601 });
  await assert.rejects(run({ $merge: { into: 'x' } }, { $match: {} }), { code: 40601 });
});

test('values that no bucket takes are refused without a default', async () => {
  await assert.rejects(run({ $bucket: { groupBy: '$qty', boundaries: [1, 3] } }), { code: 40066 });
});

test('$replaceRoot needs a document', async () => {
  await assert.rejects(run({ $replaceRoot: { newRoot: '$item' } }), { code: 40228 });
  await assert.rejects(run({ $replaceWith: '$none' }), { code: 40228 });
});

test('$sample gives each document once', async () => {
  const found = await run({ $sample: { size: 3 } });
  assert.equal(new Set(found.map(({ _id }) => _id)).size, 3);
  assert.equal((await run({ $sample: { size: 50 } })).length, 4);
});

test('groups and sets follow the collation', async () => {
  const words = contract.db.collection<Doc>('words');
  await words.insertMany([
    { _id: 1, w: 'a' },
    { _id: 2, w: 'A' },
    { _id: 3, w: 'b' },
  ]);
  const stages = [{ $group: { _id: '$w', n: { $sum: 1 } } }, { $sort: { n: -1 } }, { $project: { _id: 0, n: 1 } }];
  assert.deepEqual(await words.aggregate(stages).toArray(), [{ n: 1 }, { n: 1 }, { n: 1 }]);
  const collation = { locale: 'en', strength: 2 };
  assert.deepEqual(await words.aggregate(stages, { collation }).toArray(), [{ n: 2 }, { n: 1 }]);
  const whole = { $group: { _id: null, set: { $addToSet: '$w' }, max: { $max: '$w' }, min: { $min: '$w' } } };
  const [found] = await words.aggregate([{ $sort: { _id: 1 } }, whole], { collation }).toArray();
  assert.equal(found?.set.length, 2);
  assert.equal(found?.max, 'b');
  assert.equal(String(found?.min).toLowerCase(), 'a');
  const matched = [{ $addFields: { z: 1 } }, { $match: { w: 'B' } }, { $count: 'n' }];
  assert.deepEqual(await words.aggregate(matched, { collation }).toArray(), [{ n: 1 }]);
  const joined = [
    { $match: { _id: 1 } },
    { $lookup: { from: 'words', localField: 'w', foreignField: 'w', as: 'f' } },
    { $project: { n: { $size: '$f' } } },
  ];
  assert.deepEqual(await words.aggregate(joined, { collation }).toArray(), [{ _id: 1, n: 2 }]);
});

test('groups take numbers of different types as one, and large ones apart', async () => {
  const numbers = contract.db.collection<Document>('numbers');
  await numbers.insertMany([{ n: 1 }, { n: 1.0 }, { n: 2n ** 53n }, { n: 2n ** 53n + 1n }]);
  const found = await numbers.aggregate([{ $group: { _id: '$n', c: { $sum: 1 } } }, { $sort: { _id: 1 } }]).toArray();
  assert.deepEqual(
    found.map(({ c }) => c),
    [2, 1, 1],
  );
});

test('a result over 16 MiB is refused', async () => {
  const large = contract.db.collection<Doc>('large');
  await large.insertOne({ _id: 1, s: 'x'.repeat(1_000_000) });
  const stages = [
    { $project: { s: 1, l: { $range: [0, 20] } } },
    { $unwind: '$l' },
    { $group: { _id: null, all: { $push: '$s' } } },
  ];
  await assert.rejects(large.aggregate(stages).toArray(), { code: 10334 });
  const counted = await large.aggregate([...stages, { $project: { n: { $size: '$all' } } }]).toArray();
  assert.deepEqual(counted, [{ _id: null, n: 20 }]);
});

test('$push over its memory is refused, with the disk too', async () => {
  const stages = [
    { $project: { s: 1, l: { $range: [0, 120] } } },
    { $unwind: '$l' },
    { $group: { _id: null, all: { $push: '$s' } } },
    { $project: { n: { $size: '$all' } } },
  ];
  const run = contract.db.collection('large').aggregate(stages, { allowDiskUse: true });
  await assert.rejects(run.toArray(), { code: 146, codeName: 'ExceededMemoryLimit' });
});
