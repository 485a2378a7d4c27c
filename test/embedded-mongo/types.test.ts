import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  Binary,
  BSON,
  BSONRegExp,
  Code,
  Decimal128,
  type Document,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  MongoClient,
  ObjectId,
  Timestamp,
} from 'mongodb';
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

const everything: Document = {
  _id: new ObjectId(),
  z: new Int32(1),
  double: new Double(1),
  negativeZero: new Double(-0),
  long: Long.fromString('9007199254740993'),
  decimal: Decimal128.fromString('1.10'),
  date: new Date(-1),
  binary: new Binary(Buffer.from([1, 2, 3]), 0x80),
  uuid: new Binary(Buffer.alloc(16, 7), 4),
  regex: new BSONRegExp('^a', 'im'),
  timestamp: new Timestamp({ t: 5, i: 6 }),
  code: new Code('f()', { a: 1 }),
  min: new MinKey(),
  max: new MaxKey(),
  nil: null,
  text: 'žlutý\u0000kůň 🐎',
  list: [new Double(2), [null, { b: true, a: false }]],
  constructor: 'a field like any other',
  a: { c: 1, b: 2 },
};

test('documents come back byte for byte, also after another field was updated', async () => {
  const raw = client.db('test').collection('raw', { raw: true });
  const plain = client.db('test').collection('raw');
  await plain.insertOne(everything);
  const bytes = () => raw.findOne({}) as unknown as Promise<Buffer>;
  assert.ok(Buffer.from(BSON.serialize(everything)).equals(await bytes()));
  await plain.updateOne({}, { $set: { added: 1 } });
  await plain.updateOne({}, { $unset: { added: 1 } });
  assert.ok(Buffer.from(BSON.serialize(everything)).equals(await bytes()));
});

test('every type can be found by its value and indexed', async () => {
  const things = client.db('test').collection('values');
  await things.createIndex({ v: 1 });
  const values = Object.values(everything).filter(
    (value) => value !== null && !Array.isArray(value) && !(value instanceof BSONRegExp),
  );
  await things.insertMany(values.map((v) => ({ v })));
  for (const value of values) {
    const found = await things.find({ v: { $eq: value } }).toArray();
    assert.ok(found.length >= 1, String(value));
  }
});

test('arithmetic keeps or widens the types', async () => {
  const things = client.db('test').collection<Document & { _id: number }>('numbers');
  await things.insertOne({
    _id: 1,
    int: new Int32(2147483647),
    double: new Double(1),
    long: Long.fromNumber(5),
    decimal: Decimal128.fromString('0.1'),
  });
  await things.updateOne({ _id: 1 }, { $inc: { int: 1, double: 1, long: 1, decimal: Decimal128.fromString('0.2') } });
  const found = await things.findOne({ _id: 1 }, { promoteValues: false });
  assert.ok(found?.int instanceof Long && found.double instanceof Double && found.long instanceof Long);
  assert.equal(found.int.toString(), '2147483648');
  assert.equal(String(found.decimal), '0.3');
  const max = Long.MAX_VALUE;
  await things.updateOne({ _id: 1 }, { $set: { long: max } });
  await assert.rejects(things.updateOne({ _id: 1 }, { $inc: { long: 1 } }), { code: 2 });
});

test('equal numbers of different types are one key', async () => {
  const things = client.db('test').collection('unique');
  await things.createIndex({ n: 1 }, { unique: true });
  await things.insertOne({ n: new Int32(1) });
  for (const n of [new Double(1), Long.fromNumber(1), Decimal128.fromString('1.00')]) {
    await assert.rejects(things.insertOne({ n }), { code: 11000 });
  }
  await things.insertOne({ n: Long.fromString('9007199254740993') });
  await things.insertOne({ n: Long.fromString('9007199254740992') });
  assert.equal(await things.countDocuments({ n: { $gt: new Double(9007199254740992) } }), 1);
});
