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
  ObjectId,
  Timestamp,
} from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

let contract: Contract;

before(async () => {
  contract = await openContract();
});
after(async () => {
  await contract.close();
});

/** Title, value, its type's name and number. */
const values: [string, unknown, string, number][] = [
  ['a double', new Double(1.5), 'double', 1],
  ['a whole double', new Double(2), 'double', 1],
  ['-0', new Double(-0), 'double', 1],
  ['NaN', new Double(Number.NaN), 'double', 1],
  ['infinity', new Double(Number.POSITIVE_INFINITY), 'double', 1],
  ['the smallest double', new Double(5e-324), 'double', 1],
  ['a text', 'žlutý kůň 🐎', 'string', 2],
  ['an empty text', '', 'string', 2],
  ['a text with a zero', 'a\u0000b', 'string', 2],
  ['a document', { b: 1, a: { z: 1, y: 2 } }, 'object', 3],
  ['an empty document', {}, 'object', 3],
  ['an array', [[1, [2]], { x: null }], 'array', 4],
  ['binary data', new Binary(Buffer.from([0, 255])), 'binData', 5],
  ['empty binary data', new Binary(Buffer.alloc(0)), 'binData', 5],
  ['a UUID', new Binary(Buffer.alloc(16, 7), 4), 'binData', 5],
  ['binary data of a subtype of its own', new Binary(Buffer.from([1]), 0x80), 'binData', 5],
  ['an object id', new ObjectId('0123456789abcdef01234567'), 'objectId', 7],
  ['true', true, 'bool', 8],
  ['false', false, 'bool', 8],
  ['a date', new Date(1_700_000_000_000), 'date', 9],
  ['a date before 1970', new Date(-1), 'date', 9],
  ['the last date of JavaScript', new Date(8.64e15), 'date', 9],
  ['null', null, 'null', 10],
  ['a regular expression', new BSONRegExp('^a', 'im'), 'regex', 11],
  ['code', new Code('f()'), 'javascript', 13],
  ['code with a scope', new Code('f()', { a: 1 }), 'javascriptWithScope', 15],
  ['an int', new Int32(-2147483648), 'int', 16],
  ['a timestamp', new Timestamp({ t: 4294967295, i: 1 }), 'timestamp', 17],
  ['a small long', Long.fromNumber(1), 'long', 18],
  ['the greatest long', Long.MAX_VALUE, 'long', 18],
  ['the least long', Long.MIN_VALUE, 'long', 18],
  ['a decimal with a zero behind', Decimal128.fromString('1.10'), 'decimal', 19],
  ['a decimal of 34 digits', Decimal128.fromString('1234567890123456789012345678901234'), 'decimal', 19],
  ['a great decimal', Decimal128.fromString('9.999E+6144'), 'decimal', 19],
  ['-0 as a decimal', Decimal128.fromString('-0'), 'decimal', 19],
  ['the least key', new MinKey(), 'minKey', -1],
  ['the greatest key', new MaxKey(), 'maxKey', 127],
];

values.forEach(([title, value, name, number], i) => {
  test(`a value is kept to the byte, and found by its type: ${title}`, async () => {
    const plain = contract.db.collection<Document>(`types${i}`);
    const raw = contract.db.collection<Document>(`types${i}`, { raw: true });
    await plain.createIndex({ v: 1 });
    const document = { _id: 1, before: 'x', v: value, after: { deep: [value] } } as Document;
    await plain.insertOne(document);
    const bytes = async () => Buffer.from((await raw.findOne({})) as unknown as Buffer);
    const expected = Buffer.from(BSON.serialize(document));
    assert.ok(expected.equals(await bytes()), 'as inserted');
    await plain.updateOne({}, { $set: { added: 1 } });
    await plain.updateOne({}, { $unset: { added: 1 } });
    assert.ok(expected.equals(await bytes()), 'after updates of another field');
    for (const type of [name, number]) {
      // An array is found by the types of its elements as well.
      assert.equal(await plain.countDocuments({ v: { $type: type as never } }), 1, String(type));
      assert.equal(await plain.countDocuments({ before: { $type: type as never } }), name === 'string' ? 1 : 0);
    }
    const [shown] = await plain.aggregate([{ $project: { _id: 0, type: { $type: '$v' } } }]).toArray();
    assert.deepEqual(shown, { type: name });
    if (name === 'regex') return;
    assert.equal(await plain.countDocuments({ v: { $eq: value as never } }), 1, 'found as a value');
    assert.equal(await plain.countDocuments({ 'after.deep': { $in: [value as never] } }), 1, 'found in an array');
  });
});

test('names of digits keep their places through insert, update and replacement', async () => {
  const plain = contract.db.collection<Document>('digits');
  const raw = contract.db.collection<Document>('digits', { raw: true });
  const document = new Map<string, unknown>([
    ['_id', 1],
    ['b', 1],
    ['10', 'ten'],
    [
      '9',
      new Map([
        ['z', 1],
        ['2', 2],
        ['1', 1],
      ]),
    ],
    ['a', 1],
  ]);
  const bytes = async () => Buffer.from((await raw.findOne({})) as unknown as Buffer);
  await plain.insertOne(document as never);
  assert.ok(Buffer.from(BSON.serialize(document as never)).equals(await bytes()));
  await plain.updateOne({}, { $set: { b: 2, c: 3 } });
  document.set('b', 2).set('c', 3);
  assert.ok(Buffer.from(BSON.serialize(document as never)).equals(await bytes()));
});

test('names with dots and dollars are kept', async () => {
  const plain = contract.db.collection<Document>('names');
  await plain.insertOne({ _id: 1 as never, 'a.b': 1, c: { 'd.e': 2, $f: 3 } });
  assert.deepEqual(await plain.findOne({}), { _id: 1, 'a.b': 1, c: { 'd.e': 2, $f: 3 } });
});

test('_id comes first wherever it was written', async () => {
  const plain = contract.db.collection<Document>('ids');
  await plain.insertOne({ a: 1, _id: 5 as never, b: 2 });
  assert.deepEqual(Object.keys((await plain.findOne({})) ?? {}), ['_id', 'a', 'b']);
});

const badIds: [string, unknown, number][] = [
  ['an array', [1], 53],
  ['a regular expression', /x/, 53],
];
for (const [title, _id, code] of badIds) {
  test(`an _id is refused: ${title}`, async () => {
    await assert.rejects(contract.db.collection<Document>('bad').insertOne({ _id: _id as never }), { code });
  });
}

const goodIds: [string, unknown][] = [
  ['null', null],
  ['a document', { a: 1, b: [1] }],
  ['a date', new Date(5)],
  ['a decimal', Decimal128.fromString('1.5')],
  ['binary data', new Binary(Buffer.from([1]), 4)],
  ['a boolean', false],
];
for (const [title, _id] of goodIds) {
  test(`an _id may be ${title}, and is there once`, async () => {
    const plain = contract.db.collection<Document>('good');
    const insert = () => contract.db.command({ insert: 'good', documents: [{ _id, x: 1 }] });
    await insert();
    assert.equal((await insert()).writeErrors[0].code, 11000);
    assert.equal(await plain.countDocuments({ _id: _id as never }), 1);
    await plain.drop();
  });
}
