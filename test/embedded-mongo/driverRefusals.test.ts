/** What a driver or Mongoose may ask for and this engine has not: refused with a code, never answered wrongly. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MongoClient } from 'mongodb';
import mongoose, { Schema } from 'mongoose';
import { startTestEngine, type TestEngine } from './engine.ts';

let engine: TestEngine;
let client: MongoClient;
before(async () => {
  engine = await startTestEngine();
  client = await new MongoClient(engine.uri).connect();
});
after(async () => {
  await client.close();
  await engine.close();
});

test('a change stream is refused, and does not wait for ever', async () => {
  const rows = client.db('x').collection('rows');
  await rows.insertOne({ a: 1 });
  for (const watched of [rows, client.db('x'), client]) {
    const stream = watched.watch();
    await assert.rejects(stream.next(), (error: { code?: number }) => error.code === 238 || error.code === 72);
    await stream.close();
  }
});

test('a change stream of Mongoose is refused', async () => {
  const connection = await mongoose.createConnection(engine.uri, { dbName: 'x' }).asPromise();
  const Row = connection.model('Row', new Schema({ a: Number }));
  const stream = Row.watch();
  const error = await new Promise<{ code?: number }>((done) => stream.once('error', done));
  assert.equal(error.code, 238);
  await stream.close();
  await connection.close();
});

test('the bulkWrite of a whole client is refused, and writes nothing', async () => {
  const models = [{ namespace: 'x.bulk', name: 'insertOne' as const, document: { a: 1 } }];
  await assert.rejects(client.bulkWrite(models));
  assert.equal(await client.db('x').collection('bulk').countDocuments(), 0);
});

test('a tailable cursor, a capped collection, a view and a time series are refused', async () => {
  const db = client.db('x');
  await assert.rejects(db.collection('rows').find({}, { tailable: true }).toArray(), { code: 2 });
  await assert.rejects(db.createCollection('capped', { capped: true, size: 1000 }), { code: 238 });
  await assert.rejects(db.createCollection('view', { viewOn: 'rows', pipeline: [] }), { code: 238 });
  await assert.rejects(db.createCollection('times', { timeseries: { timeField: 'at' } }), { code: 238 });
  assert.deepEqual(
    (await db.listCollections().toArray()).map(({ name }) => name).filter((name) => name !== 'rows'),
    [],
  );
});

test('a write concern of two members is told to be out of reach', async () => {
  await assert.rejects(
    client
      .db('x')
      .collection('rows')
      .insertOne({ a: 2 }, { writeConcern: { w: 2 } }),
    { code: 100 },
  );
});

test('a stage that MongoDB has and this engine has not is told apart from one that nobody knows', async () => {
  const run = (stage: object) => client.db('x').collection('rows').aggregate([stage]).toArray();
  await assert.rejects(run({ $graphLookup: {} }), { code: 238, codeName: 'NotImplemented' });
  await assert.rejects(run({ $out: 'x' }), { code: 238 });
  await assert.rejects(run({ $nobodyKnowsThis: 1 }), { code: 40324 });
});
