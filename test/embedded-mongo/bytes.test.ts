import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { BSON, Decimal128, Double, Int32, Long, MaxKey, MongoClient, ObjectId, Timestamp } from 'mongodb';
import { decode } from '../../src/embedded-mongo/bson/decode.ts';
import { encode } from '../../src/embedded-mongo/bson/encode.ts';
import { namesOf } from '../../src/embedded-mongo/bson/names.ts';
import { setField } from '../../src/embedded-mongo/bson/value.ts';
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

const name = fc.oneof(
  fc.nat(20).map(String),
  fc.constantFrom('a', 'b', '__proto__', 'constructor', '007', '4294967295', '-1', 'ž'),
);
const scalar = fc.oneof(
  fc.integer().map((n) => new Int32(n)),
  fc.double().map((n) => new Double(n)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((n) => Long.fromBigInt(n)),
  fc.constantFrom('1.10', '-0', 'NaN', '1E+6000').map((text) => Decimal128.fromString(text)),
  fc.string({ unit: 'grapheme' }),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.nat().map((t) => new Timestamp({ t, i: 1 })),
  fc.constant(new MaxKey()),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
);
type Node = { readonly kind: 'document'; readonly fields: readonly (readonly [string, unknown])[] };
const { document } = fc.letrec<{ document: Node; value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalar, tie('document'), fc.array(tie('value'), { maxLength: 3 })),
  document: fc
    .uniqueArray(fc.tuple(name, tie('value')), { selector: ([key]) => key, maxLength: 6 })
    .map((fields): Node => ({ kind: 'document', fields })),
}));

/** A Map keeps what an object does not: names that are whole numbers stay where they are. */
function asMap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asMap);
  if (typeof value !== 'object' || value === null || !('kind' in value)) return value;
  return new Map((value as Node).fields.map(([key, inner]) => [key, asMap(inner)]));
}

const bytesOf = (value: unknown): Buffer => Buffer.from(BSON.serialize(value as BSON.Document));

test('what is read is written again with the same bytes', () => {
  fc.assert(
    fc.property(document, (node) => {
      const bytes = bytesOf(asMap(node));
      assert.ok(encode(decode(bytes)).equals(bytes));
    }),
  );
});

test('an update of one field leaves the bytes of all others as they are', async () => {
  const raw = client.db('bytes').collection('raw', { raw: true });
  const plain = client.db('bytes').collection('raw');
  await plain.createIndex({ '1': 1 });
  await fc.assert(
    fc.asyncProperty(document, async (node) => {
      await plain.deleteMany({});
      const others = node.fields.map(([key, value]): [string, unknown] => [key, asMap(value)]);
      const fields: [string, unknown][] = [['_id', new Int32(1)], ...others];
      await plain.insertOne(new Map(fields) as never);
      await plain.updateOne({ _id: 1 as never }, { $set: { touched: true, inner: { x: 1 } } });
      const expected = bytesOf(new Map([...fields, ['inner', { x: 1 }], ['touched', true]]));
      assert.ok(expected.equals((await raw.findOne({})) as unknown as Buffer));
    }),
    { numRuns: 60 },
  );
});

test('a name that is taken away and set again goes to the end, and a copy has an order of its own', () => {
  const first = decode(
    bytesOf(
      new Map([
        ['b', 1],
        ['2', 2],
        ['a', 3],
        ['1', 4],
      ]),
    ),
  );
  assert.deepEqual(namesOf(first), ['b', '2', 'a', '1']);
  const second = { ...first };
  delete second['2'];
  setField(second, '2', true);
  setField(second, '0', true);
  assert.deepEqual(namesOf(second), ['b', 'a', '1', '2', '0']);
  assert.deepEqual(namesOf(first), ['b', '2', 'a', '1']);
  setField(first, '2', true);
  assert.deepEqual(namesOf(first), ['b', '2', 'a', '1']);
});

/** A document of the fields given, each as type, name and bytes. */
function rawDocument(...fields: readonly (readonly [number, string, Buffer])[]): Buffer {
  const body = Buffer.concat(
    fields.map(([type, key, value]) => Buffer.concat([Buffer.of(type), Buffer.from(`${key}\0`), value])),
  );
  const length = Buffer.alloc(4);
  length.writeInt32LE(body.length + 5);
  return Buffer.concat([length, body, Buffer.of(0)]);
}

test('dates beyond the years of JavaScript, undefined and pointers are kept, found and sorted', () => {
  const far = Buffer.alloc(8);
  far.writeBigInt64LE(2n ** 62n);
  const pointer = Buffer.concat([Buffer.of(4, 0, 0, 0), Buffer.from('a.b\0'), Buffer.alloc(12, 7)]);
  const bytes = rawDocument([0x09, 'far', far], [0x06, 'gone', Buffer.alloc(0)], [0x0c, 'pointer', pointer]);
  assert.ok(encode(decode(bytes)).equals(bytes));
});

test('a date beyond the years of JavaScript goes through an index and an update', async () => {
  const things = client.db('bytes').collection('far');
  await things.createIndex({ at: 1 });
  // The driver writes the milliseconds of any object that says it is a date.
  const far = (milliseconds: number) => Object.assign(new Date(0), { getTime: () => milliseconds });
  await things.insertMany([
    { n: 1, at: far(9e15) },
    { n: 2, at: new Date(0) },
    { n: 3, at: far(-9e15) },
    { n: 4, at: far(9.1e15) },
  ]);
  await things.updateMany({}, { $set: { seen: true } });
  const rows = await things
    .find({}, { projection: { _id: 0, n: 1 } })
    .sort({ at: 1 })
    .toArray();
  assert.deepEqual(rows, [{ n: 3 }, { n: 2 }, { n: 1 }, { n: 4 }]);
  assert.equal(await things.countDocuments({ at: { $gt: new Date(0) } }), 2);
  assert.equal(await things.countDocuments({ at: { $type: 'date' } }), 4);
});
