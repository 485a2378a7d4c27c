import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { after, before, test } from 'node:test';
import { mongo, Schema } from 'mongoose';
import { type MongooseContract, openMongoose } from './openMongoose.ts';

let contract: MongooseContract;
before(async () => {
  contract = await openMongoose();
});
after(async () => {
  await contract.close();
});

const names = async (collection: string) =>
  (await contract.db.collection(collection).indexes()).map(({ name }) => name).sort();

test('a schema makes its indexes: single, compound, unique, sparse, partial, with an end', async () => {
  const schema = new Schema({
    a: { type: Number, index: true },
    b: { type: String, unique: true, sparse: true },
    at: Date,
  });
  schema.index({ a: 1, at: -1 }, { name: 'both', partialFilterExpression: { a: { $gt: 5 } } });
  schema.index({ at: 1 }, { expireAfterSeconds: 3600 });
  const Made = contract.connection.model('Made', schema);
  await Made.init();
  assert.deepEqual(await names('mades'), ['_id_', 'a_1', 'at_1', 'b_1', 'both']);
  const indexes = await Made.listIndexes();
  const named = (name: string) => indexes.find((index) => index.name === name);
  assert.equal(named('b_1')?.unique, true);
  assert.equal(named('b_1')?.sparse, true);
  assert.equal(named('at_1')?.expireAfterSeconds, 3600);
  assert.deepEqual(named('both')?.partialFilterExpression, { a: { $gt: 5 } });
});

test('createIndexes and ensureIndexes may be called again', async () => {
  const Again = contract.connection.model(
    'Again',
    new Schema({ a: { type: Number, index: true } }, { autoIndex: false }),
  );
  await Again.createCollection();
  assert.deepEqual(await names('agains'), ['_id_']);
  await Again.createIndexes();
  await Again.ensureIndexes();
  assert.deepEqual(await names('agains'), ['_id_', 'a_1']);
});

test('diffIndexes tells, syncIndexes makes and drops', async () => {
  const schema = new Schema({ a: { type: Number, index: true }, b: Number }, { autoIndex: false });
  const Synced = contract.connection.model('Synced', schema);
  await Synced.createCollection();
  await contract.db.collection('synceds').createIndex({ b: 1 });
  const difference = await Synced.diffIndexes();
  assert.deepEqual(difference.toDrop, ['b_1']);
  assert.deepEqual(difference.toCreate, [{ a: 1 }]);
  assert.deepEqual(await Synced.syncIndexes(), ['b_1']);
  assert.deepEqual(await names('synceds'), ['_id_', 'a_1']);
  assert.deepEqual(await Synced.diffIndexes(), { toDrop: [], toCreate: [] });
});

test('a unique index cannot be made over what breaks it', async () => {
  await contract.db.collection('twices').insertMany([{ a: 1 }, { a: 1 }]);
  const Twice = contract.connection.model(
    'Twice',
    new Schema({ a: { type: Number, unique: true } }, { autoIndex: false }),
  );
  await assert.rejects(Twice.createIndexes(), { code: 11000 });
  assert.deepEqual(await names('twices'), ['_id_']);
});

test('the same keys with other options are a conflict', async () => {
  await contract.db.collection('others').createIndex({ a: 1 });
  const schema = new Schema({ a: Number }, { autoIndex: false });
  schema.index({ a: 1 }, { unique: true });
  const Other = contract.connection.model('Other', schema);
  await assert.rejects(
    Other.createIndexes(),
    (error: mongo.MongoServerError) => error.code === 85 || error.code === 86,
  );
});

test('createCollection twice, dropCollection, listCollections', async () => {
  const Coll = contract.connection.model('Coll', new Schema({ a: Number }));
  await Coll.createCollection();
  await Coll.createCollection();
  const listed = await contract.connection.listCollections();
  assert.equal(listed.filter(({ name }) => name === 'colls').length, 1);
  await contract.connection.dropCollection('colls');
  assert.equal(
    (await contract.connection.listCollections()).some(({ name }) => name === 'colls'),
    false,
  );
});

test('GridFSBucket through Mongoose', async () => {
  assert.ok(contract.connection.db);
  const bucket = new mongo.GridFSBucket(contract.connection.db, { bucketName: 'photos', chunkSizeBytes: 1000 });
  const bytes = randomBytes(4321);
  const upload = bucket.openUploadStream('a.jpg');
  await pipeline(Readable.from([bytes]), upload);
  const parts: Buffer[] = [];
  for await (const part of bucket.openDownloadStreamByName('a.jpg')) parts.push(part as Buffer);
  assert.ok(Buffer.concat(parts).equals(bytes));
  assert.equal(await contract.db.collection('photos.chunks').countDocuments(), 5);
});

test('useDb, a second connection and a dropped database', async () => {
  const other = contract.connection.useDb(`${contract.db.databaseName}-b`);
  const There = other.model('There', new Schema({ a: Number }));
  await There.create({ a: 1 });
  assert.equal(await contract.db.collection('theres').countDocuments(), 0);
  assert.equal(await contract.client.db(other.name).collection('theres').countDocuments(), 1);
  await other.dropDatabase();
  assert.equal(await There.countDocuments(), 0);
});
