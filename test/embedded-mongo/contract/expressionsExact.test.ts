import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Collection, Decimal128, type Document, Double, Int32, Long } from 'mongodb';
import { type Contract, openContract } from './openContract.ts';

let contract: Contract;
let typed: Collection<Document>;

before(async () => {
  contract = await openContract();
  typed = contract.db.collection('one', { promoteValues: false });
  await typed.insertOne({ t: ['b', 'a', 'B'] });
});
after(async () => {
  await contract.close();
});

/** With their types: numbers that a double does not hold, and what the wider of two types makes of a result. */
const exact: [expression: unknown, expected: unknown][] = [
  [{ $add: [Long.fromString('9007199254740993'), new Int32(2)] }, Long.fromString('9007199254740995')],
  [{ $add: [new Int32(2_147_483_647), new Int32(1)] }, Long.fromString('2147483648')],
  [{ $add: [new Int32(1), new Double(2)] }, new Double(3)],
  [{ $subtract: [Long.fromString('9007199254740993'), Long.fromString('9007199254740992')] }, Long.fromNumber(1)],
  [{ $multiply: [Long.fromString('3037000500'), new Int32(3)] }, Long.fromString('9111001500')],
  [{ $mod: [Long.fromString('9007199254740993'), new Int32(10)] }, Long.fromNumber(3)],
  [{ $mod: [Decimal128.fromString('10.5'), new Int32(3)] }, Decimal128.fromString('1.5')],
  [{ $abs: Long.fromString('-9007199254740993') }, Long.fromString('9007199254740993')],
  [{ $toLong: Decimal128.fromString('9007199254740993.7') }, Long.fromString('9007199254740993')],
  [{ $toLong: '9223372036854775807' }, Long.MAX_VALUE],
  [{ $toInt: new Double(5.9) }, new Int32(5)],
  [{ $toDecimal: '0.10' }, Decimal128.fromString('0.10')],
  [{ $toDecimal: Long.fromString('9007199254740993') }, Decimal128.fromString('9007199254740993')],
  [{ $round: [Long.fromString('9007199254740993'), -1] }, Long.fromString('9007199254740990')],
  [{ $trunc: [Decimal128.fromString('1.987'), 2] }, Decimal128.fromString('1.98')],
  [{ $round: [Decimal128.fromString('2.5')] }, Decimal128.fromString('2')],
  [{ $ceil: Decimal128.fromString('1.1') }, Decimal128.fromString('2')],
  [{ $floor: Decimal128.fromString('-1.1') }, Decimal128.fromString('-2')],
  [{ $divide: [Decimal128.fromString('1'), new Int32(4)] }, Decimal128.fromString('0.25')],
  [{ $divide: [new Int32(6), new Int32(3)] }, new Double(2)],
  [{ $pow: [new Int32(2), new Int32(40)] }, Long.fromString('1099511627776')],
  [{ $pow: [Long.fromNumber(3), new Int32(39)] }, Long.fromString('4052555153018976267')],
  [{ $pow: [new Int32(10), new Int32(20)] }, new Double(1e20)],
  [{ $sqrt: Decimal128.fromString('2.25') }, Decimal128.fromString('1.5')],
  [{ $sum: [new Int32(1), Long.fromNumber(2)] }, Long.fromNumber(3)],
  [{ $sum: [Long.MAX_VALUE, new Int32(1)] }, new Double(2 ** 63)],
  [{ $sum: [new Double(0.1), new Double(0.2), new Double(0.3)] }, new Double(0.6)],
  [{ $sum: [Decimal128.fromString('0.1'), Decimal128.fromString('0.2')] }, Decimal128.fromString('0.3')],
  [{ $avg: [new Int32(1), new Int32(2)] }, new Double(1.5)],
  [{ $size: '$t' }, new Int32(3)],
  [{ $cmp: [Long.fromString('9007199254740993'), Long.fromString('9007199254740992')] }, new Int32(1)],
  [{ $bitOr: [Long.fromString('9007199254740993'), new Int32(2)] }, Long.fromString('9007199254740995')],
  [{ $dateDiff: { startDate: new Date(0), endDate: new Date(5), unit: 'millisecond' } }, Long.fromNumber(5)],
];
for (const [expression, expected] of exact) {
  test(`exact: ${JSON.stringify(expression)}`, async () => {
    const [found] = await typed.aggregate([{ $project: { _id: 0, r: expression } }]).toArray();
    assert.deepEqual([found?.r?._bsontype, String(found?.r)], [(expected as Int32)._bsontype, String(expected)]);
  });
}
