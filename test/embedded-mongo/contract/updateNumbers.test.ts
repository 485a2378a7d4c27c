import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type Collection, Decimal128, type Document, Double, Int32, Long } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

type Doc = Document & { _id: number };
let contract: Contract;
let things: Collection<Doc>;

before(async () => {
  contract = await openContract();
  things = contract.db.collection<Doc>('things', { promoteValues: false });
});
beforeEach(async () => {
  await things.deleteMany({});
});
after(async () => {
  await contract.close();
});

const plain = (): Collection<Doc> => contract.db.collection<Doc>('things');

/** Name, the number before, the update of `a`, the number after: with its type. */
const numbers: [name: string, start: unknown, change: Document, expected: unknown][] = [
  ['int and int', new Int32(1), { $inc: { a: new Int32(2) } }, new Int32(3)],
  [
    'an int that overflows is a long',
    new Int32(2_147_483_647),
    { $inc: { a: new Int32(1) } },
    Long.fromString('2147483648'),
  ],
  ['int and long', new Int32(1), { $inc: { a: Long.fromNumber(2) } }, Long.fromNumber(3)],
  ['int and double', new Int32(1), { $inc: { a: new Double(2) } }, new Double(3)],
  [
    'longs beyond 2^53',
    Long.fromString('9007199254740993'),
    { $inc: { a: new Int32(2) } },
    Long.fromString('9007199254740995'),
  ],
  [
    'longs multiplied',
    Long.fromString('3037000500'),
    { $mul: { a: Long.fromString('3000000001') } },
    Long.fromString('9111001503037000500'),
  ],
  [
    'decimals',
    Decimal128.fromString('0.1'),
    { $inc: { a: Decimal128.fromString('0.2') } },
    Decimal128.fromString('0.3'),
  ],
  ['int and decimal', new Int32(2), { $mul: { a: Decimal128.fromString('1.5') } }, Decimal128.fromString('3.0')],
  [
    'bits of a long',
    Long.fromString('9007199254740993'),
    { $bit: { a: { or: new Int32(2) } } },
    Long.fromString('9007199254740995'),
  ],
];

for (const [name, start, change, expected] of numbers) {
  test(`update of numbers: ${name}`, async () => {
    await things.insertOne({ _id: 1, a: start });
    await things.updateOne({ _id: 1 }, change);
    const found = await things.findOne({ _id: 1 });
    assert.deepEqual([found?.a?._bsontype, String(found?.a)], [(expected as Int32)._bsontype, String(expected)]);
  });
}

test('a long that overflows is refused', async () => {
  await things.insertOne({ _id: 1, a: Long.MAX_VALUE });
  await assert.rejects(plain().updateOne({ _id: 1 }, { $inc: { a: new Int32(1) } }), { code: 2 });
  await assert.rejects(plain().updateOne({ _id: 1 }, { $mul: { a: new Int32(2) } }), { code: 2 });
  assert.equal(String((await things.findOne({}))?.a), String(Long.MAX_VALUE));
});
