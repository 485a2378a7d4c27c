import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Collection, type Document, ObjectId, Timestamp } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

let contract: Contract;
let one: Collection<Document>;

const at = new Date('2024-02-29T10:20:30.456Z');
before(async () => {
  contract = await openContract();
  one = contract.db.collection('one');
  await one.insertOne({
    n: 7,
    s: 'Größe',
    t: ['b', 'a', 'B'],
    at,
    o: { x: 1, y: { z: 2 } },
    l: [{ k: 1, v: 'p' }, { k: 2 }],
    deep: [[{ k: 1 }], { k: [{ j: 3 }] }],
    none: null,
    empty: [],
  });
});
after(async () => {
  await contract.close();
});

async function value(expression: unknown, options: Document = {}): Promise<unknown> {
  const [found] = await one.aggregate([{ $project: { _id: 0, r: expression } }], options).toArray();
  return found?.r;
}

const literal = (operand: unknown) => ({ $literal: operand });

/** `{ case, then }` and the like, whose `then` would make an object look like a promise. */
const named = (...pairs: [string, unknown][]): Document => Object.fromEntries(pairs);

const cases: [expression: unknown, expected: unknown][] = [
  ['$o.y.z', 2],
  ['$l.k', [1, 2]],
  ['$l.v', ['p']],
  ['$deep.k.j', [[3]]],
  ['$t.0', []],
  ['$nothing.at.all', undefined],
  ['$$ROOT.n', 7],
  ['$$CURRENT.o.x', 1],
  [
    { a: '$n', b: { c: '$o.x' }, d: '$nothing' },
    { a: 7, b: { c: 1 } },
  ],
  [
    ['$n', '$nothing'],
    [7, null],
  ],
  [{ $literal: { $add: [1, 2] } }, { $add: [1, 2] }],
  [{ $add: ['$n', null] }, null],
  [{ $add: ['$at', 1000] }, new Date(at.getTime() + 1000)],
  [{ $subtract: ['$at', new Date(at.getTime() - 5)] }, 5],
  [{ $multiply: [] }, 1],
  [{ $add: [] }, 0],
  [{ $divide: [7, 2] }, 3.5],
  [{ $mod: [-7, 3] }, -1],
  [{ $mod: [7.5, 2] }, 1.5],
  [{ $abs: -3 }, 3],
  [{ $ceil: 1.2 }, 2],
  [{ $floor: -1.2 }, -2],
  [{ $round: [2.5] }, 2],
  [{ $round: [3.5] }, 4],
  [{ $round: [-2.5, 0] }, -2],
  [{ $round: [1.2345, 2] }, 1.23],
  [{ $round: [1250, -2] }, 1200],
  [{ $trunc: [-2.7] }, -2],
  [{ $trunc: [1.987, 2] }, 1.98],
  [{ $trunc: [1299, -2] }, 1200],
  [{ $sqrt: 16 }, 4],
  [{ $pow: [2, 10] }, 1024],
  [{ $pow: [2, -1] }, 0.5],
  [{ $log: [100, 10] }, 2],
  [{ $log10: 1000 }, 3],
  [{ $ln: 1 }, 0],
  [{ $exp: 0 }, 1],
  [{ $sin: 0 }, 0],
  [{ $atan2: [0, 1] }, 0],
  [{ $degreesToRadians: 180 }, Math.PI],
  [{ $bitAnd: [12, 10] }, 8],
  [{ $bitOr: [12, 10] }, 14],
  [{ $bitXor: [12, 10] }, 6],
  [{ $bitNot: 5 }, -6],
  [{ $eq: ['$none', '$nothing'] }, false],
  [{ $lt: ['$nothing', '$none'] }, true],
  [{ $cmp: ['a', 1] }, 1],
  [{ $gt: [{ a: 2 }, { a: 1 }] }, true],
  [{ $eq: [1, 1.0] }, true],
  [{ $and: [] }, true],
  [{ $or: [] }, false],
  [{ $and: [1, 'x', '$empty'] }, true],
  [{ $not: ['$none'] }, true],
  [{ $not: [0] }, true],
  [{ $ifNull: ['$none', '$nothing', 'third'] }, 'third'],
  [{ $cond: named(['if', '$n'], ['then', 'yes'], ['else', 'no']) }, 'yes'],
  [{ $switch: { branches: [named(['case', false], ['then', 1])], default: 2 } }, 2],
  [{ $anyElementTrue: [[0, null, 1]] }, true],
  [{ $allElementsTrue: [[1, 0]] }, false],
  [{ $arrayElemAt: ['$t', 9] }, undefined],
  [{ $arrayElemAt: ['$none', 0] }, null],
  [{ $first: '$t' }, 'b'],
  [{ $last: '$empty' }, undefined],
  [{ $firstN: { input: '$t', n: 2 } }, ['b', 'a']],
  [{ $lastN: { input: '$t', n: 2 } }, ['a', 'B']],
  [{ $maxN: { input: [3, 1, null, 2], n: 2 } }, [3, 2]],
  [{ $minN: { input: [3, 1, null, 2], n: 2 } }, [1, 2]],
  [{ $concatArrays: ['$t', [1]] }, ['b', 'a', 'B', 1]],
  [{ $concatArrays: ['$t', '$none'] }, null],
  [{ $slice: ['$t', -2] }, ['a', 'B']],
  [{ $slice: ['$t', 1, 1] }, ['a']],
  [{ $slice: ['$t', -3, 2] }, ['b', 'a']],
  [{ $range: [5, 0, -2] }, [5, 3, 1]],
  [{ $reverseArray: '$t' }, ['B', 'a', 'b']],
  [{ $indexOfArray: ['$t', 'a'] }, 1],
  [{ $indexOfArray: ['$t', 'a', 2] }, -1],
  [{ $isArray: ['$t'] }, true],
  [{ $size: '$empty' }, 0],
  [{ $filter: { input: [1, 2, 3, 4], as: 'x', cond: { $gt: ['$$x', 1] }, limit: 2 } }, [2, 3]],
  [{ $map: { input: '$l', as: 'e', in: '$$e.v' } }, ['p', null]],
  [{ $reduce: { input: ['a', 'b'], initialValue: '', in: { $concat: ['$$value', '$$this'] } } }, 'ab'],
  [{ $zip: { inputs: [[1, 2], ['a']] } }, [[1, 'a']]],
  [
    { $zip: { inputs: [[1, 2], ['a']], useLongestLength: true } },
    [
      [1, 'a'],
      [2, null],
    ],
  ],
  [
    { $zip: { inputs: [[1, 2], ['a']], useLongestLength: true, defaults: [0, 'z'] } },
    [
      [1, 'a'],
      [2, 'z'],
    ],
  ],
  [{ $sortArray: { input: '$l', sortBy: { k: -1 } } }, [{ k: 2 }, { k: 1, v: 'p' }]],
  [{ $setIsSubset: [['a'], '$t'] }, true],
  [
    {
      $setEquals: [
        ['a', 'a', 'b'],
        ['b', 'a'],
      ],
    },
    true,
  ],
  [{ $setDifference: ['$t', ['a']] }, ['b', 'B']],
  [{ $mergeObjects: ['$o', null, { x: 5 }] }, { x: 5, y: { z: 2 } }],
  [{ $mergeObjects: [] }, {}],
  [
    { $objectToArray: '$o' },
    [
      { k: 'x', v: 1 },
      { k: 'y', v: { z: 2 } },
    ],
  ],
  [
    {
      $arrayToObject: literal([
        ['a', 1],
        ['b', 2],
      ]),
    },
    { a: 1, b: 2 },
  ],
  [{ $getField: { field: 'x', input: '$o' } }, 1],
  [{ $setField: { field: 'w', input: '$o', value: 9 } }, { x: 1, y: { z: 2 }, w: 9 }],
  [{ $unsetField: { field: 'y', input: '$o' } }, { x: 1 }],
  [{ $strLenCP: '$s' }, 5],
  [{ $strLenBytes: '$s' }, 7],
  [{ $substrCP: ['$s', 2, 2] }, 'öß'],
  [{ $substrBytes: ['abc', 1, -1] }, 'bc'],
  [{ $toUpper: 'aé' }, 'Aé'],
  [{ $toLower: '$none' }, ''],
  [{ $indexOfCP: ['$s', 'ß'] }, 3],
  [{ $indexOfBytes: ['$s', 'ß'] }, 4],
  [{ $indexOfCP: ['abc', 'c', 0, 2] }, -1],
  [{ $indexOfCP: ['$none', 'x'] }, null],
  [{ $split: ['a-b-', '-'] }, ['a', 'b', '']],
  [{ $trim: { input: 'xxaxx', chars: 'x' } }, 'a'],
  [{ $ltrim: { input: '  a ' } }, 'a '],
  [{ $rtrim: { input: '  a ' } }, '  a'],
  [{ $replaceOne: { input: 'aaa', find: 'a', replacement: 'b' } }, 'baa'],
  [{ $replaceAll: { input: 'aaa', find: 'a', replacement: literal('$&') } }, '$&$&$&'],
  [{ $strcasecmp: ['AB', 'ab'] }, 0],
  [{ $concat: ['a', null] }, null],
  [{ $regexFind: { input: 'xxab', regex: '(a)(c)?' } }, { match: 'a', idx: 2, captures: ['a', null] }],
  [{ $regexFind: { input: 'xx', regex: /a/ } }, null],
  [
    { $regexFindAll: { input: 'aXbX', regex: '([a-z])X' } },
    [
      { match: 'aX', idx: 0, captures: ['a'] },
      { match: 'bX', idx: 2, captures: ['b'] },
    ],
  ],
  [{ $regexMatch: { input: '$none', regex: 'a' } }, false],
  [{ $year: '$at' }, 2024],
  [{ $month: '$at' }, 2],
  [{ $dayOfMonth: { date: '$at' } }, 29],
  [{ $dayOfWeek: '$at' }, 5],
  [{ $dayOfYear: '$at' }, 60],
  [{ $hour: '$at' }, 10],
  [{ $minute: '$at' }, 20],
  [{ $second: '$at' }, 30],
  [{ $millisecond: '$at' }, 456],
  [{ $week: '$at' }, 8],
  [{ $isoWeek: '$at' }, 9],
  [{ $isoWeekYear: new Date('2021-01-01T00:00:00Z') }, 2020],
  [{ $isoDayOfWeek: '$at' }, 4],
  [{ $year: '$none' }, null],
  [{ $dateToString: { date: '$at' } }, '2024-02-29T10:20:30.456Z'],
  [{ $dateToString: { date: '$at', format: '%d.%m.%Y %H:%M:%S.%L %j %%' } }, '29.02.2024 10:20:30.456 060 %'],
  [{ $dateToString: { date: '$at', format: '%G-W%V-%u' } }, '2024-W09-4'],
  [{ $dateToString: { date: '$none', onNull: '-' } }, '-'],
  [
    { $dateAdd: { startDate: new Date('2024-01-31T00:00:00Z'), unit: 'month', amount: 1 } },
    new Date('2024-02-29T00:00:00Z'),
  ],
  [{ $dateAdd: { startDate: '$at', unit: 'day', amount: 1 } }, new Date(at.getTime() + 86_400_000)],
  [{ $dateSubtract: { startDate: '$at', unit: 'quarter', amount: 1 } }, new Date('2023-11-29T10:20:30.456Z')],
  [
    {
      $dateDiff: {
        startDate: new Date('2023-12-31T23:59:00Z'),
        endDate: new Date('2024-01-01T00:01:00Z'),
        unit: 'year',
      },
    },
    1,
  ],
  [{ $dateDiff: { startDate: new Date('2024-01-01T00:00:00Z'), endDate: '$at', unit: 'month' } }, 1],
  [
    {
      $dateDiff: {
        startDate: new Date('2024-02-29T23:59:59Z'),
        endDate: new Date('2024-03-01T00:00:00Z'),
        unit: 'day',
      },
    },
    1,
  ],
  [
    {
      $dateDiff: {
        startDate: new Date('2024-03-02T00:00:00Z'),
        endDate: new Date('2024-03-03T00:00:00Z'),
        unit: 'week',
      },
    },
    1,
  ],
  [
    {
      $dateDiff: {
        startDate: new Date('2024-03-02T00:00:00Z'),
        endDate: new Date('2024-03-03T00:00:00Z'),
        unit: 'week',
        startOfWeek: 'monday',
      },
    },
    0,
  ],
  [{ $dateTrunc: { date: '$at', unit: 'hour' } }, new Date('2024-02-29T10:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'minute', binSize: 15 } }, new Date('2024-02-29T10:15:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'week', startOfWeek: 'mon' } }, new Date('2024-02-26T00:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'quarter' } }, new Date('2024-01-01T00:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'year' } }, new Date('2024-01-01T00:00:00Z')],
  [{ $dateFromParts: { year: 2024, month: 14, day: 1, hour: 25 } }, new Date('2025-02-02T01:00:00Z')],
  [{ $dateFromParts: { isoWeekYear: 2024, isoWeek: 9, isoDayOfWeek: 4 } }, new Date('2024-02-29T00:00:00Z')],
  [
    { $dateToParts: { date: '$at' } },
    { year: 2024, month: 2, day: 29, hour: 10, minute: 20, second: 30, millisecond: 456 },
  ],
  [{ $toString: 1.5 }, '1.5'],
  [{ $toString: true }, 'true'],
  [{ $toString: '$at' }, '2024-02-29T10:20:30.456Z'],
  [{ $toInt: 3.9 }, 3],
  [{ $toInt: '-12' }, -12],
  [{ $toLong: '$at' }, at.getTime()],
  [{ $toDouble: '1e3' }, 1000],
  [{ $toBool: 'false' }, true],
  [{ $toBool: 0 }, false],
  [{ $toDate: '2024-02-29T10:20:30.456' }, at],
  [{ $toObjectId: '65e05b1e0000000000000000' }, new ObjectId('65e05b1e0000000000000000')],
  [{ $convert: { input: 'x', to: 'int', onError: 'bad' } }, 'bad'],
  [{ $convert: { input: '$none', to: 'int', onNull: 'null' } }, 'null'],
  [{ $convert: { input: '12', to: 16 } }, 12],
  [{ $type: '$nothing' }, 'missing'],
  [{ $type: '$t' }, 'array'],
  [{ $isNumber: '$n' }, true],
  [{ $tsSecond: new Timestamp({ t: 5, i: 7 }) }, 5],
  [{ $tsIncrement: new Timestamp({ t: 5, i: 7 }) }, 7],
  [{ $binarySize: '$s' }, 7],
  [{ $bsonSize: literal({}) }, 5],
  [{ $sum: ['$n', 'x', 3] }, 10],
  [{ $sum: '$l.k' }, 3],
  [{ $avg: [1, 2, '$none'] }, 1.5],
  [{ $avg: '$empty' }, null],
  [{ $max: '$l.k' }, 2],
  [{ $min: ['$none', 3, '$nothing'] }, 3],
  [{ $stdDevPop: [2, 4, 4, 4, 5, 5, 7, 9] }, 2],
  [{ $stdDevSamp: [5] }, null],
  [{ $let: { vars: { a: 1, b: '$n' }, in: { $add: ['$$a', '$$b'] } } }, 8],
];
for (const [expression, expected] of cases)
  test(`expression ${JSON.stringify(expression)}`, async () => assert.deepEqual(await value(expression), expected));
