import { Binary, BSONRegExp, BSONSymbol, Code, type Decimal128, Double, Int32, Long, ObjectId, Timestamp } from 'bson';
import { compareDecimals, type Decimal, decimalOfDouble } from './decimal.ts';
import { namesOf } from './names.ts';
import { toDecimal, toNumber } from './number.ts';
import { DBPointer, FarDate, millisecondsOf } from './rare.ts';
import { type Document, type Numeric, orderOf, typeOrder, type Value } from './value.ts';

/** Stands in an index for an array without elements, which sorts before null. */
export const emptyArray = Symbol('empty array');
export type KeyValue = Value | undefined | typeof emptyArray;

/**
 * Bytes that compare (by memcmp) as the values compare in MongoDB, across types, and are equal exactly where the
 * values are equal. Each value ends itself, so that keys of several values can be written one after the other.
 */
export function encodeKey(value: KeyValue): Buffer {
  const parts: Buffer[] = [];
  append(parts, value);
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
}

/** As a string, for maps and sets. */
export function keyString(value: KeyValue): string {
  return encodeKey(value).toString('latin1');
}

/** The key of an index entry: descending fields have all their bits turned. */
export function encodeCompoundKey(values: readonly KeyValue[], directions: readonly number[]): Buffer {
  return Buffer.concat(values.map((value, i) => directed(encodeKey(value), directions[i] ?? 1)));
}

export function directed(key: Buffer, direction: number): Buffer {
  if (direction > 0) return key;
  const turned = Buffer.allocUnsafe(key.length);
  for (let i = 0; i < key.length; i++) turned[i] = 255 - (key[i] as number);
  return turned;
}

function append(parts: Buffer[], value: KeyValue): void {
  if (value === emptyArray) {
    parts.push(Buffer.of(typeOrder.emptyArray));
    return;
  }
  const order = orderOf(value);
  if (order === typeOrder.number) parts.push(numberKey(value as Numeric));
  else if (typeof value === 'string') parts.push(textKey(order, value));
  else if (value instanceof BSONSymbol) parts.push(textKey(order, value.value));
  else if (value instanceof ObjectId) parts.push(Buffer.of(order, ...value.id));
  else if (typeof value === 'boolean') parts.push(Buffer.of(order, value ? 1 : 0));
  else if (value instanceof Date || value instanceof FarDate) parts.push(dateKey(order, value));
  else if (Array.isArray(value)) {
    parts.push(Buffer.of(order));
    for (const element of value) append(parts, element);
    parts.push(Buffer.of(0));
  } else if (order === typeOrder.object) appendDocument(parts, order, value as Document);
  else if (value instanceof Binary) parts.push(binaryKey(order, value));
  else if (value instanceof Timestamp) parts.push(timestampKey(order, value));
  else if (value instanceof BSONRegExp) parts.push(textKey(order, value.pattern), textKey(order, value.options));
  else if (value instanceof DBPointer) parts.push(textKey(order, value.namespace), Buffer.from(value.id));
  else if (value instanceof Code) {
    parts.push(textKey(order, value.code));
    if (value.scope !== null) appendDocument(parts, typeOrder.object, value.scope as Document);
  } else parts.push(Buffer.of(order));
}

/** MongoDB compares documents field by field: type, then name, then value. */
function appendDocument(parts: Buffer[], order: number, document: Document): void {
  parts.push(Buffer.of(order));
  for (const name of namesOf(document)) {
    const value = document[name] as Value;
    parts.push(textKey(orderOf(value), name));
    append(parts, value);
  }
  parts.push(Buffer.of(0));
}

/** UTF-8 with zero bytes written as 00 FF and an end of 00 00. */
function textKey(order: number, text: string): Buffer {
  if (!text.includes('\0')) {
    const length = Buffer.byteLength(text);
    const key = Buffer.allocUnsafe(length + 3);
    key[0] = order;
    key.write(text, 1);
    key[length + 1] = 0;
    key[length + 2] = 0;
    return key;
  }
  const bytes: number[] = [order];
  for (const byte of Buffer.from(text)) {
    bytes.push(byte);
    if (byte === 0) bytes.push(0xff);
  }
  return Buffer.from([...bytes, 0, 0]);
}

function dateKey(order: number, value: Date | FarDate): Buffer {
  const key = Buffer.allocUnsafe(9);
  key[0] = order;
  key.writeBigUInt64BE(BigInt.asUintN(64, millisecondsOf(value) + 2n ** 63n), 1);
  return key;
}

function timestampKey(order: number, value: Timestamp): Buffer {
  const key = Buffer.allocUnsafe(9);
  key[0] = order;
  key.writeUInt32BE(value.high >>> 0, 1);
  key.writeUInt32BE(value.low >>> 0, 5);
  return key;
}

function binaryKey(order: number, value: Binary): Buffer {
  const head = Buffer.allocUnsafe(6);
  head[0] = order;
  head.writeUInt32BE(value.position, 1);
  head[5] = value.sub_type;
  return Buffer.concat([head, value.buffer.subarray(0, value.position)]);
}

/**
 * The nearest double in sortable bytes, then 80 where it is the value itself. Values that no double holds (large
 * 64-bit integers, most decimals) follow with 7F or 81 for below or above and their decimal digits.
 */
export function numberKey(value: Numeric): Buffer {
  const nearest = toNumber(value);
  const exact = value instanceof Int32 || value instanceof Double || isExact(value, nearest);
  if (exact) {
    const key = Buffer.allocUnsafe(10);
    key[0] = typeOrder.number;
    writeSortableDouble(key, nearest);
    key[9] = 0x80;
    return key;
  }
  const decimal = toDecimal(value) as Decimal;
  const side = sideOf(decimal, nearest);
  const key = Buffer.allocUnsafe(10);
  key[0] = typeOrder.number;
  writeSortableDouble(key, nearest);
  key[9] = side < 0 ? 0x7f : 0x81;
  return Buffer.concat([key, digits(decimal)]);
}

function isExact(value: Long | Decimal128, nearest: number): boolean {
  if (value instanceof Long && value.greaterThanOrEqual(-(2 ** 53)) && value.lessThanOrEqual(2 ** 53)) return true;
  const decimal = toDecimal(value);
  if (!decimal) return true;
  return sideOf(decimal, nearest) === 0;
}

function sideOf(decimal: Decimal, nearest: number): number {
  if (nearest === Number.POSITIVE_INFINITY) return -1;
  if (nearest === Number.NEGATIVE_INFINITY) return 1;
  // Very small and very large powers of ten would make enormous integers: the sign is enough there.
  if (nearest === 0) return decimal.coefficient > 0n ? 1 : decimal.coefficient < 0n ? -1 : 0;
  return compareDecimals(decimal, decimalOfDouble(nearest));
}

function writeSortableDouble(key: Buffer, value: number): void {
  if (Number.isNaN(value)) {
    key.fill(0, 1, 9);
    return;
  }
  key.writeDoubleBE(value === 0 ? 0 : value, 1);
  if ((key[1] as number) & 0x80) for (let i = 1; i < 9; i++) key[i] = 255 - (key[i] as number);
  else key[1] = (key[1] as number) | 0x80;
}

function digits(decimal: Decimal): Buffer {
  const negative = decimal.coefficient < 0n;
  const text = String(negative ? -decimal.coefficient : decimal.coefficient);
  const key = Buffer.alloc(36, 0x30);
  key.writeUInt16BE(decimal.exponent + text.length + 20000, 0);
  key.write(text.slice(0, 34), 2, 'latin1');
  return negative ? directed(key, -1) : key;
}
