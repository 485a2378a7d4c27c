import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Document, Long } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';
import { Wire } from './wire.ts';

type Doc = Document & { _id: number };
let contract: Contract;
let wire: Wire;
let db: string;

before(async () => {
  contract = await openContract();
  db = contract.db.databaseName;
  wire = new Wire(contract.uri);
  await contract.db.collection<Doc>('things').insertMany([
    { _id: 1, s: 'text', o: 5, u: 1, list: [1, 2] },
    { _id: 2, s: 'other', u: 2 },
  ]);
  await contract.db.collection<Doc>('things').createIndex({ u: 1 }, { unique: true });
});
after(async () => {
  wire.close();
  await contract.close();
});

const update = (u: Document): Document => ({ findAndModify: 'things', query: { _id: 1 }, update: u });
const aggregate = (...pipeline: readonly Document[]): Document => ({ aggregate: 'things', pipeline, cursor: {} });

/** A command, the code that it is refused with, and the code's name where it has one of its own. */
const refused: readonly [string, Document, number, string?][] = [
  ['a command that nobody knows', { nosuchcommand: 1 }, 59, 'CommandNotFound'],
  ['a query operator that nobody knows', { find: 'things', filter: { a: { $nope: 1 } } }, 2, 'BadValue'],
  ['a top-level operator that nobody knows', { find: 'things', filter: { $nope: 1 } }, 2, 'BadValue'],
  ['$in of no list', { find: 'things', filter: { a: { $in: 1 } } }, 2, 'BadValue'],
  ['$and of nothing', { find: 'things', filter: { $and: [] } }, 2, 'BadValue'],
  ['a stage that nobody knows', aggregate({ $nope: {} }), 40324],
  ['a stage of two', aggregate({ $match: {}, $limit: 1 }), 40323],
  ['an expression that nobody knows', aggregate({ $addFields: { a: { $nope: 1 } } }), 168, 'InvalidPipelineOperator'],
  ['an accumulator that nobody knows', aggregate({ $group: { _id: null, a: { $nope: 1 } } }), 15952],
  ['$group without _id', aggregate({ $group: { a: { $sum: 1 } } }), 15955],
  ['an update operator that nobody knows', update({ $nope: { a: 1 } }), 9, 'FailedToParse'],
  ['two operators on one path', update({ $set: { a: 1 }, $inc: { a: 1 } }), 40, 'ConflictingUpdateOperators'],
  ['$inc of a text', update({ $inc: { s: 1 } }), 14, 'TypeMismatch'],
  ['$push to what is no list', update({ $push: { o: 1 } }), 2, 'BadValue'],
  ['a path through a number', update({ $set: { 'o.p': 1 } }), 28, 'PathNotViable'],
  ['a change of _id', update({ $set: { _id: 2 } }), 66, 'ImmutableField'],
  ['an empty path', update({ $set: { '': 1 } }), 56, 'EmptyFieldName'],
  ['a value that is taken', update({ $set: { u: 2 } }), 11000, 'DuplicateKey'],
  ['findAndModify that does nothing', { findAndModify: 'things', query: {} }, 9, 'FailedToParse'],
  ['an insert of nothing', { insert: 'things', documents: [] }, 16, 'InvalidLength'],
  ['an update of nothing', { update: 'things', updates: [] }, 16, 'InvalidLength'],
  ['a delete of nothing', { delete: 'things', deletes: [] }, 16, 'InvalidLength'],
  ['the indexes of nothing', { listIndexes: 'nothing' }, 26, 'NamespaceNotFound'],
  ['dropIndexes of nothing', { dropIndexes: 'nothing', index: 'a_1' }, 26, 'NamespaceNotFound'],
  ['an index that is not there', { dropIndexes: 'things', index: 'nope_1' }, 27, 'IndexNotFound'],
  ['the index of _id dropped', { dropIndexes: 'things', index: '_id_' }, 72, 'InvalidOptions'],
  [
    'an index in no direction',
    { createIndexes: 'things', indexes: [{ key: { a: 0 }, name: 'a' }] },
    67,
    'CannotCreateIndex',
  ],
  ['an index of nothing', { createIndexes: 'things', indexes: [{ key: {}, name: 'a' }] }, 67, 'CannotCreateIndex'],
  [
    'the same index under another name',
    { createIndexes: 'things', indexes: [{ key: { u: 1 }, name: 'b', unique: true }] },
    85,
    'IndexOptionsConflict',
  ],
  [
    'another index of that name',
    { createIndexes: 'things', indexes: [{ key: { s: 1 }, name: 'u_1' }] },
    86,
    'IndexKeySpecsConflict',
  ],
  [
    'an index that the documents break',
    { createIndexes: 'pairs', indexes: [{ key: { a: 1 }, name: 'a', unique: true }] },
    11000,
    'DuplicateKey',
  ],
  ['a hint that is no index', { find: 'things', hint: 'nope_1' }, 2, 'BadValue'],
  ['a cursor that is not there', { getMore: Long.fromNumber(99), collection: 'things' }, 43, 'CursorNotFound'],
  ['a write concern of a read', { find: 'things', writeConcern: { w: 1 } }, 72, 'InvalidOptions'],
  ['a negative skip', { find: 'things', skip: -1 }, 51024],
  ['a negative batchSize', { find: 'things', batchSize: -1 }, 51024],
  ['a negative maxTimeMS', { find: 'things', maxTimeMS: -1 }, 2, 'BadValue'],
  ['an API version that is not there', { ping: 1, apiVersion: '2' }, 322, 'APIVersionError'],
  ['apiStrict without a version', { ping: 1, apiStrict: true }, 322, 'APIVersionError'],
  [
    'a command that is not stable',
    { distinct: 'things', key: 'a', apiVersion: '1', apiStrict: true },
    323,
    'APIStrictError',
  ],
];
for (const [name, command, code, codeName] of refused) {
  test(`${name}: ${code}`, async () => {
    if (command.createIndexes === 'pairs')
      await contract.db.collection<Doc>('pairs').insertMany([
        { _id: 1, a: 1 },
        { _id: 2, a: 1 },
      ]);
    const reply = await wire.run({ ...command, $db: db });
    assert.deepEqual([reply.ok, reply.code], [0, code], reply.errmsg);
    if (codeName) assert.equal(reply.codeName, codeName);
    assert.equal(typeof reply.errmsg, 'string');
  });
}

test('an _id that is a list: 53', async () => {
  const reply = await wire.run({ insert: 'things', documents: [{ _id: [1] }], $db: db });
  assert.deepEqual([reply.ok, reply.n, reply.writeErrors[0].code], [1, 0, 53]);
});

test('two lists under one index: 171', async () => {
  await contract.db.collection('parallel').createIndex({ a: 1, b: 1 });
  const reply = await wire.run({ insert: 'parallel', documents: [{ a: [1], b: [1] }], $db: db });
  assert.equal(reply.writeErrors[0].code, 171);
});

test('a duplicate key tells which', async () => {
  const reply = await wire.run({ insert: 'things', documents: [{ _id: 9, u: 1 }], $db: db });
  const [error] = reply.writeErrors;
  assert.deepEqual([error.index, error.code, error.keyPattern, error.keyValue], [0, 11000, { u: 1 }, { u: 1 }]);
});

test('a write concern that is not there is told beside what was done', async () => {
  const reply = await wire.run({ insert: 'concern', documents: [{ _id: 1 }], writeConcern: { w: 'nosuch' }, $db: db });
  assert.deepEqual([reply.ok, reply.n, reply.writeConcernError.code], [1, 1, 79]);
  assert.equal(reply.writeConcernError.codeName, 'UnknownReplWriteConcern');
});

test('the stable API, version 1', async () => {
  const api = { apiVersion: '1', apiStrict: true, apiDeprecationErrors: true };
  assert.equal((await wire.run({ find: 'things', ...api, $db: db })).ok, 1);
  assert.equal((await wire.run({ ping: 1, ...api, $db: db })).ok, 1);
});

test('a delete of two: 9', async () => {
  assert.equal((await wire.run({ delete: 'things', deletes: [{ q: {}, limit: 2 }], $db: db })).code, 9);
});

test('where one statement is malformed none is run', async () => {
  const updates = [
    { q: { _id: 1 }, u: { $set: { touched: 1 } } },
    { q: {}, u: {}, nosuchfield: 1 },
  ];
  assert.equal((await wire.run({ update: 'things', updates, $db: db })).code, 40415);
  assert.equal(await contract.db.collection('things').countDocuments({ touched: 1 }), 0);
});

const withUnknown: readonly Document[] = [
  { find: 'things' },
  aggregate(),
  { insert: 'things', documents: [{}] },
  { update: 'things', updates: [{ q: {}, u: {} }] },
  { delete: 'things', deletes: [{ q: {}, limit: 1 }] },
  { findAndModify: 'things', query: {}, remove: true },
  { count: 'things' },
  { distinct: 'things', key: 'a' },
  { getMore: Long.fromNumber(1), collection: 'things' },
  { killCursors: 'things', cursors: [] },
  { listCollections: 1 },
  { listIndexes: 'things' },
  { create: 'unknown' },
  { createIndexes: 'things', indexes: [{ key: { a: 1 }, name: 'a' }] },
];
for (const command of withUnknown) {
  const [name] = Object.keys(command);
  test(`${name} with a field that nobody knows: 40415`, async () => {
    assert.equal((await wire.run({ ...command, nosuchfield: 1, $db: db })).code, 40415);
  });
}

const missing: readonly Document[] = [
  { update: 'things', updates: [{ q: {} }] },
  { update: 'things', updates: [{ u: {} }] },
  { delete: 'things', deletes: [{ q: {} }] },
  { insert: 'things' },
  { update: 'things' },
  { delete: 'things' },
  { distinct: 'things' },
  { getMore: Long.fromNumber(1) },
  { killCursors: 'things' },
  { createIndexes: 'things' },
];
for (const command of missing) {
  test(`${JSON.stringify(command)} is not all that it takes: 40414`, async () => {
    assert.equal((await wire.run({ ...command, $db: db })).code, 40414);
  });
}

const wrongTypes: readonly [string, Document][] = [
  ['find filter', { find: 'things', filter: 1 }],
  ['find sort', { find: 'things', sort: 'a' }],
  ['find projection', { find: 'things', projection: 1 }],
  ['find limit', { find: 'things', limit: 'a' }],
  ['find skip', { find: 'things', skip: 'a' }],
  ['find batchSize', { find: 'things', batchSize: 'a' }],
  ['find singleBatch', { find: 'things', singleBatch: 'a' }],
  ['aggregate pipeline', { aggregate: 'things', pipeline: {}, cursor: {} }],
  ['aggregate cursor', { aggregate: 'things', pipeline: [], cursor: 1 }],
  ['insert ordered', { insert: 'things', documents: [{}], ordered: 'a' }],
  ['insert documents', { insert: 'things', documents: [1] }],
  ['update updates', { update: 'things', updates: [1] }],
  ['update q', { update: 'things', updates: [{ q: 1, u: {} }] }],
  ['update multi', { update: 'things', updates: [{ q: {}, u: {}, multi: 'a' }] }],
  ['update arrayFilters', { update: 'things', updates: [{ q: {}, u: {}, arrayFilters: 1 }] }],
  ['delete deletes', { delete: 'things', deletes: 1 }],
  ['delete q', { delete: 'things', deletes: [{ q: 1, limit: 1 }] }],
  ['count query', { count: 'things', query: 1 }],
  ['distinct key', { distinct: 'things', key: 1 }],
  ['getMore', { getMore: 'a', collection: 'things' }],
  ['getMore collection', { getMore: Long.fromNumber(1), collection: 1 }],
  ['killCursors cursors', { killCursors: 'things', cursors: 1 }],
  ['createIndexes indexes', { createIndexes: 'things', indexes: 1 }],
  ['listCollections filter', { listCollections: 1, filter: 1 }],
];
for (const [name, command] of wrongTypes) {
  test(`${name} of a wrong type: 14`, async () => {
    assert.equal((await wire.run({ ...command, $db: db })).code, 14);
  });
}
