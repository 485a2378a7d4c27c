import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  type MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { noteName } from './names.ts';
import { DBPointer, FarDate, Undefined } from './rare.ts';

/**
 * Values keep the class of their BSON type (never a bare JavaScript number), so that a document that is read, changed
 * in one field and written again has the same types everywhere else. A missing field is `undefined`.
 */
export type Numeric = Int32 | Double | Long | Decimal128;
export type Scalar =
  | null
  | boolean
  | string
  | Numeric
  | Date
  | FarDate
  | Undefined
  | DBPointer
  | ObjectId
  | Binary
  | BSONRegExp
  | Timestamp
  | MinKey
  | MaxKey
  | Code
  | BSONSymbol;
export interface Document {
  [field: string]: Value;
}
export type Value = Scalar | Value[] | Document;

/** A document as the bytes it came in: handed on without being read. */
export class RawDocument {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

export function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

export function isNumeric(value: unknown): value is Numeric {
  return (
    (value instanceof Int32 || value instanceof Double || value instanceof Long || value instanceof Decimal128) &&
    !(value instanceof Timestamp)
  );
}

/** Reads an own field: a field named `constructor` must not find the prototype's. */
export function field(document: Document, name: string): Value | undefined {
  return Object.hasOwn(document, name) ? document[name] : undefined;
}

/** Writes an own field, a new one behind all others: a field named `__proto__` must not change the prototype. */
export function setField(document: Document, name: string, value: Value): void {
  noteName(document, name);
  if (name === '__proto__') {
    Object.defineProperty(document, name, { value, enumerable: true, configurable: true, writable: true });
  } else document[name] = value;
}

/** Sort order of the types, also the first byte of their index keys. */
export const typeOrder = {
  minKey: 0x05,
  emptyArray: 0x08,
  null: 0x0a,
  number: 0x10,
  string: 0x20,
  object: 0x30,
  array: 0x40,
  binData: 0x50,
  objectId: 0x58,
  bool: 0x60,
  date: 0x68,
  timestamp: 0x70,
  regex: 0x78,
  dbPointer: 0x7c,
  javascript: 0x80,
  javascriptWithScope: 0x88,
  maxKey: 0xf0,
} as const;

export function orderOf(value: Value | undefined): number {
  if (value === null || value === undefined) return typeOrder.null;
  if (typeof value === 'string') return typeOrder.string;
  if (typeof value === 'boolean') return typeOrder.bool;
  if (Array.isArray(value)) return typeOrder.array;
  if (value instanceof Date || value instanceof FarDate) return typeOrder.date;
  if (value instanceof ObjectId) return typeOrder.objectId;
  if (isDocument(value)) return typeOrder.object;
  if (value instanceof Timestamp) return typeOrder.timestamp;
  if (isNumeric(value)) return typeOrder.number;
  if (value instanceof Binary) return typeOrder.binData;
  if (value instanceof BSONRegExp) return typeOrder.regex;
  if (value instanceof BSONSymbol) return typeOrder.string;
  if (value instanceof Code) return value.scope === null ? typeOrder.javascript : typeOrder.javascriptWithScope;
  if (value instanceof MinKey) return typeOrder.minKey;
  if (value instanceof Undefined) return typeOrder.null;
  if (value instanceof DBPointer) return typeOrder.dbPointer;
  return typeOrder.maxKey;
}

export const typeNumbers: Readonly<Record<string, number>> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};

/** The type's name as `$type` gives it. */
export function typeName(value: Value | undefined): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date || value instanceof FarDate) return 'date';
  if (value instanceof Undefined) return 'undefined';
  if (value instanceof DBPointer) return 'dbPointer';
  if (isDocument(value)) return 'object';
  if (value instanceof Timestamp) return 'timestamp';
  if (value instanceof Int32) return 'int';
  if (value instanceof Double) return 'double';
  if (value instanceof Long) return 'long';
  if (value instanceof Decimal128) return 'decimal';
  if (value instanceof ObjectId) return 'objectId';
  if (value instanceof Binary) return 'binData';
  if (value instanceof BSONRegExp) return 'regex';
  if (value instanceof BSONSymbol) return 'symbol';
  if (value instanceof Code) return value.scope === null ? 'javascript' : 'javascriptWithScope';
  return value instanceof MinKey ? 'minKey' : 'maxKey';
}
