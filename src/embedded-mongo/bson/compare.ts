import { Double, Int32, Long } from 'bson';
import { encodeKey, numberKey } from './key.ts';
import { namesOf } from './names.ts';
import { FarDate } from './rare.ts';
import { type Document, isDocument, type Numeric, orderOf, setField, typeOrder, type Value } from './value.ts';

/** How strings are compared: by their bytes, or by the rules of a language. */
export type StringOrder = (a: string, b: string) => number;

/** Compares as memcmp of the UTF-8 bytes would: JavaScript's own order differs beyond the basic plane. */
export function compareBytes(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const xHigh = x >= 0xd800 && x <= 0xdfff;
    const yHigh = y >= 0xd800 && y <= 0xdfff;
    if (xHigh !== yHigh) return xHigh ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}

/** MongoDB's order of all values: first by type, then within the type. */
export function compare(a: Value | undefined, b: Value | undefined, strings: StringOrder = compareBytes): number {
  const order = orderOf(a);
  const difference = order - orderOf(b);
  if (difference !== 0) return difference;
  switch (order) {
    case typeOrder.null:
    case typeOrder.minKey:
    case typeOrder.maxKey:
      return 0;
    case typeOrder.number:
      return compareNumbers(a as Numeric, b as Numeric);
    case typeOrder.string:
      return strings(String(a), String(b));
    case typeOrder.bool:
      return Number(a) - Number(b);
    case typeOrder.date:
      if (a instanceof FarDate || b instanceof FarDate) break;
      return (a as Date).getTime() - (b as Date).getTime();
    case typeOrder.array:
      return compareArrays(a as Value[], b as Value[], strings);
    case typeOrder.object:
      return compareDocuments(a as Document, b as Document, strings);
  }
  return Buffer.compare(encodeKey(a), encodeKey(b));
}

/** Equality as queries mean it: 1 equals 1.0, documents are equal in the same field order only. */
export function isEqual(a: Value | undefined, b: Value | undefined, strings: StringOrder = compareBytes): boolean {
  return compare(a, b, strings) === 0;
}

export function compareNumbers(a: Numeric, b: Numeric): number {
  if ((a instanceof Int32 || a instanceof Double) && (b instanceof Int32 || b instanceof Double)) {
    const x = a.value;
    const y = b.value;
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(!Number.isNaN(x)) - Number(!Number.isNaN(y));
    return x < y ? -1 : x > y ? 1 : 0;
  }
  if (a instanceof Long && b instanceof Long) return a.compare(b);
  return Buffer.compare(numberKey(a), numberKey(b));
}

function compareArrays(a: readonly Value[], b: readonly Value[], strings: StringOrder): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = compare(a[i], b[i], strings);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function compareDocuments(a: Document, b: Document, strings: StringOrder): number {
  const aNames = namesOf(a);
  const bNames = namesOf(b);
  const length = Math.min(aNames.length, bNames.length);
  for (let i = 0; i < length; i++) {
    const aName = aNames[i] as string;
    const bName = bNames[i] as string;
    const difference =
      orderOf(a[aName]) - orderOf(b[bName]) || compareBytes(aName, bName) || compare(a[aName], b[bName], strings);
    if (difference !== 0) return difference;
  }
  return aNames.length - bNames.length;
}

/** A deep copy, so that a value set into a document does not change with it. */
export function copy<T extends Value>(value: T): T {
  if (Array.isArray(value)) return value.map((element) => copy(element)) as T;
  if (!isDocument(value)) return value;
  const result: Document = {};
  for (const name of namesOf(value)) setField(result, name, copy(value[name] as Value));
  return result as T;
}
