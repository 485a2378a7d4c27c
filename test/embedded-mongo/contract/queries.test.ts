import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { Binary, type Collection, Decimal128, type Document, Double, Int32, Long, MaxKey, MinKey } from 'mongodb';
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

/** Title, values of the field `a` (undefined leaves it out), the filter, and the places of the values that it finds. */
const cases: [string, unknown[], Document, number[]][] = [
  ['a number is not a text', [1, '1'], { a: 1 }, [0]],
  [
    'numbers of all types are equal',
    [new Int32(1), new Double(1), Long.fromNumber(1), Decimal128.fromString('1.0')],
    { a: 1 },
    [0, 1, 2, 3],
  ],
  [
    '0.1 as a double is not 0.1 as a decimal',
    [0.1, Decimal128.fromString('0.1')],
    { a: Decimal128.fromString('0.1') },
    [1],
  ],
  ['0.5 is the same in both', [0.5, Decimal128.fromString('0.5')], { a: Decimal128.fromString('0.50') }, [0, 1]],
  [
    'longs are exact',
    [Long.fromString('9007199254740993'), 9007199254740992],
    { a: Long.fromString('9007199254740993') },
    [0],
  ],
  ['a long against a double', [Long.fromString('9007199254740993')], { a: { $gt: 9007199254740992 } }, [0]],
  ['-0 equals 0', [new Double(-0), 0], { a: 0 }, [0, 1]],
  ['NaN equals NaN', [Number.NaN, Decimal128.fromString('NaN'), 1], { a: Number.NaN }, [0, 1]],
  ['NaN is not below anything', [Number.NaN, 1], { a: { $lt: 5 } }, [1]],
  ['infinity', [Number.POSITIVE_INFINITY, 1], { a: { $gt: 1e308 } }, [0]],
  ['null finds missing and null', [null, undefined, 0], { a: null }, [0, 1]],
  ['$type null finds null alone', [null, undefined, 0], { a: { $type: 'null' } }, [0]],
  ['$ne null', [null, undefined, 0, []], { a: { $ne: null } }, [2, 3]],
  ['$exists true with null', [null, undefined], { a: { $exists: true } }, [0]],
  ['$exists 0', [null, undefined], { a: { $exists: 0 } }, [1]],
  ['$gte null is null or missing', [null, undefined, 1], { a: { $gte: null } }, [0, 1]],
  ['$gt null is nothing', [null, undefined, 1], { a: { $gt: null } }, []],
  ['an array by an element', [[1, 2], [2, 3], 2], { a: 2 }, [0, 1, 2]],
  ['an array as a whole', [[1, 2], [2, 1], [[1, 2]]], { a: [1, 2] }, [0, 2]],
  ['an empty array', [[], [[]], [1], null], { a: [] }, [0, 1]],
  ['an element that is null', [[null], [1], null], { a: null }, [0, 2]],
  ['an array of arrays is not gone into twice', [[[1]], [1]], { a: 1 }, [1]],
  [
    '$gt over elements',
    [
      [1, 5],
      [1, 2],
    ],
    { a: { $gt: 4 } },
    [0],
  ],
  ['two bounds may be met by two elements', [[1, 9], [5], [0, 1]], { a: { $gt: 4, $lt: 6 } }, [0, 1]],
  ['$elemMatch is met by one element', [[1, 9], [5]], { a: { $elemMatch: { $gt: 4, $lt: 6 } } }, [1]],
  ['$elemMatch wants an array', [5, [5]], { a: { $elemMatch: { $gt: 4 } } }, [1]],
  ['$elemMatch does not go into an array in an array', [[[5]], [5]], { a: { $elemMatch: { $gt: 4 } } }, [1]],
  ['$elemMatch of $elemMatch', [[[5]], [5]], { a: { $elemMatch: { $elemMatch: { $gt: 4 } } } }, [0]],
  [
    '$elemMatch with documents',
    [
      [
        { x: 1, y: 1 },
        { x: 2, y: 2 },
      ],
      [{ x: 1, y: 2 }],
    ],
    { a: { $elemMatch: { x: 1, y: 2 } } },
    [1],
  ],
  [
    '$elemMatch with $or',
    [[{ x: 1 }], [{ y: 1 }], [{ z: 1 }]],
    { a: { $elemMatch: { $or: [{ x: 1 }, { y: 1 }] } } },
    [0, 1],
  ],
  [
    '$elemMatch with $ne',
    [
      [1, 1],
      [1, 2],
    ],
    { a: { $elemMatch: { $ne: 1 } } },
    [1],
  ],
  ['$elemMatch with $in', [['x', 'y'], ['z']], { a: { $elemMatch: { $in: ['y'] } } }, [0]],
  ['$elemMatch with $not', [[1], [5, 1]], { a: { $elemMatch: { $not: { $lt: 3 } } } }, [1]],
  ['$all', [['x', 'y'], ['x'], 'x'], { a: { $all: ['x', 'y'] } }, [0]],
  ['$all with one value finds the value itself', [['x'], 'x', 'y'], { a: { $all: ['x'] } }, [0, 1]],
  ['$all with nothing finds nothing', [['x'], []], { a: { $all: [] } }, []],
  [
    '$all with $elemMatch',
    [[{ x: 1 }, { x: 2 }], [{ x: 1 }]],
    { a: { $all: [{ $elemMatch: { x: 1 } }, { $elemMatch: { x: 2 } }] } },
    [0],
  ],
  ['$all with an expression', [['ab', 'cd'], ['ab']], { a: { $all: [/^a/, /^c/] } }, [0]],
  ['$all with an array in it', [[['x']], ['x']], { a: { $all: [['x']] } }, [0, 1]],
  ['$size', [[1, 2], [1], [], 2], { a: { $size: 2 } }, [0]],
  ['$size 0', [[], [1], undefined], { a: { $size: 0 } }, [0]],
  ['$size as a long', [[1]], { a: { $size: Long.fromNumber(1) } }, [0]],
  ['$type by number', ['x', 1, [1]], { a: { $type: 2 } }, [0]],
  ['$type of an element', [['x'], [1]], { a: { $type: 'string' } }, [0]],
  ['$type array', [[1], 1, [[1]]], { a: { $type: 'array' } }, [0, 2]],
  [
    '$type number',
    [1, 1.5, Long.fromNumber(1), Decimal128.fromString('1'), '1'],
    { a: { $type: 'number' } },
    [0, 1, 2, 3],
  ],
  ['$type of several', ['x', 1, true], { a: { $type: ['string', 'bool'] } }, [0, 2]],
  ['$type -1 and 127', [new MinKey(), new MaxKey(), 1], { a: { $type: [-1, 127] } }, [0, 1]],
  ['MinKey is below all', [new MinKey(), 1, null], { a: { $gt: new MinKey() } }, [1, 2]],
  ['$lt MaxKey is all', [1, 'x', new MaxKey()], { a: { $lt: new MaxKey() } }, [0, 1]],
  ['$not with an operator', [1, 5, 'x', undefined], { a: { $not: { $gt: 3 } } }, [0, 2, 3]],
  ['$not with a regular expression', ['ab', 'b', 1], { a: { $not: /^a/ } }, [1, 2]],
  ['$not with $regex', ['ab', 'b'], { a: { $not: { $regex: '^a' } } }, [1]],
  ['$nor', [1, 2, 3], { $nor: [{ a: 1 }, { a: 2 }] }, [2]],
  ['$nin over elements', [[1, 2], [3], undefined], { a: { $nin: [1] } }, [1, 2]],
  ['$ne over elements', [[1, 2], [3]], { a: { $ne: 1 } }, [1]],
  ['$in with an array', [[1, 2], [1], [[1, 2]]], { a: { $in: [[1, 2]] } }, [0, 2]],
  ['$in with nothing', [1, null], { a: { $in: [] } }, []],
  ['$in with twenty values', [1, 19, 20, 'x'], { a: { $in: Array.from({ length: 20 }, (_, i) => i) } }, [0, 1]],
  [
    'a document is equal in its order alone',
    [
      { x: 1, y: 2 },
      { y: 2, x: 1 },
      { x: 1, y: 2, z: 3 },
    ],
    { a: { x: 1, y: 2 } },
    [0],
  ],
  ['a document with another number type', [{ x: new Int32(1) }, { x: Long.fromNumber(1) }], { a: { x: 1 } }, [0, 1]],
  ['an empty document', [{}, { x: 1 }], { a: {} }, [0]],
  ['documents are compared', [{ x: 1 }, { x: 2 }], { a: { $gt: { x: 1 } } }, [1]],
  ['a path', [{ b: { c: 1 } }, { b: 1 }], { 'a.b.c': 1 }, [0]],
  ['a path through an array', [[{ b: 1 }, { b: 2 }], [{ b: 3 }]], { 'a.b': 2 }, [0]],
  ['a path through two arrays', [[{ b: [{ c: 1 }] }], [{ b: [{ c: 2 }] }]], { 'a.b.c': 2 }, [1]],
  ['a path with a place', [[5, 6], [6, 5], { 0: 5 }], { 'a.0': 5 }, [0, 2]],
  ['a path with a place and a name', [[{ b: 1 }, { b: 2 }], [{ b: 2 }]], { 'a.1.b': 2 }, [0]],
  ['a path that ends in an array', [{ b: [1, 2] }, { b: [3] }], { 'a.b': 2 }, [0]],
  ['null at a path', [{ b: 1 }, {}, 5, [{ b: 1 }, {}], []], { 'a.b': null }, [1, 2, 3]],
  ['$exists at a path through an array', [[{ b: 1 }, {}], [{}], []], { 'a.b': { $exists: true } }, [0]],
  ['$exists false at a path through an array', [[{ b: 1 }, {}], [{}], []], { 'a.b': { $exists: false } }, [1, 2]],
  ['dates are not numbers', [new Date(5), 5], { a: { $gte: new Date(0) } }, [0]],
  ['true is not 1', [true, 1], { a: true }, [0]],
  ['$gt among booleans', [true, false, 1], { a: { $gt: false } }, [0]],
  [
    'binary is equal by type and bytes',
    [new Binary(Buffer.from([1])), new Binary(Buffer.from([1]), 5)],
    { a: new Binary(Buffer.from([1])) },
    [0],
  ],
  ['$mod', [4, 5, 6.9, -4, 'x'], { a: { $mod: [2, 0] } }, [0, 2, 3]],
  ['$mod of a negative number', [-5, 5], { a: { $mod: [3, -2] } }, [0]],
  ['$mod of a long', [Long.fromString('9007199254740993')], { a: { $mod: [10, 3] } }, [0]],
  ['$mod of a decimal', [Decimal128.fromString('9007199254740993.5')], { a: { $mod: [10, 3] } }, [0]],
  ['$mod takes fractions off', [7], { a: { $mod: [4.7, 3.2] } }, [0]],
  ['$mod beyond 64 bits', [1e300, Number.POSITIVE_INFINITY, Number.NaN], { a: { $mod: [2, 0] } }, []],
  ['$bitsAllSet by a mask', [7, 5, 2], { a: { $bitsAllSet: 5 } }, [0, 1]],
  ['$bitsAnySet by places', [1, 2, 4], { a: { $bitsAnySet: [0, 2] } }, [0, 2]],
  ['$bitsAllClear', [1, 2, 4], { a: { $bitsAllClear: 3 } }, [2]],
  ['$bitsAnyClear', [3, 1], { a: { $bitsAnyClear: 3 } }, [1]],
  ['$bits of a long', [Long.fromString('9007199254740993')], { a: { $bitsAllSet: [0, 53] } }, [0]],
  ['$bits of a negative number reach on', [-1], { a: { $bitsAllSet: [200] } }, [0]],
  ['$bits of a fraction', [1.5], { a: { $bitsAnySet: 1 } }, []],
  ['$bits of binary data', [new Binary(Buffer.from([0, 1]))], { a: { $bitsAllSet: [8] } }, [0]],
  ['$bits by a binary mask', [256, 1], { a: { $bitsAllSet: new Binary(Buffer.from([0, 1])) } }, [0]],
  [
    '$expr compares fields',
    [
      { x: 2, y: 1 },
      { x: 1, y: 2 },
    ],
    { $expr: { $gt: ['$a.x', '$a.y'] } },
    [0],
  ],
  ['$expr tells null from missing', [null, undefined], { $expr: { $eq: ['$a', null] } }, [0]],
  ['$expr takes an array as a whole', [[1], 1], { $expr: { $eq: ['$a', 1] } }, [1]],
  ['$and and $or together', [1, 2, 3], { $and: [{ $or: [{ a: 1 }, { a: 2 }] }, { a: { $ne: 1 } }] }, [1]],
  [
    '$or with overlapping branches gives each once',
    [1, 2, 3],
    { $or: [{ a: { $lt: 3 } }, { a: { $gt: 1 } }] },
    [0, 1, 2],
  ],
  ['$comment changes nothing', [1, 2], { a: 1, $comment: 'a remark' }, [0]],
  ['a name of digits', [{ 2024: 1 }, { 2023: 1 }], { 'a.2024': 1 }, [0]],
];
for (const [title, values, filter, expected] of cases) {
  test(`a query: ${title}`, async () => {
    await things.insertMany(values.map((a, _id) => (a === undefined ? { _id } : { _id, a })));
    const ids = async () => (await things.find(filter).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
    assert.deepEqual(await ids(), expected);
    assert.equal(await things.countDocuments(filter), expected.length);
    await things.createIndex({ a: 1 });
    assert.deepEqual(await ids(), expected, 'with an index');
    await things.dropIndexes();
  });
}

const refused: [string, Document, number][] = [
  ['an unknown operator', { a: { $strange: 1 } }, 2],
  ['an unknown operator at the top', { $strange: 1 }, 2],
  ['$in without an array', { a: { $in: 1 } }, 2],
  ['$nin without an array', { a: { $nin: 1 } }, 2],
  ['$in with an operator', { a: { $in: [{ $gt: 1 }] } }, 2],
  ['$all without an array', { a: { $all: 1 } }, 2],
  ['$size of a text', { a: { $size: 'x' } }, 2],
  ['$size of a fraction', { a: { $size: 1.5 } }, 2],
  ['$size below 0', { a: { $size: -1 } }, 2],
  ['$type of nothing', { a: { $type: [] } }, 9],
  ['an unknown type', { a: { $type: 'strange' } }, 2],
  ['an unknown type number', { a: { $type: 42 } }, 2],
  ['$mod with one number', { a: { $mod: [1] } }, 2],
  ['$mod with three numbers', { a: { $mod: [1, 2, 3] } }, 2],
  ['$mod by 0', { a: { $mod: [0, 1] } }, 2],
  ['$mod by 0.5', { a: { $mod: [0.5, 1] } }, 2],
  ['$mod by infinity', { a: { $mod: [Number.POSITIVE_INFINITY, 1] } }, 2],
  ['$bits with a negative mask', { a: { $bitsAllSet: -1 } }, 9],
  ['$bits with a fraction', { a: { $bitsAllSet: 1.5 } }, 9],
  ['$bits with a text', { a: { $bitsAllSet: 'x' } }, 2],
  ['$bits with a place below 0', { a: { $bitsAllSet: [-1] } }, 2],
  ['$not with a number', { a: { $not: 1 } }, 2],
  ['$not with nothing', { a: { $not: {} } }, 2],
  ['$elemMatch with a number', { a: { $elemMatch: 1 } }, 2],
  ['$and with nothing', { $and: [] }, 2],
  ['$or without an array', { $or: { a: 1 } }, 2],
  ['$nor with a number in it', { $nor: [1] }, 2],
  ['$ne with a regular expression', { a: { $ne: /x/ } }, 2],
  ['$gt with a regular expression', { a: { $gt: /x/ } }, 2],
  ['an unknown expression', { $expr: { $strange: 1 } }, 168],
];
for (const [title, filter, code] of refused) {
  test(`a query is refused, also without documents: ${title}`, async () => {
    await assert.rejects(contract.db.collection('empty').find(filter).toArray(), { code });
    await things.insertOne({ _id: 1, a: 1 });
    await assert.rejects(things.find(filter).toArray(), { code });
  });
}

test('the variables of let are worked out before the query', async () => {
  await things.insertMany([
    { _id: 1, a: 3 },
    { _id: 2, a: 4 },
  ]);
  const command = {
    find: 'things',
    filter: { $expr: { $eq: ['$a', '$$sum'] } },
    let: { sum: { $add: [1, 2] } },
    projection: { twice: { $multiply: ['$$sum', 2] } },
  };
  const { cursor } = await contract.db.command(command);
  assert.deepEqual(cursor.firstBatch, [{ _id: 1, twice: 6 }]);
  const removed = await contract.db.command({
    delete: 'things',
    deletes: [{ q: { $expr: { $eq: ['$a', '$$sum'] } }, limit: 0 }],
    let: { sum: { $add: [1, 3] } },
  });
  assert.equal(removed.n, 1);
});

test('distinct gives elements, and arrays in arrays as they are', async () => {
  await things.insertMany([
    { _id: 1, a: [1, 2] },
    { _id: 2, a: 2 },
    { _id: 3, a: [[3]] },
    { _id: 4 },
    { _id: 5, a: null },
  ]);
  assert.deepEqual(await things.distinct('a'), [null, 1, 2, [3]]);
});
