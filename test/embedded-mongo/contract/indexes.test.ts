import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Collection, CreateIndexesOptions, Document } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

type Doc = Document & { _id: number };
let contract: Contract;
let things: Collection<Doc>;
let made = 0;

before(async () => {
  contract = await openContract();
});
beforeEach(async () => {
  things = contract.db.collection<Doc>(`things${made++}`);
  await things.insertOne({ _id: 0, a: 0 });
});
after(async () => {
  await contract.close();
});

type Spec = Record<string, 1 | -1>;

test('a new collection has the index of _id alone', async () => {
  assert.deepEqual(await things.indexes(), [{ v: 2, key: { _id: 1 }, name: '_id_' }]);
});

test('the name is made of the fields, and what was given is listed', async () => {
  assert.equal(await things.createIndex({ a: 1, 'b.c': -1 }), 'a_1_b.c_-1');
  await things.createIndex({ x: 1 }, { name: 'mine', unique: true, sparse: true });
  const [, first, second] = await things.indexes();
  assert.deepEqual(first, { v: 2, key: { a: 1, 'b.c': -1 }, name: 'a_1_b.c_-1' });
  assert.deepEqual(second, { v: 2, key: { x: 1 }, name: 'mine', unique: true, sparse: true });
});

test('an index that is there already is not made again', async () => {
  const create = { createIndexes: things.collectionName, indexes: [{ key: { a: 1 }, name: 'a_1' }] };
  const first = await contract.db.command(create);
  assert.deepEqual([first.numIndexesBefore, first.numIndexesAfter], [1, 2]);
  const again = await contract.db.command(create);
  assert.deepEqual([again.numIndexesBefore, again.numIndexesAfter], [2, 2]);
  assert.equal(again.note, 'all indexes already exist');
});

const conflicts: [string, Spec, CreateIndexesOptions, Spec, CreateIndexesOptions, number | 'both'][] = [
  ['another name', { a: 1 }, {}, { a: 1 }, { name: 'other' }, 85],
  ['another time to live', { a: 1 }, { expireAfterSeconds: 5 }, { a: 1 }, { expireAfterSeconds: 6 }, 85],
  ['the same name for other fields', { a: 1 }, { name: 'x' }, { b: 1 }, { name: 'x' }, 86],
  ['the same name, unique', { a: 1 }, {}, { a: 1 }, { unique: true }, 86],
  ['the same name, sparse', { a: 1 }, {}, { a: 1 }, { sparse: true }, 86],
  ['the same name for a part', { a: 1 }, {}, { a: 1 }, { partialFilterExpression: { b: 1 } }, 86],
  ['another direction', { a: 1 }, {}, { a: -1 }, {}, 'both'],
  ['another order of the fields', { a: 1, b: 1 }, {}, { b: 1, a: 1 }, {}, 'both'],
  ['a part under another name', { a: 1 }, {}, { a: 1 }, { name: 'p', partialFilterExpression: { b: 1 } }, 'both'],
  ['a sparse one under another name', { a: 1 }, {}, { a: 1 }, { name: 's', sparse: true }, 'both'],
];
for (const [title, key, options, otherKey, otherOptions, expected] of conflicts) {
  test(`two indexes of the same fields or name: ${title}`, async () => {
    await things.createIndex(key, options);
    if (expected === 'both') {
      await things.createIndex(otherKey, otherOptions);
      assert.equal((await things.indexes()).length, 3);
    } else await assert.rejects(things.createIndex(otherKey, otherOptions), { code: expected });
  });
}

const refused: [string, Document, number][] = [
  ['no fields', { key: {}, name: 'x' }, 67],
  ['direction 0', { key: { a: 0 }, name: 'x' }, 67],
  ['a direction that is true', { key: { a: true }, name: 'x' }, 67],
  ['an unknown kind', { key: { a: 'strange' }, name: 'x' }, 67],
  ['a name that begins with $', { key: { $a: 1 }, name: 'x' }, 67],
  ['an empty part of a path', { key: { 'a..b': 1 }, name: 'x' }, 67],
  ['an empty field', { key: { '': 1 }, name: 'x' }, 67],
  ['no name', { key: { a: 1 } }, 9],
  ['no key', { name: 'x' }, 9],
  ['an unknown option', { key: { a: 1 }, name: 'x', strange: 1 }, 197],
  ['unique that is a text', { key: { a: 1 }, name: 'x', unique: 'yes' }, 14],
  ['an index of _id that is sparse', { key: { _id: 1 }, name: '_id_', sparse: true }, 197],
  ['a time to live below 0', { key: { a: 1 }, name: 'x', expireAfterSeconds: -1 }, 67],
  ['a time to live that is a text', { key: { a: 1 }, name: 'x', expireAfterSeconds: 'soon' }, 67],
  ['a time to live of two fields', { key: { a: 1, b: 1 }, name: 'x', expireAfterSeconds: 5 }, 67],
  ['a part that is sparse', { key: { a: 1 }, name: 'x', sparse: true, partialFilterExpression: { a: 1 } }, 67],
  ['a part with $ne', { key: { a: 1 }, name: 'x', partialFilterExpression: { a: { $ne: 1 } } }, 67],
  ['a part with $exists false', { key: { a: 1 }, name: 'x', partialFilterExpression: { a: { $exists: false } } }, 67],
  ['a part with an expression', { key: { a: 1 }, name: 'x', partialFilterExpression: { a: /x/ } }, 67],
  ['33 fields', { key: Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`f${i}`, 1])), name: 'x' }, 67],
];
for (const [title, index, code] of refused) {
  test(`an index is refused: ${title}`, async () => {
    const command = { createIndexes: things.collectionName, indexes: [index] };
    await assert.rejects(contract.db.command(command), { code });
    assert.equal((await things.indexes()).length, 1);
  });
}

test('a unique index tells which key was there', async () => {
  await things.createIndex({ a: 1, b: -1 }, { unique: true });
  await things.insertOne({ _id: 1, a: 1, b: 'x' });
  await assert.rejects(things.insertOne({ _id: 2, a: 1, b: 'x' }), (error: Document) => {
    assert.equal(error.code, 11000);
    assert.deepEqual(error.keyPattern, { a: 1, b: -1 });
    assert.deepEqual(error.keyValue, { a: 1, b: 'x' });
    return true;
  });
  await assert.rejects(things.insertOne({ _id: 1 }), (error: Document) => {
    assert.deepEqual([error.code, error.keyPattern, error.keyValue], [11000, { _id: 1 }, { _id: 1 }]);
    return true;
  });
});

test('a unique index lets only one document lack the field, unless it is sparse', async () => {
  await things.createIndex({ u: 1 }, { unique: true });
  await assert.rejects(things.insertOne({ _id: 1 }), { code: 11000 });
  await things.dropIndex('u_1');
  await things.createIndex({ u: 1 }, { unique: true, sparse: true });
  await things.insertOne({ _id: 1 });
  await things.insertOne({ _id: 2, u: null });
  await assert.rejects(things.insertOne({ _id: 3, u: null }), { code: 11000 });
});

test('a unique index counts elements across documents, not within one', async () => {
  await things.createIndex({ tags: 1 }, { unique: true });
  await things.insertOne({ _id: 1, tags: ['x', 'x', 'y'] });
  await assert.rejects(things.insertOne({ _id: 2, tags: ['z', 'y'] }), { code: 11000 });
});

test('a unique index for a part of the documents', async () => {
  await things.createIndex({ u: 1 }, { unique: true, partialFilterExpression: { live: true } });
  await things.insertMany([
    { _id: 1, u: 1, live: true },
    { _id: 2, u: 1, live: false },
    { _id: 3, u: 1 },
  ]);
  await assert.rejects(things.updateOne({ _id: 2 }, { $set: { live: true } }), { code: 11000 });
});

test('a unique index is not made where values are there twice', async () => {
  await things.insertOne({ _id: 1, a: 0 });
  await assert.rejects(things.createIndex({ a: 1 }, { unique: true }), { code: 11000 });
  assert.equal((await things.indexes()).length, 1);
});

test('two arrays in one index are refused', async () => {
  await things.createIndex({ x: 1, y: 1 });
  await assert.rejects(things.insertOne({ _id: 1, x: [1], y: [2] }), { code: 171 });
  await things.insertOne({ _id: 2, x: [1], y: 2 });
});

test('dropIndexes by name, by fields, several and all', async () => {
  for (const field of ['a', 'b', 'c', 'd', 'e']) await things.createIndex({ [field]: 1 });
  const drop = (index: unknown) => contract.db.command({ dropIndexes: things.collectionName, index });
  assert.equal((await drop('a_1')).nIndexesWas, 6);
  await drop({ b: 1 });
  await drop(['c_1', 'd_1']);
  assert.deepEqual(
    (await things.indexes()).map(({ name }) => name),
    ['_id_', 'e_1'],
  );
  await drop('*');
  assert.equal((await things.indexes()).length, 1);
});

test('dropIndexes refuses what is not there, and the index of _id', async () => {
  const drop = (index: unknown) => contract.db.command({ dropIndexes: things.collectionName, index });
  await assert.rejects(drop('nowhere'), { code: 27, codeName: 'IndexNotFound' });
  await assert.rejects(drop({ nowhere: 1 }), { code: 27 });
  await assert.rejects(drop('_id_'), { code: 72, codeName: 'InvalidOptions' });
  await assert.rejects(contract.db.command({ dropIndexes: 'nowhere', index: '*' }), { code: 26 });
});

test('hints by name and by fields; one that is not there is refused', async () => {
  await things.insertMany([
    { _id: 1, a: 2 },
    { _id: 2, a: 1 },
  ]);
  await things.createIndex({ a: 1 });
  for (const hint of ['a_1', { a: 1 }]) {
    const rows = await things
      .find({})
      .hint(hint as string)
      .toArray();
    assert.deepEqual(
      rows.map(({ _id }) => _id),
      [0, 2, 1],
    );
  }
  await assert.rejects(things.find({}).hint('nowhere').toArray(), { code: 2 });
  await assert.rejects(things.find({}).hint({ a: -1 }).toArray(), { code: 2 });
  await assert.rejects(things.countDocuments({}, { hint: 'nowhere' }), { code: 2 });
  assert.equal((await things.find({}).hint({ $natural: -1 }).toArray())[0]?._id, 2);
});

test('a sparse index is used for all documents only where a hint asks for it', async () => {
  await things.insertOne({ _id: 1, s: 1 });
  await things.createIndex({ s: 1 }, { sparse: true });
  assert.equal((await things.find({}).sort({ s: 1 }).toArray()).length, 2);
  assert.equal((await things.find({ s: null }).toArray()).length, 1);
  assert.equal((await things.find({}).hint({ s: 1 }).toArray()).length, 1);
});

test('a partial index is used only where it has all that is asked for', async () => {
  await things.insertMany([
    { _id: 1, p: 1, on: true },
    { _id: 2, p: 1 },
  ]);
  await things.createIndex({ p: 1 }, { partialFilterExpression: { on: true } });
  assert.equal(await things.countDocuments({ p: 1 }), 2);
  assert.equal(await things.countDocuments({ p: 1, on: true }), 1);
  await assert.rejects(things.find({ p: 1 }).hint({ p: 1 }).toArray(), { code: 291 });
});

test('a hidden index is kept up and not used', async () => {
  await things.createIndex({ a: 1 }, { hidden: true, unique: true });
  await assert.rejects(things.insertOne({ _id: 1, a: 0 }), { code: 11000 });
  await assert.rejects(things.find({}).hint({ a: 1 }).toArray(), { code: 2 });
  await contract.db.command({ collMod: things.collectionName, index: { name: 'a_1', hidden: false } });
  assert.equal((await things.find({}).hint({ a: 1 }).toArray()).length, 1);
  const hide = { collMod: things.collectionName, index: { name: '_id_', hidden: true } };
  await assert.rejects(contract.db.command(hide), { code: 2 });
});

test('collMod changes the time to live', async () => {
  await things.createIndex({ at: 1 }, { expireAfterSeconds: 5 });
  const change = { collMod: things.collectionName, index: { keyPattern: { at: 1 }, expireAfterSeconds: 50 } };
  const reply = await contract.db.command(change);
  assert.deepEqual([reply.expireAfterSeconds_old, reply.expireAfterSeconds_new], [5, 50]);
  assert.equal((await things.indexes())[1]?.expireAfterSeconds, 50);
  const unknown = { collMod: things.collectionName, index: { name: 'nowhere', expireAfterSeconds: 50 } };
  await assert.rejects(contract.db.command(unknown), { code: 27 });
});

test('names of digits in an index keep their place', async () => {
  const key = new Map<string, 1>([
    ['a', 1],
    ['2024', 1],
  ]);
  assert.equal(await things.createIndex(key), 'a_1_2024_1');
  assert.equal(await things.createIndex(key), 'a_1_2024_1');
  assert.equal(
    (
      await things
        .find({})
        .hint(key as never)
        .toArray()
    ).length,
    1,
  );
});
