import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { after, before, test } from 'node:test';
import MongoStore from 'connect-mongo';
import type { SessionData } from 'express-session';
import { GridFSBucket, MongoClient } from 'mongodb';
import mongoose from 'mongoose';
import { RateLimiterMongo } from 'rate-limiter-flexible';
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

test('GridFS round trip', async () => {
  const bucket = new GridFSBucket(client.db('files'));
  const content = randomBytes(1_500_000);
  const upload = bucket.openUploadStream('a.bin', { metadata: { kind: 'test' } });
  await pipeline(Readable.from([content]), upload);
  const parts = await bucket.openDownloadStream(upload.id).toArray();
  assert.ok(Buffer.concat(parts as Buffer[]).equals(content));
  const range = await bucket.openDownloadStreamByName('a.bin', { start: 300_000, end: 700_000 }).toArray();
  assert.ok(Buffer.concat(range as Buffer[]).equals(content.subarray(300_000, 700_000)));
  assert.equal((await bucket.find({ 'metadata.kind': 'test' }).toArray())[0]?.length, 1_500_000);
  await bucket.delete(upload.id);
  assert.equal(await client.db('files').collection('fs.chunks').countDocuments(), 0);
});

test('connect-mongo keeps sessions', async () => {
  const store = MongoStore.create({ client, dbName: 'web', collectionName: 'sessions', ttl: 60 });
  const data = { cookie: { originalMaxAge: 60_000 }, user: 'x' } as unknown as SessionData;
  const call = <T>(run: (done: (error: unknown, value?: T | null) => void) => void) =>
    new Promise<T | null | undefined>((resolve, reject) =>
      run((error, value) => (error ? reject(error) : resolve(value))),
    );
  await call((done) => store.set('sid', data, done));
  const read = await call<SessionData>((done) => store.get('sid', done));
  assert.equal((read as unknown as { user: string }).user, 'x');
  await call((done) => store.touch('sid', data, done));
  assert.equal(await call<number>((done) => store.length(done)), 1);
  await call((done) => store.destroy('sid', done));
  assert.equal((await call<SessionData>((done) => store.get('sid', done))) ?? null, null);
});

test('RateLimiterMongo counts and blocks', async () => {
  const limiter = new RateLimiterMongo({
    storeClient: client,
    dbName: 'web',
    points: 2,
    duration: 5,
    keyPrefix: 'try',
  });
  assert.equal((await limiter.consume('me')).remainingPoints, 1);
  assert.equal((await limiter.consume('me')).remainingPoints, 0);
  await assert.rejects(limiter.consume('me'), (result: { consumedPoints?: number }) => result.consumedPoints === 3);
  assert.equal((await limiter.get('me'))?.consumedPoints, 3);
  await limiter.delete('me');
  assert.equal(await limiter.get('me'), null);
});

test('mongoose: validation, populate, versions, arrays, bulk, streams', async () => {
  const connection = await mongoose.createConnection(engine.uri, { dbName: 'goose' }).asPromise();
  const Person = connection.model(
    'Person',
    new mongoose.Schema({ name: { type: String, required: true, index: true } }),
  );
  const Post = connection.model(
    'Post',
    new mongoose.Schema(
      {
        title: String,
        author: { type: mongoose.Schema.Types.ObjectId, ref: 'Person' },
        notes: [{ text: String }],
        counts: { type: Map, of: Number },
        price: mongoose.Schema.Types.Decimal128,
      },
      { optimisticConcurrency: true },
    ),
  );
  await Promise.all([Person.init(), Post.init()]);
  const person = await Person.create({ name: 'Ada' });
  const post = await Post.create({
    title: 't',
    author: person._id,
    notes: [{ text: 'a' }, { text: 'b' }],
    counts: { x: 1 },
    price: '1.50',
  });
  const populated = await Post.findById(post._id).populate<{ author: { name: string } }>('author');
  assert.equal(populated?.author.name, 'Ada');
  const [first, second] = [await Post.findById(post._id), await Post.findById(post._id)];
  first?.notes.pull(first.notes[0]?._id);
  first?.counts?.set('y', 2);
  await first?.save();
  if (second) second.title = 'late';
  await assert.rejects(second?.save() ?? Promise.resolve(), { name: 'VersionError' });
  await Post.bulkWrite([{ insertOne: { document: { title: 'u', notes: [] } } }]);
  await Post.updateOne({ _id: post._id }, { $push: { notes: { text: 'c' } } });
  const titles: string[] = [];
  for await (const found of Post.find().sort({ title: 1 }).cursor()) titles.push(String(found.title));
  assert.deepEqual(titles, ['t', 'u']);
  const read = await Post.findOne({ 'notes.text': 'c' }).lean();
  assert.deepEqual(
    read?.notes.map(({ text }) => text),
    ['b', 'c'],
  );
  assert.equal(String(read?.price), '1.50');
  assert.equal(await Post.exists({ title: 'none' }), null);
  await connection.close();
});
