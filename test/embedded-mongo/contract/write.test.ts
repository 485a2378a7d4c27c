import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type Collection, type Document, Long, MongoBulkWriteError, MongoServerError, ObjectId } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

type Doc = Document & { _id: unknown };
let contract: Contract;
let things: Collection<Doc>;

before(async () => {
  contract = await openContract();
  things = contract.db.collection<Doc>('things');
  await things.createIndex({ u: 1 }, { unique: true, sparse: true });
});
beforeEach(async () => {
  await things.deleteMany({});
  await things.insertMany([
    { _id: 1, n: 1, u: 'a', word: 'Élan' },
    { _id: 2, n: 2, u: 'b', word: 'elan' },
    { _id: 3, n: 3, word: 'other' },
  ]);
});
after(() => contract.close());

const run = (command: Document): Promise<Document> => contract.db.command(command);
const code = (wanted: number) => (error: unknown) => error instanceof MongoServerError && error.code === wanted;
const all = () => things.find().sort({ _id: 1 }).toArray();
const ids = async () => (await all()).map(({ _id }) => _id);
/** Which statements of a reply failed, and how. */
const failures = (reply: Document): [number, number][] =>
  (reply.writeErrors ?? []).map(({ index, code: failed }: Document) => [index, failed]);

test('insert: an ordered batch stops at the first failure', async () => {
  const reply = await run({ insert: 'things', documents: [{ _id: 4 }, { _id: 1 }, { _id: 5 }] });
  assert.deepEqual([reply.ok, reply.n, failures(reply)], [1, 1, [[1, 11000]]]);
  assert.deepEqual(await ids(), [1, 2, 3, 4]);
});

test('insert: an unordered batch goes on', async () => {
  const documents = [{ _id: 1 }, { _id: 4 }, { _id: 2 }, { _id: 5 }];
  const reply = await run({ insert: 'things', ordered: false, documents });
  assert.deepEqual(
    [reply.ok, reply.n, failures(reply)],
    [
      1,
      2,
      [
        [0, 11000],
        [2, 11000],
      ],
    ],
  );
  assert.deepEqual(await ids(), [1, 2, 3, 4, 5]);
});

test('a duplicate says of which key and value', async () => {
  const reply = await run({ insert: 'things', documents: [{ _id: 9, u: 'a' }] });
  const [{ index, code: failed, keyPattern, keyValue, errmsg }] = reply.writeErrors;
  assert.deepEqual([index, failed, keyPattern, keyValue], [0, 11000, { u: 1 }, { u: 'a' }]);
  assert.match(errmsg, /E11000 duplicate key error/);
});

test('one batch may hold two of the same', async () => {
  const reply = await run({ insert: 'things', ordered: false, documents: [{ _id: 7 }, { _id: 7 }, { _id: 8 }] });
  assert.deepEqual([reply.n, failures(reply)], [2, [[1, 11000]]]);
});

const sameIds: readonly [string, unknown, unknown][] = [
  ['whole numbers and others', 5, 5.0],
  ['Long and Int32', Long.fromNumber(5), 5],
  ['null twice', null, null],
  ['documents', { a: 1, b: 2 }, { a: 1, b: 2 }],
  ['dates', new Date(5), new Date(5)],
];
for (const [name, first, second] of sameIds) {
  test(`_id is taken: ${name}`, async () => {
    // The driver would put an ObjectId in the place of null.
    assert.equal((await run({ insert: 'things', documents: [{ _id: first }] })).n, 1);
    assert.deepEqual(failures(await run({ insert: 'things', documents: [{ _id: second }] })), [[0, 11000]]);
  });
}

const otherIds: readonly [string, unknown, unknown][] = [
  ['a number and its text', 5, '5'],
  ['documents in another order', { a: 1, b: 2 }, { b: 2, a: 1 }],
  ['a date and its number', new Date(5), 5],
  ['false and zero', false, 0],
  ['texts in other cases', 'a', 'A'],
];
for (const [name, first, second] of otherIds) {
  test(`_id is free: ${name}`, async () => {
    await things.insertMany([{ _id: first }, { _id: second }]);
    assert.equal(await things.countDocuments({ _id: { $in: [first, second] } }), 2);
  });
}

for (const [name, _id] of [
  ['an array', [1]],
  ['a regular expression', /a/],
] as const) {
  test(`_id cannot be ${name}`, async () => {
    const reply = await run({ insert: 'things', documents: [{ _id }] });
    assert.deepEqual([reply.n, failures(reply)], [0, [[0, 53]]]);
  });
}

test('the server gives an _id, as the first field', async () => {
  const bare = contract.db.collection('bare');
  await bare.insertOne({ a: 1 }, { forceServerObjectId: true });
  const found = await bare.findOne({ a: 1 });
  assert.deepEqual(Object.keys(found ?? {}), ['_id', 'a']);
  assert.ok(found?._id instanceof ObjectId);
});

test('an _id that came behind other fields stands first', async () => {
  await things.insertOne({ b: 1, _id: 'late' });
  assert.deepEqual(Object.keys((await things.findOne({ _id: 'late' })) ?? {}), ['_id', 'b']);
});

test('the driver tells the ids of what it inserted', async () => {
  const result = await things.insertMany([{ _id: 'x' }, { _id: 'y' }]);
  assert.deepEqual([result.insertedCount, result.insertedIds], [2, { 0: 'x', 1: 'y' }]);
});

const updates: readonly [string, Document, Document, Partial<Document>][] = [
  ['one', { q: { n: { $gte: 1 } }, u: { $set: { a: 1 } } }, { n: 1, nModified: 1 }, { a: 1 }],
  ['many', { q: { n: { $gte: 2 } }, u: { $set: { a: 1 } }, multi: true }, { n: 2, nModified: 2 }, { a: 1 }],
  ['none found', { q: { n: 77 }, u: { $set: { a: 1 } }, multi: true }, { n: 0, nModified: 0 }, { a: 1 }],
  ['found, but as it is to be', { q: { _id: 1 }, u: { $set: { n: 1 } } }, { n: 1, nModified: 0 }, { a: 1 }],
  ['many, some as they are to be', { q: {}, u: { $max: { n: 2 } }, multi: true }, { n: 3, nModified: 1 }, { a: 1 }],
  ['a whole document', { q: { _id: 3 }, u: { a: 1 } }, { n: 1, nModified: 1 }, { a: 1 }],
];
for (const [name, statement, expected, filter] of updates) {
  test(`update: ${name}`, async () => {
    const { n, nModified, writeErrors, upserted } = await run({ update: 'things', updates: [statement] });
    assert.deepEqual({ n, nModified }, expected);
    assert.deepEqual([writeErrors, upserted], [undefined, undefined]);
    const set = 'a' in (statement.u.$set ?? statement.u);
    assert.equal(await things.countDocuments(filter), set ? expected.nModified : 0);
  });
}

test('upsert: what was made is told by statement', async () => {
  const reply = await run({
    update: 'things',
    updates: [
      { q: { _id: 1 }, u: { $set: { a: 1 } }, upsert: true },
      { q: { _id: 'new', k: 5 }, u: { $set: { a: 2 } }, upsert: true },
      { q: { m: 6 }, u: { $setOnInsert: { _id: 'other' }, $set: { a: 3 } }, upsert: true, multi: true },
    ],
  });
  assert.deepEqual([reply.n, reply.nModified], [3, 1]);
  assert.deepEqual(reply.upserted, [
    { index: 1, _id: 'new' },
    { index: 2, _id: 'other' },
  ]);
  assert.deepEqual(await things.findOne({ _id: 'new' }), { _id: 'new', k: 5, a: 2 });
  assert.deepEqual(await things.findOne({ _id: 'other' }), { _id: 'other', m: 6, a: 3 });
});

test('upsert: the driver tells ids and counts', async () => {
  const made = await things.updateOne({ _id: 'made' }, { $set: { a: 1 } }, { upsert: true });
  assert.deepEqual([made.matchedCount, made.modifiedCount, made.upsertedCount, made.upsertedId], [0, 0, 1, 'made']);
  const found = await things.replaceOne({ _id: 'made' }, { b: 1 }, { upsert: true });
  assert.deepEqual([found.matchedCount, found.modifiedCount, found.upsertedCount, found.upsertedId], [1, 1, 0, null]);
});

test('upsert of a value that is unique and taken', () =>
  assert.rejects(things.updateOne({ _id: 'fresh' }, { $set: { u: 'a' } }, { upsert: true }), code(11000)));

test('many who upsert the same document at once make one', async () => {
  const results = await Promise.all(
    Array.from({ length: 20 }, () => things.updateOne({ _id: 'one' }, { $inc: { times: 1 } }, { upsert: true })),
  );
  assert.equal(
    results.reduce((sum, { upsertedCount }) => sum + upsertedCount, 0),
    1,
  );
  assert.equal((await things.findOne({ _id: 'one' }))?.times, 20);
});

test('many who add to the same number at once lose nothing', async () => {
  await Promise.all(Array.from({ length: 50 }, () => things.updateOne({ _id: 1 }, { $inc: { n: 1 } })));
  assert.equal((await things.findOne({ _id: 1 }))?.n, 51);
});

const failing = [
  { q: { _id: 1 }, u: { $inc: { word: 1 } } },
  { q: { _id: 2 }, u: { $set: { a: 1 } } },
  { q: { _id: 3 }, u: { $set: { u: 'a' } } },
];
test('update: an ordered batch stops at the first failure', async () => {
  const reply = await run({ update: 'things', updates: failing });
  assert.deepEqual([reply.ok, reply.n, reply.nModified, failures(reply)], [1, 0, 0, [[0, 14]]]);
  assert.equal(await things.countDocuments({ a: 1 }), 0);
});

test('update: an unordered batch goes on', async () => {
  const reply = await run({ update: 'things', updates: failing, ordered: false });
  assert.deepEqual([reply.n, reply.nModified], [1, 1]);
  assert.deepEqual(failures(reply), [
    [0, 14],
    [2, 11000],
  ]);
  assert.deepEqual(reply.writeErrors[1].keyValue, { u: 'a' });
});

test('an update of many that fails in the middle keeps what it did', async () => {
  await assert.rejects(things.updateMany({}, { $set: { u: 'same' } }), code(11000));
  assert.equal(await things.countDocuments({ u: 'same' }), 1);
});

const refusedUpdates: readonly [string, Document, number][] = [
  ['a whole document for many', { q: {}, u: { a: 1 }, multi: true }, 9],
  ['another _id', { q: { _id: 1 }, u: { $set: { _id: 2 } } }, 66],
  ['a whole document with another _id', { q: { _id: 1 }, u: { _id: 2, a: 1 } }, 66],
  ['an unknown operator', { q: { _id: 1 }, u: { $frob: { a: 1 } } }, 9],
  ['two changes of one path', { q: { _id: 1 }, u: { $set: { a: 1 }, $inc: { a: 1 } } }, 40],
  ['an unknown operator of the query', { q: { a: { $frob: 1 } }, u: { $set: { a: 1 } } }, 2],
  ['a hint that names no index', { q: { _id: 1 }, u: { $set: { a: 1 } }, hint: 'absent' }, 2],
];
for (const [name, statement, expected] of refusedUpdates) {
  test(`update refuses ${name}`, async () => {
    const reply = await run({ update: 'things', updates: [statement] });
    assert.deepEqual([reply.ok, reply.n, failures(reply)], [1, 0, [[0, expected]]]);
    assert.deepEqual(
      (await all()).map(({ n }) => n),
      [1, 2, 3],
    );
  });
}

const malformed: readonly [string, Document, number][] = [
  ['an update without its filter', { update: 'things', updates: [{ u: { $set: { a: 1 } } }] }, 40414],
  ['an update without its change', { update: 'things', updates: [{ q: {} }] }, 40414],
  [
    'an update with an unknown field',
    { update: 'things', updates: [{ q: {}, u: { $set: { a: 1 } }, frob: 1 }] },
    40415,
  ],
  ['updates that are missing', { update: 'things' }, 40414],
  ['updates that are no list', { update: 'things', updates: 5 }, 14],
  ['a delete without its limit', { delete: 'things', deletes: [{ q: {} }] }, 40414],
  ['a delete without its filter', { delete: 'things', deletes: [{ limit: 1 }] }, 40414],
  ['a delete with another limit', { delete: 'things', deletes: [{ q: {}, limit: 2 }] }, 9],
  ['a delete with an unknown field', { delete: 'things', deletes: [{ q: {}, limit: 0, frob: 1 }] }, 40415],
  ['an insert of nothing', { insert: 'things', documents: [] }, 16],
  ['an insert without documents', { insert: 'things' }, 40414],
  ['an insert with an unknown field', { insert: 'things', documents: [{ _id: 9 }], frob: 1 }, 40415],
  ['a collection without a name', { insert: '', documents: [{ _id: 9 }] }, 73],
];
for (const [name, command, expected] of malformed) {
  test(`refused as a whole: ${name}`, async () => {
    await assert.rejects(run(command), code(expected));
    assert.deepEqual(await ids(), [1, 2, 3]);
  });
}

test('delete: one, many, none', async () => {
  assert.equal((await things.deleteOne({ n: { $gte: 2 } })).deletedCount, 1);
  assert.equal((await things.deleteOne({ n: 77 })).deletedCount, 0);
  assert.equal((await things.deleteMany({ n: { $gte: 1 } })).deletedCount, 2);
  assert.equal((await things.deleteMany({})).deletedCount, 0);
  assert.equal((await contract.db.collection('absent').deleteMany({})).deletedCount, 0);
});

test('delete: several statements, and one that fails', async () => {
  const deletes = [
    { q: { _id: 1 }, limit: 1 },
    { q: { a: { $frob: 1 } }, limit: 0 },
    { q: { _id: 2 }, limit: 0 },
  ];
  const ordered = await run({ delete: 'things', deletes });
  assert.deepEqual([ordered.n, failures(ordered)], [1, [[1, 2]]]);
  const unordered = await run({ delete: 'things', deletes, ordered: false });
  assert.deepEqual([unordered.n, failures(unordered)], [1, [[1, 2]]]);
  assert.deepEqual(await ids(), [3]);
});

test('delete with a hint, and with one that names no index', async () => {
  const { n } = await run({ delete: 'things', deletes: [{ q: { n: 1 }, limit: 0, hint: { _id: 1 } }] });
  assert.equal(n, 1);
  const refused = await run({ delete: 'things', deletes: [{ q: {}, limit: 0, hint: 'absent' }] });
  assert.deepEqual([refused.n, failures(refused)], [0, [[0, 2]]]);
});

test('writes compare texts by their collation', async () => {
  const primary = { locale: 'en', strength: 1 };
  const secondary = { locale: 'en', strength: 2 };
  assert.equal(
    (await things.updateMany({ word: 'ELAN' }, { $set: { a: 1 } }, { collation: primary })).modifiedCount,
    2,
  );
  assert.equal(
    (await things.updateMany({ word: 'ELAN' }, { $set: { a: 2 } }, { collation: secondary })).modifiedCount,
    1,
  );
  assert.equal((await things.deleteMany({ word: 'ELAN' })).deletedCount, 0);
  assert.equal((await things.deleteOne({ word: 'ÉLAN' }, { collation: secondary })).deletedCount, 1);
  assert.equal((await things.deleteMany({ word: 'OTHER' }, { collation: primary })).deletedCount, 1);
  assert.deepEqual(await ids(), [2]);
});

test('bulkWrite: counts and ids of all kinds', async () => {
  const result = await things.bulkWrite([
    { insertOne: { document: { _id: 4, n: 4 } } },
    { updateOne: { filter: { _id: 1 }, update: { $set: { a: 1 } } } },
    { updateMany: { filter: { n: { $gte: 3 } }, update: { $set: { a: 2 } } } },
    { replaceOne: { filter: { _id: 2 }, replacement: { n: 22 } } },
    { updateOne: { filter: { _id: 'up' }, update: { $set: { a: 3 } }, upsert: true } },
    { replaceOne: { filter: { _id: 'rep' }, replacement: { a: 4 }, upsert: true } },
    { deleteOne: { filter: { _id: 3 } } },
    { deleteMany: { filter: { a: { $gte: 3 } } } },
  ]);
  assert.deepEqual(
    [result.insertedCount, result.matchedCount, result.modifiedCount, result.deletedCount, result.upsertedCount],
    [1, 4, 4, 3, 2],
  );
  assert.deepEqual(result.insertedIds, { 0: 4 });
  assert.deepEqual(result.upsertedIds, { 4: 'up', 5: 'rep' });
  assert.deepEqual(await ids(), [1, 2, 4]);
});

for (const ordered of [true, false]) {
  test(`bulkWrite ${ordered ? 'ordered' : 'unordered'}: what was done before and after a failure`, async () => {
    const bulk = things.bulkWrite(
      [
        { insertOne: { document: { _id: 4 } } },
        { insertOne: { document: { _id: 1 } } },
        { insertOne: { document: { _id: 5 } } },
        { deleteOne: { filter: { _id: 2 } } },
      ],
      { ordered },
    );
    await assert.rejects(bulk, (error) => {
      assert.ok(error instanceof MongoBulkWriteError);
      const list = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
      assert.deepEqual(
        list.map(({ index, code: failed }) => [index, failed]),
        [[1, 11000]],
      );
      assert.deepEqual([error.insertedCount, error.deletedCount], ordered ? [1, 0] : [2, 1]);
      return true;
    });
    assert.deepEqual(await ids(), ordered ? [1, 2, 3, 4] : [1, 3, 4, 5]);
  });
}

test('a write that nobody waits for is made', async () => {
  const careless = contract.db.collection<Doc>('things', { writeConcern: { w: 0 } });
  assert.equal((await careless.insertOne({ _id: 'careless' })).acknowledged, false);
  assert.equal((await careless.updateOne({ _id: 1 }, { $set: { a: 'careless' } })).acknowledged, false);
  assert.equal((await careless.deleteOne({ _id: 2 })).acknowledged, false);
  const done = async () =>
    (await things.countDocuments({ $or: [{ _id: 'careless' }, { a: 'careless' }] })) === 2 &&
    (await things.countDocuments({ _id: 2 })) === 0;
  const until = Date.now() + 20_000;
  while (!(await done())) assert.ok(Date.now() < until, 'still not made');
});

test('a retryable write that comes twice is made once and answered twice', async () => {
  // A client of its own: the numbers of its sessions are not the driver's to go on with.
  const client = await contract.another();
  const db = client.db(contract.db.databaseName);
  const session = client.startSession();
  const twice = async (command: Document, number: number) => {
    const numbered = { ...command, txnNumber: Long.fromNumber(number) };
    const first = await db.command(numbered, { session });
    const second = await db.command(numbered, { session });
    return [first, second].map(({ n, nModified, upserted }) => ({ n, nModified, upserted }));
  };
  const [a, b] = await twice({ insert: 'things', documents: [{ _id: 'r1' }, { _id: 'r2' }] }, 1);
  assert.deepEqual([a?.n, b?.n], [2, 2]);
  const [c, d] = await twice({ update: 'things', updates: [{ q: { _id: 1 }, u: { $inc: { n: 10 } } }] }, 2);
  assert.deepEqual(c, d);
  assert.equal((await things.findOne({ _id: 1 }))?.n, 11);
  const [e, f] = await twice(
    { update: 'things', updates: [{ q: { _id: 'r3' }, u: { $inc: { n: 1 } }, upsert: true }] },
    3,
  );
  assert.deepEqual(e?.upserted, [{ index: 0, _id: 'r3' }]);
  assert.deepEqual(e, f);
  const [g, h] = await twice({ delete: 'things', deletes: [{ q: { n: { $gte: 2 } }, limit: 1 }] }, 4);
  assert.deepEqual([g?.n, h?.n], [1, 1]);
  assert.equal(await things.countDocuments({ n: { $gte: 2 } }), 2);
  await assert.rejects(
    db.command({ insert: 'things', documents: [{ _id: 'r9' }], txnNumber: Long.fromNumber(2) }, { session }),
    code(225),
  );
  await session.endSession();
});

test('the same retryable write twice at the same moment is made once', async () => {
  const client = await contract.another();
  const db = client.db(contract.db.databaseName);
  const session = client.startSession();
  const updates = [{ q: { _id: 2 }, u: { $inc: { n: 1 } } }];
  const command = { update: 'things', updates, txnNumber: Long.fromNumber(1) };
  const replies = await Promise.all([1, 2, 3].map(() => db.command({ ...command }, { session })));
  assert.deepEqual(
    replies.map(({ n }) => n),
    [1, 1, 1],
  );
  assert.equal((await things.findOne({ _id: 2 }))?.n, 3);
  await session.endSession();
});

test('writes take a comment, and a time that is enough', async () => {
  const done = await things.updateMany({}, { $set: { a: 1 } }, { comment: 'why', maxTimeMS: 60_000 });
  assert.equal(done.modifiedCount, 3);
  assert.equal((await things.deleteMany({}, { comment: { a: 1 }, maxTimeMS: 60_000 })).deletedCount, 3);
});

test('an update by an index that it changes finds each document once', async () => {
  await things.createIndex({ n: 1 });
  const many = Array.from({ length: 300 }, (_, i) => ({ _id: 100 + i, n: i }));
  await things.insertMany(many);
  const result = await things.updateMany({ n: { $gte: 0 } }, { $inc: { n: 7, count: 1 } }, { hint: { n: 1 } });
  assert.equal(result.modifiedCount, 303);
  assert.equal(await things.countDocuments({ count: 1 }), 303);
});

test('a write makes its collection; a delete and an update do not', async () => {
  await contract.db.collection('not-made').deleteMany({});
  await contract.db.collection('not-made').updateMany({}, { $set: { a: 1 } });
  await contract.db.collection('made').updateOne({ a: 1 }, { $set: { b: 1 } }, { upsert: true });
  const names = (await contract.db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
  assert.deepEqual([names.includes('not-made'), names.includes('made')], [false, true]);
});
