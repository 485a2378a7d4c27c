import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Db, type Document, MongoClient } from 'mongodb';
import { absentExpressions } from '../../src/embedded-mongo/expression/catalog.ts';
import { absentStages } from '../../src/embedded-mongo/pipeline/catalog.ts';
import { startTestEngine, type TestEngine } from './engine.ts';

let engine: TestEngine;
let client: MongoClient;
let db: Db;

before(async () => {
  engine = await startTestEngine();
  client = await new MongoClient(engine.uri).connect();
  db = client.db('pipelines');
});
after(async () => {
  await client.close();
  await engine.close();
});

const aggregate = (...stages: Document[]) => db.collection('none').aggregate(stages).toArray();
const notImplemented = { code: 238, codeName: 'NotImplemented' };

for (const name of absentStages) {
  test(`the stage ${name} is refused as not implemented`, async () => {
    await assert.rejects(aggregate({ [name]: {} }), notImplemented);
  });
}

for (const name of absentExpressions) {
  test(`the expression ${name} is refused as not implemented`, async () => {
    await assert.rejects(aggregate({ $project: { a: { [name]: 1 } } }), notImplemented);
  });
}

for (const name of ['$median', '$percentile', '$accumulator']) {
  test(`the accumulator ${name} is refused as not implemented`, async () => {
    await assert.rejects(aggregate({ $group: { _id: null, a: { [name]: {} } } }), notImplemented);
  });
}

test('a sort over its memory is refused, for there is no disk to sort on', async () => {
  const large = db.collection<Document & { _id: number }>('large');
  await large.insertOne({ _id: 1, s: 'x'.repeat(1_000_000) });
  const many = [{ $project: { s: 1, l: { $range: [0, 120] } } }, { $unwind: '$l' }];
  await assert.rejects(large.aggregate([...many, { $sort: { l: -1 } }, { $count: 'n' }]).toArray(), {
    code: 292,
  });
  const [first] = await large
    .aggregate([...many, { $sort: { l: -1 } }, { $limit: 1 }, { $project: { l: 1 } }])
    .toArray();
  assert.deepEqual(first, { _id: 1, l: 119 });
});

test('groups over their memory are refused', async () => {
  const stages = [
    { $project: { l: { $range: [0, 120] }, s: 1 } },
    { $unwind: '$l' },
    { $group: { _id: { l: '$l', s: '$s' } } },
    { $count: 'n' },
  ];
  await assert.rejects(db.collection('large').aggregate(stages).toArray(), { code: 292 });
});

test('a $lookup with a variable uses the index of the foreign field', async () => {
  const [people, orders] = [db.collection<Document>('people'), db.collection<Document>('orders')];
  await people.insertMany(Array.from({ length: 300 }, (_, i) => ({ n: i })));
  await orders.insertMany(Array.from({ length: 3000 }, (_, i) => ({ person: i % 300, i })));
  await orders.createIndex({ person: 1 });
  const stages = [
    {
      $lookup: {
        from: 'orders',
        let: { n: '$n' },
        pipeline: [{ $match: { $expr: { $eq: ['$person', '$$n'] } } }, { $count: 'c' }],
        as: 'found',
      },
    },
    { $group: { _id: '$found.c', n: { $sum: 1 } } },
  ];
  assert.deepEqual(await people.aggregate(stages).toArray(), [{ _id: [10], n: 300 }]);
});
