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

/** Name, the document before, the update, the code that refuses it. */
const refusals: [name: string, start: Document, change: Document | Document[], code: number][] = [
  ['two operators on one field', {}, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
  ['a field and a part of it', {}, { $set: { a: 1, 'a.b': 2 } }, 40],
  ['a part and its field, under two operators', {}, { $set: { 'a.b.c': 1 }, $unset: { 'a.b': '' } }, 40],
  ['a rename onto what is set', { x: 1 }, { $rename: { x: 'a' }, $set: { a: 1 } }, 40],
  ['a rename of what is set', { x: 1 }, { $rename: { x: 'a' }, $set: { x: 1 } }, 40],
  ['an unknown operator', {}, { $nope: { a: 1 } }, 9],
  ['an operator without fields', {}, { $set: 5 }, 9],
  ['operators and fields', {}, { $set: { a: 1 }, b: 1 }, 9],
  ['an empty part of a path', {}, { $set: { 'a..b': 1 } }, 56],
  ['a path that ends with a dot', {}, { $set: { 'a.': 1 } }, 56],
  ['another _id', {}, { $set: { _id: 2 } }, 66],
  ['no _id', {}, { $unset: { _id: '' } }, 66],
  ['an _id by a pipeline', {}, [{ $set: { _id: 9 } }], 66],
  ['$inc of a string', { a: 'x' }, { $inc: { a: 1 } }, 14],
  ['$inc of null', { a: null }, { $inc: { a: 1 } }, 14],
  ['$inc by a string', { a: 1 }, { $inc: { a: 'x' } }, 14],
  ['$mul of an array', { a: [1] }, { $mul: { a: 2 } }, 14],
  ['$mul by a string', { a: 1 }, { $mul: { a: '2' } }, 14],
  ['$set inside of a number', { a: 1 }, { $set: { 'a.b': 1 } }, 28],
  ['$set inside of null', { a: null }, { $set: { 'a.b': 1 } }, 28],
  ['$set of a name in an array', { a: [1] }, { $set: { 'a.b': 1 } }, 28],
  ['$push onto a number', { a: 1 }, { $push: { a: 1 } }, 2],
  ['$push with an unknown modifier', { a: [] }, { $push: { a: { $each: [1], $nope: 1 } } }, 2],
  ['$push with an $each that is no array', { a: [] }, { $push: { a: { $each: 1 } } }, 2],
  ['$push with a $slice that is no number', { a: [] }, { $push: { a: { $each: [1], $slice: 'x' } } }, 2],
  ['$push with a $position that is no whole number', { a: [] }, { $push: { a: { $each: [1], $position: 1.5 } } }, 2],
  ['$push with a $sort of 2', { a: [] }, { $push: { a: { $each: [1], $sort: 2 } } }, 2],
  ['$push with an empty $sort', { a: [] }, { $push: { a: { $each: [1], $sort: {} } } }, 2],
  ['$addToSet onto a number', { a: 1 }, { $addToSet: { a: 1 } }, 2],
  ['$addToSet with an $each that is no array', { a: [] }, { $addToSet: { a: { $each: 1 } } }, 14],
  ['$pop of a number', { a: 1 }, { $pop: { a: 1 } }, 14],
  ['$pop by 2', { a: [1] }, { $pop: { a: 2 } }, 9],
  ['$pull from a number', { a: 1 }, { $pull: { a: 1 } }, 2],
  ['$pullAll without an array', { a: [1] }, { $pullAll: { a: 1 } }, 2],
  ['$bit of a fraction', { a: 1.5 }, { $bit: { a: { and: 1 } } }, 2],
  ['$bit by a fraction', { a: 1 }, { $bit: { a: { and: 1.5 } } }, 2],
  ['$bit by an unknown name', { a: 1 }, { $bit: { a: { nand: 1 } } }, 2],
  ['$currentDate of an unknown type', {}, { $currentDate: { a: { $type: 'year' } } }, 2],
  ['$currentDate by a number', {}, { $currentDate: { a: 1 } }, 2],
  ['$rename to itself', { a: 1 }, { $rename: { a: 'a' } }, 2],
  ['$rename into itself', { a: 1 }, { $rename: { a: 'a.b' } }, 2],
  ['$rename to a number', { a: 1 }, { $rename: { a: 5 } }, 2],
  ['$rename out of an array', { a: [{ b: 1 }] }, { $rename: { 'a.0.b': 'c' } }, 2],
  ['$rename into an array', { a: [{}], c: 1 }, { $rename: { c: 'a.0.b' } }, 2],
  ['$rename with a placeholder', { a: [1] }, { $rename: { 'a.$[]': 'b' } }, 2],
  ['a stage that an update may not have', {}, [{ $match: {} }], 72],
  ['a stage that is unknown', {}, [{ $nope: {} }], 40324],
  ['a pipeline that gives no document', { a: 1 }, [{ $replaceWith: '$a' }], 40228],
];

for (const [name, start, change, code] of refusals) {
  test(`update refused: ${name}`, async () => {
    await things.insertOne({ _id: 1, ...start });
    await assert.rejects(things.updateOne({ _id: 1 }, change), { code });
    assert.deepEqual(await things.findOne({ _id: 1 }), { _id: 1, ...start });
  });
}
