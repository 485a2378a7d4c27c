import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type Collection, type Db, type Document, type IndexSpecification, MongoClient } from 'mongodb';
import { startTestEngine, type TestEngine } from './engine.ts';

type Doc = Document & { _id: number };
let engine: TestEngine;
let client: MongoClient;
let db: Db;
let things: Collection<Doc>;

before(async () => {
  engine = await startTestEngine();
  client = await new MongoClient(engine.uri).connect();
  db = client.db('test');
});
beforeEach(async () => {
  await db.dropDatabase();
  things = db.collection<Doc>('things');
});
after(async () => {
  await client.close();
  await engine.close();
});

interface Explained {
  readonly index: string;
  readonly examined: number;
  readonly sorts: boolean;
}

async function explained(filter: Document, sort: Document = {}): Promise<Explained> {
  const { queryPlanner, executionStats } = await things
    .find(filter)
    .sort(sort as Record<string, 1 | -1>)
    .explain('executionStats');
  const plan = JSON.stringify(queryPlanner.winningPlan);
  return {
    index: /"indexName":"([^"]+)"/.exec(plan)?.[1] ?? 'none',
    examined: executionStats.totalDocsExamined,
    sorts: plan.includes('"SORT"'),
  };
}

test('indexes are used for equality, $in, ranges and sort, and read nothing else', async () => {
  await things.insertMany(
    Array.from({ length: 1000 }, (_, i) => ({ _id: i, a: i % 10, b: i, s: `k${String(i).padStart(4, '0')}` })),
  );
  await things.createIndex({ a: 1, b: -1 });
  await things.createIndex({ s: 1 });
  const a = 'a_1_b_-1';
  assert.deepEqual(await explained({ _id: 5 }), { index: '_id_', examined: 1, sorts: false });
  assert.deepEqual(await explained({ a: 3 }), { index: a, examined: 100, sorts: false });
  assert.deepEqual(await explained({ a: 3 }, { b: -1 }), { index: a, examined: 100, sorts: false });
  assert.deepEqual(await explained({ a: 3 }, { b: 1 }), { index: a, examined: 100, sorts: false });
  assert.deepEqual(await explained({ a: 3, b: { $gte: 500, $lt: 600 } }), { index: a, examined: 10, sorts: false });
  assert.deepEqual(await explained({ a: { $in: [1, 2] }, b: { $lte: 12 } }), { index: a, examined: 4, sorts: false });
  assert.deepEqual(await explained({ s: /^k001/ }), { index: 's_1', examined: 10, sorts: false });
  assert.deepEqual(await explained({ s: { $gt: 'k0990' } }, { s: -1 }), { index: 's_1', examined: 9, sorts: false });
  assert.deepEqual(await explained({ c: 1 }), { index: 'none', examined: 1000, sorts: false });
  assert.equal((await explained({}, { a: 1 })).index, a);
  assert.equal((await explained({}, { b: 1 })).sorts, true);
  const found = await things.find({ a: 3 }).sort({ b: -1 }).limit(3).toArray();
  assert.deepEqual(
    found.map(({ _id }) => _id),
    [993, 983, 973],
  );
});

/** The same random questions with and without an index must have the same answers. */
test('an index never changes an answer', async () => {
  const values = [
    null,
    0,
    1,
    2,
    -1,
    2.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    'a',
    'b',
    'ab',
    '',
    true,
    false,
    new Date(0),
    new Date(255),
    [1, 2],
    ['a', 3],
    [],
    { x: 1 },
    [{ x: 1 }, { x: 2 }],
    undefined,
  ];
  let seed = 7;
  const random = (n: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % n;
  };
  const pick = () => values[random(values.length)];
  const documents = Array.from({ length: 150 }, (_, i): Doc => {
    const a = pick();
    return a === undefined ? { _id: i, b: random(4) } : { _id: i, a, b: random(4) };
  });
  const plain = db.collection<Doc>('plain');
  await plain.insertMany(documents);
  const indexes: IndexSpecification[] = [{ a: 1 }, { a: -1 }, { b: 1, a: -1 }, { 'a.x': 1 }, { b: -1, a: 1 }];
  const collections: Collection<Doc>[] = [];
  for (const [i, index] of indexes.entries()) {
    const collection = db.collection<Doc>(`indexed${i}`);
    await collection.createIndex(index);
    await collection.insertMany(documents);
    collections.push(collection);
  }
  const scalar = () => {
    const value = pick();
    return Array.isArray(value) || value === undefined ? 1 : value;
  };
  const operators = ['$gt', '$gte', '$lt', '$lte', '$eq'];
  for (let round = 0; round < 15; round++) {
    const filters: Document[] = [
      { a: pick() ?? null },
      { a: { [operators[random(5)] as string]: scalar() } },
      { a: { $gte: scalar(), $lt: scalar() }, b: random(4) },
      { b: { $in: [random(4), random(4)] }, a: { $in: [scalar(), scalar()] } },
      { 'a.x': random(3) },
      { a: { $exists: random(2) === 0 } },
    ];
    for (const filter of filters) {
      const expected = await plain.find(filter).sort({ _id: 1 }).project({ _id: 1 }).toArray();
      for (const collection of collections) {
        const found = await collection.find(filter).sort({ _id: 1 }).project({ _id: 1 }).toArray();
        assert.deepEqual(found, expected, `${JSON.stringify(filter)} in ${collection.collectionName}`);
      }
    }
  }
  for (const direction of [1, -1] as const) {
    const order = (c: Collection<Doc>) => c.find({ b: 2 }).sort({ a: direction, _id: 1 }).project({ _id: 1 }).toArray();
    const expected = await order(plain);
    for (const collection of collections) assert.deepEqual(await order(collection), expected);
  }
});

test('unique indexes refuse duplicates with E11000', async () => {
  await things.createIndex({ email: 1, kind: 1 }, { unique: true });
  await things.insertOne({ _id: 1, email: 'a@b', kind: 1 });
  const message =
    'E11000 duplicate key error collection: test.things index: email_1_kind_1 dup key: { email: "a@b", kind: 1 }';
  await assert.rejects(things.insertOne({ _id: 2, email: 'a@b', kind: 1 }), {
    code: 11000,
    message,
    keyPattern: { email: 1, kind: 1 },
    keyValue: { email: 'a@b', kind: 1 },
  });
  await things.insertOne({ _id: 2, email: 'c@d', kind: 1 });
  await assert.rejects(things.updateOne({ _id: 2 }, { $set: { email: 'a@b' } }), { code: 11000 });
  await assert.rejects(things.insertOne({ _id: 1 }), {
    code: 11000,
    message: 'E11000 duplicate key error collection: test.things index: _id_ dup key: { _id: 1 }',
  });
  await assert.rejects(things.createIndex({ kind: 1 }, { unique: true }), { code: 11000 });
  assert.deepEqual(
    (await things.indexes()).map(({ name }) => name),
    ['_id_', 'email_1_kind_1'],
  );
  const unordered = things.insertMany([{ _id: 1 }, { _id: 8 }, { _id: 1 }, { _id: 9, email: 'new' }], {
    ordered: false,
  });
  await assert.rejects(
    unordered,
    (error: { insertedCount?: number; writeErrors?: unknown[] }) =>
      error.insertedCount === 2 && error.writeErrors?.length === 2,
  );
});

test('multikey, sparse and partial indexes', async () => {
  await things.createIndex({ tags: 1 });
  await things.createIndex({ opt: 1 }, { sparse: true, unique: true });
  await things.createIndex({ code: 1 }, { unique: true, partialFilterExpression: { live: true } });
  await things.insertMany([
    { _id: 1, tags: ['a', 'b'], code: 1, live: true },
    { _id: 2, tags: ['b', 'c'], code: 1, live: false },
    { _id: 3, opt: 1, code: 1 },
  ]);
  assert.deepEqual(await explained({ tags: 'b' }), { index: 'tags_1', examined: 2, sorts: false });
  assert.equal((await things.find({ opt: null }).toArray()).length, 2);
  assert.equal((await explained({ opt: null })).index, 'none');
  assert.equal((await explained({ opt: 1 })).index, 'opt_1');
  await assert.rejects(things.updateOne({ _id: 2 }, { $set: { live: true } }), { code: 11000 });
  assert.equal((await explained({ code: 1, live: true })).index, 'code_1');
  assert.equal((await explained({ code: 1 })).index, 'none');
  assert.equal((await things.find({ code: 1 }).toArray()).length, 3);
  await assert.rejects(
    things.createIndex({ tags: 1, list: 1 }).then(() => things.insertOne({ _id: 9, tags: [1], list: [2] })),
    { code: 171 },
  );
});

test('TTL removes what has expired, and collMod changes when', async () => {
  await things.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
  await things.insertMany([
    { _id: 1, at: new Date(Date.now() - 120_000) },
    { _id: 2, at: new Date() },
    { _id: 3, at: 'no date' },
    { _id: 4, at: new Date(Date.now() - 30_000) },
  ]);
  assert.equal((await db.admin().command({ sweepExpired: 1 })).n, 1);
  await db.command({ collMod: 'things', index: { keyPattern: { at: 1 }, expireAfterSeconds: 10 } });
  assert.equal((await db.admin().command({ sweepExpired: 1 })).n, 1);
  assert.deepEqual(
    (await things.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id),
    [2, 3],
  );
});

test('createIndexes, listIndexes, dropIndexes', async () => {
  assert.equal(await things.createIndex({ a: 1 }), 'a_1');
  assert.equal(await things.createIndex({ a: 1 }), 'a_1');
  await assert.rejects(things.createIndex({ a: 1 }, { unique: true }), { code: 86 });
  await assert.rejects(things.createIndex({ a: 1 }, { name: 'other' }), { code: 85 });
  await assert.rejects(things.createIndex({ b: 1 }, { name: 'a_1' }), { code: 86 });
  await assert.rejects(things.createIndex({ a: 'text' }), { code: 238 });
  await assert.rejects(things.createIndex({ a: 1 }, { name: 'c', collation: { locale: 'en', strength: 2 } }), {
    code: 238,
  });
  await assert.rejects(things.dropIndex('nope'), { code: 27 });
  await things.dropIndex('a_1');
  assert.deepEqual(
    (await things.indexes()).map(({ key }) => key),
    [{ _id: 1 }],
  );
  await assert.rejects(db.collection('none').indexes(), { code: 26 });
});

test('among 100,000 documents a query with an index reads those that it gives, and no others', async () => {
  const count = 100_000;
  for (let at = 0; at < count; at += 10_000) {
    await things.insertMany(
      Array.from({ length: 10_000 }, (_, i) => {
        const n = at + i;
        return { _id: n, n, group: n % 1000, tags: [`t${n % 5000}`, 'all'], word: `w${String(n).padStart(6, '0')}` };
      }),
    );
  }
  await things.createIndexes([
    { key: { group: 1, n: -1 } },
    { key: { n: 1 } },
    { key: { tags: 1 } },
    { key: { word: 1 } },
    { key: { rare: 1 }, sparse: true },
  ]);
  await things.updateMany({ _id: { $in: [5, 50, 500] } }, { $set: { rare: 1 } });
  const cases: [string, Document, Document, number, number][] = [
    ['equality', { group: 7 }, {}, 0, 100],
    ['a range', { n: { $gte: 500, $lt: 600 } }, {}, 0, 100],
    ['two fields', { group: 7, n: { $gt: 50_000 } }, {}, 0, 50],
    ['$in', { n: { $in: [1, 5, 99_999, 100_001] } }, {}, 0, 3],
    ['$or on two fields', { $or: [{ n: 5 }, { word: 'w000009' }] }, {}, 0, 2],
    ['$or in $and', { $and: [{ $or: [{ n: { $lt: 3 } }, { group: 9, n: 9 }] }, {}] }, {}, 0, 4],
    ['$or whose branches overlap', { $or: [{ n: { $lt: 10 } }, { word: { $lt: 'w000010' } }] }, {}, 0, 10],
    ['an element', { tags: 't77' }, {}, 0, 20],
    ['$elemMatch', { tags: { $elemMatch: { $gte: 't77', $lt: 't770' } } }, {}, 0, 20],
    ['$all', { tags: { $all: ['t77', 'all'] } }, {}, 0, 20],
    ['a prefix', { word: /^w00012/ }, {}, 0, 10],
    ['$exists with a sparse index', { rare: { $exists: true } }, {}, 0, 3],
    ['$expr', { $expr: { $eq: ['$n', 77] } }, {}, 0, 1],
    ['$expr with $in', { $expr: { $in: ['$n', [1, 2, 3]] } }, {}, 0, 3],
    ['sort and limit', {}, { n: -1 }, 10, 10],
    ['equality, sort and limit', { group: 7 }, { n: 1 }, 10, 10],
    ['range, sort and limit', { n: { $gt: 1000 } }, { n: 1 }, 10, 10],
  ];
  for (const [title, filter, sort, limit, expected] of cases) {
    const { executionStats } = await things
      .find(filter)
      .sort(sort as Record<string, 1 | -1>)
      .limit(limit)
      .explain('executionStats');
    assert.equal(executionStats.nReturned, expected, title);
    const { nReturned, totalDocsExamined } = executionStats;
    // Where branches of an $or overlap, an entry is read in each of them, and the document is given once.
    assert.equal(totalDocsExamined, nReturned, title);
    assert.ok(executionStats.totalKeysExamined <= nReturned * 2, title);
    const found = await things
      .find(filter)
      .sort(sort as Record<string, 1 | -1>)
      .limit(limit)
      .toArray();
    assert.equal(new Set(found.map(({ _id }) => _id)).size, expected, title);
  }
});

test('a $lookup with let and a pipeline uses the index of what it looks up', async () => {
  await things.insertMany(Array.from({ length: 300 }, (_, i) => ({ _id: i, n: i % 100, owner: i % 50 })));
  await things.createIndex({ owner: 1 });
  const rows = await things
    .aggregate([
      { $match: { _id: { $lt: 3 } } },
      {
        $lookup: {
          from: 'things',
          let: { wanted: '$n' },
          pipeline: [{ $match: { $expr: { $eq: ['$owner', '$$wanted'] } } }, { $project: { _id: 1 } }],
          as: 'owned',
        },
      },
    ])
    .toArray();
  assert.deepEqual(
    rows.map(({ owned }) => owned.length),
    [6, 6, 6],
  );
  const { executionStats } = (await db.command({
    explain: { find: 'things', filter: { $expr: { $eq: ['$owner', '$$wanted'] } }, let: { wanted: 7 } },
    verbosity: 'executionStats',
  })) as { executionStats: Document };
  assert.equal(executionStats.totalDocsExamined, 6);
});

test('an index never changes an answer: $or, $elemMatch, $expr, null and arrays', async () => {
  const values = [
    0,
    1,
    2,
    null,
    'a',
    'A',
    [],
    [1],
    [1, 2],
    [[1]],
    [null],
    { b: 1 },
    [{ b: 1 }, { c: 2 }],
    [{}],
    [{}, {}],
  ];
  const rows = values.flatMap((a, i) => [
    { _id: i, a },
    { _id: 100 + i, a, c: i % 3 },
  ]);
  await things.insertMany([...rows, { _id: 500 }] as Doc[]);
  const filters: Document[] = [
    { $or: [{ a: 1 }, { c: 2 }] },
    { $or: [{ a: { $gt: 0 } }, { a: null }] },
    { c: 1, $or: [{ a: 1 }, { a: 'a' }] },
    { $or: [{ a: 1 }, { $or: [{ c: 0 }, { a: 'A' }] }] },
    { a: { $elemMatch: { $gt: 0, $lt: 2 } } },
    { a: { $elemMatch: { b: 1 } } },
    { a: { $elemMatch: { $eq: null } } },
    { a: { $all: [1, 2] } },
    { a: [1, 2] },
    { a: [] },
    { a: [[1]] },
    { a: [1] },
    { a: { $in: [[1], 'a', null] } },
    { a: { $exists: true } },
    { a: { $exists: false } },
    { a: null },
    { 'a.b': null },
    { 'a.b': { $exists: true } },
    { 'a.b': { $exists: false } },
    { $expr: { $eq: ['$a', 1] } },
    { $expr: { $eq: ['$a', null] } },
    { $expr: { $in: ['$a', [1, 'a', null]] } },
    { $expr: { $and: [{ $eq: ['$c', 1] }, { $eq: ['$a', 'A'] }] } },
  ];
  const collation = { locale: 'en', strength: 2 };
  const answers = async () =>
    Promise.all(
      filters.map(async (filter) => [
        (await things.find(filter).sort({ _id: 1 }).toArray()).map(({ _id }) => _id),
        (await things.find(filter, { collation }).sort({ _id: 1 }).toArray()).map(({ _id }) => _id),
      ]),
    );
  const plain = await answers();
  const indexes: Document[] = [{ key: { a: 1 } }, { key: { a: -1 }, sparse: true }, { key: { c: 1, a: 1 } }];
  for (const index of [...indexes, { key: { 'a.b': 1 }, sparse: true }, { key: { 'a.b': -1 } }]) {
    await things.createIndexes([index as { key: IndexSpecification & Record<string, 1> }]);
    const found = await answers();
    for (const [i, filter] of filters.entries()) assert.deepEqual(found[i], plain[i], JSON.stringify([index, filter]));
  }
});

test('a sparse unique index has no entry for elements without the field', async () => {
  await things.createIndex({ 'a.b': 1 }, { sparse: true, unique: true });
  await things.insertMany([
    { _id: 1, a: [{}, {}] },
    { _id: 2, a: [{}, { c: 1 }] },
    { _id: 3, a: [{ b: 1 }, {}] },
  ]);
  await assert.rejects(things.insertOne({ _id: 4, a: [{ b: 1 }] }), { code: 11000 });
  await things.updateOne({ _id: 3 }, { $set: { a: [{}] } });
  await things.insertOne({ _id: 4, a: [{ b: 1 }] });
});
