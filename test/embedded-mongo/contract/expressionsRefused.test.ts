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

async function value(expression: unknown): Promise<unknown> {
  const [found] = await one.aggregate([{ $project: { _id: 0, r: expression } }]).toArray();
  return found?.r;
}

/** `{ case, then }` and the like, whose `then` would make an object look like a promise. */
const named = (...pairs: [string, unknown][]): Document => Object.fromEntries(pairs);

const refusals: [expression: unknown, code: number][] = [
  [{ $nope: 1 }, 168],
  [{ a: { $map: { input: [], in: { $nope: 1 } } } }, 168],
  [{ $add: [1], $subtract: [2, 1] }, 15983],
  [{ $subtract: [1] }, 16020],
  [{ $not: [1, 2] }, 16020],
  [{ $range: [1] }, 28667],
  [{ $cond: [1, 2] }, 16020],
  [{ $cond: named(['then', 1], ['else', 2]) }, 17080],
  [{ $cond: { if: 1, else: 2 } }, 17081],
  [{ $cond: named(['if', 1], ['then', 2]) }, 17082],
  [{ $cond: named(['if', 1], ['then', 2], ['else', 3], ['other', 4]) }, 17083],
  [{ $switch: { branches: [] } }, 40068],
  [{ $switch: { branches: [{ case: true }] } }, 40065],
  [{ $switch: { branches: [named(['then', true])] } }, 40064],
  [{ $switch: { branches: 5 } }, 40061],
  [{ $switch: { branches: [named(['case', false], ['then', 1])], other: 1 } }, 40067],
  [{ $let: { vars: { a: 1 } } }, 16877],
  [{ $let: { vars: { A: 1 }, in: 1 } }, 9],
  [{ $map: { in: 1 } }, 16880],
  [{ $map: { input: [] } }, 16882],
  [{ $filter: { input: [] } }, 28650],
  [{ $filter: { input: [], cond: 1, other: 1 } }, 28647],
  [{ $reduce: { input: [], in: 1 } }, 40078],
  [{ $trim: { chars: 'x' } }, 50695],
  [{ $zip: { inputs: [[1]], other: 1 } }, 34464],
  ['$$undefinedVariable', 17276],
  ['$', 16872],
  ['$a.', 40353],
  ['$a..b', 15998],
];
for (const [expression, code] of refusals) {
  test(`refused on an empty collection too: ${JSON.stringify(expression)}`, async () => {
    const none = contract.db.collection('none');
    await assert.rejects(none.aggregate([{ $addFields: { r: { $max: [expression] } } }]).toArray(), { code });
    await assert.rejects(none.find({ $expr: { $eq: [expression, 1] } }).toArray(), { code });
  });
}

const failures: [expression: unknown, code: number][] = [
  [{ $add: ['$n', 'x'] }, 14],
  [{ $subtract: ['$n', 'x'] }, 14],
  [{ $multiply: ['$n', 'x'] }, 14],
  [{ $divide: ['$n', 0] }, 2],
  [{ $divide: ['$n', 'x'] }, 14],
  [{ $mod: ['$n', 0] }, 16610],
  [{ $mod: ['$n', 'x'] }, 16611],
  [{ $abs: '$s' }, 28765],
  [{ $sqrt: { $multiply: ['$n', -1] } }, 28714],
  [{ $ln: { $subtract: ['$n', 7] } }, 28766],
  [{ $log: ['$n', 1] }, 28759],
  [{ $pow: [{ $subtract: ['$n', 7] }, -1] }, 28764],
  [{ $round: ['$n', 101] }, 51083],
  [{ $round: ['$n', 1.5] }, 51082],
  [{ $acos: '$n' }, 50989],
  [{ $toInt: '$s' }, 241],
  [{ $toInt: { $pow: [2, { $add: ['$n', 30] }] } }, 241],
  [{ $toLong: { $multiply: ['$n', 1e19] } }, 241],
  [{ $toObjectId: '$s' }, 241],
  [{ $size: '$n' }, 17124],
  [{ $arrayElemAt: ['$n', 0] }, 28689],
  [{ $concat: ['$s', '$n'] }, 16702],
  [{ $concatArrays: ['$n'] }, 28664],
  [{ $setUnion: ['$n'] }, 17043],
  [{ $in: [1, '$n'] }, 40081],
  [{ $map: { input: '$n', in: 1 } }, 16883],
  [{ $filter: { input: '$n', cond: 1 } }, 28651],
  [{ $reduce: { input: '$n', initialValue: 0, in: 1 } }, 40080],
  [{ $split: ['$s', ''] }, 40087],
  [{ $range: [0, '$n', 0] }, 34449],
  [{ $year: '$s' }, 16006],
  [{ $dateAdd: { startDate: '$s', unit: 'day', amount: 1 } }, 5166403],
  [{ $dateAdd: { startDate: '$at', unit: 'fortnight', amount: 1 } }, 9],
  [{ $dateAdd: { startDate: '$at', unit: 'day', amount: 1.5 } }, 5166405],
  [{ $dateToString: { date: '$at', format: '%Q' } }, 18536],
  [{ $dateToString: { date: '$at', format: '%' } }, 18535],
  [{ $add: ['$at', '$at'] }, 16612],
  [{ $mergeObjects: ['$n'] }, 40400],
  [{ $objectToArray: '$n' }, 40390],
  [{ $switch: { branches: [named(['case', { $eq: ['$n', 1] }], ['then', 1])] } }, 40066],
  [{ $firstN: { input: '$t', n: { $subtract: ['$n', 7] } } }, 5787908],
];
for (const [expression, code] of failures)
  test(`fails: ${JSON.stringify(expression)}`, async () => assert.rejects(value(expression), { code }));
