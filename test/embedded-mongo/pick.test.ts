import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  Binary,
  BSON,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import fc from 'fast-check';
import { decode } from '../../src/embedded-mongo/bson/decode.ts';
import { pickFields } from '../../src/embedded-mongo/bson/pick.ts';

const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.boolean(),
  fc.constant(null),
  fc.integer().map((number) => new Int32(number)),
  fc.double().map((number) => new Double(number)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((number) => Long.fromBigInt(number)),
  fc.constantFrom(new MinKey(), new MaxKey(), new Timestamp({ t: 1, i: 2 }), Decimal128.fromString('1.50')),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array().map((bytes) => new Binary(bytes)),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc.array(fc.string(), { maxLength: 4 }),
  fc.dictionary(fc.constantFrom('a', 'b'), fc.string()),
);
const name = fc.constantFrom('_id', 'a', 'ab', 'b', 'é', 'edition', 'editionAt', 'constructor');
const bytesOf = (document: object): Buffer => Buffer.from(BSON.serialize(document));

test('fields picked out of the bytes are the fields that reading would have found', () => {
  fc.assert(
    fc.property(fc.dictionary(name, value), fc.uniqueArray(name), (document, wanted) => {
      const bytes = bytesOf(document);
      const picked = pickFields(
        bytes,
        wanted.map((each) => Buffer.from(each)),
      );
      assert.ok(picked !== undefined);
      const kept = Object.entries(decode(bytes)).filter(([field]) => (wanted as string[]).includes(field));
      assert.deepEqual(Object.entries(decode(picked)), kept);
    }),
    { numRuns: 500 },
  );
});

test('a document with a value of unknown length is left to be read; one that is cut off is refused', () => {
  for (const odd of [new BSONRegExp('a', 'i'), new Code('x')]) {
    assert.equal(pickFields(bytesOf({ a: odd, b: 1 }), [Buffer.from('b')]), undefined);
  }
  const whole = bytesOf({ a: 'a long text', b: 1 });
  for (let end = 5; end < whole.length - 1; end++) {
    const cut = Buffer.concat([whole.subarray(0, end), Buffer.from([1])]);
    assert.throws(() => pickFields(cut, [Buffer.from('b')]), { code: 22 });
  }
});
