import {
  Binary,
  BSONRegExp,
  BSONSymbol,
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
import { namesOf } from './names.ts';
import { DBPointer, FarDate, millisecondsOf, Undefined } from './rare.ts';
import { type Document, isDocument, RawDocument, type Value } from './value.ts';
import { Writer } from './writer.ts';

/** What replies are made of: values, and for convenience JavaScript's own numbers and documents still in bytes. */
export interface Reply {
  [field: string]: ReplyValue | undefined;
}
export type ReplyValue = Value | number | bigint | RawDocument | Reply | readonly ReplyValue[];

/** Writes a document as BSON bytes. `undefined` fields are left out. */
export function encode(document: Document | Reply): Buffer {
  const writer = new Writer(256);
  writeDocument(writer, document);
  return writer.bytes.subarray(0, writer.at);
}

function writeDocument(writer: Writer, document: Document | Reply): void {
  const start = writer.room(4);
  for (const name of namesOf(document)) {
    const value = document[name];
    if (value !== undefined) writeElement(writer, name, value);
  }
  writer.byte(0);
  writer.bytes.writeInt32LE(writer.at - start, start);
}

function writeArray(writer: Writer, list: readonly ReplyValue[]): void {
  const start = writer.room(4);
  for (const [i, value] of list.entries()) writeElement(writer, String(i), value);
  writer.byte(0);
  writer.bytes.writeInt32LE(writer.at - start, start);
}

function head(writer: Writer, type: number, name: string): void {
  writer.byte(type);
  writer.cstring(name);
}

function writeElement(writer: Writer, name: string, value: ReplyValue): void {
  if (value === null) head(writer, 0x0a, name);
  else if (typeof value === 'string') {
    head(writer, 0x02, name);
    writer.string(value);
  } else if (typeof value === 'boolean') {
    head(writer, 0x08, name);
    writer.byte(value ? 1 : 0);
  } else if (typeof value === 'number') {
    if (Number.isInteger(value) && value === (value | 0) && !Object.is(value, -0)) writeInt(writer, name, value);
    else writeDouble(writer, name, value);
  } else if (typeof value === 'bigint') writeLong(writer, 0x12, name, value);
  else if (value instanceof RawDocument) {
    head(writer, 0x03, name);
    writer.raw(value.bytes);
  } else if (Array.isArray(value)) {
    head(writer, 0x04, name);
    writeArray(writer, value);
  } else if (isDocument(value)) {
    head(writer, 0x03, name);
    writeDocument(writer, value);
  } else writeScalar(writer, name, value);
}

function writeInt(writer: Writer, name: string, value: number): void {
  head(writer, 0x10, name);
  writer.int32(value);
}

function writeDouble(writer: Writer, name: string, value: number): void {
  head(writer, 0x01, name);
  const start = writer.room(8);
  writer.bytes.writeDoubleLE(value, start);
}

function writeLong(writer: Writer, type: number, name: string, value: bigint): void {
  head(writer, type, name);
  const start = writer.room(8);
  writer.bytes.writeBigInt64LE(value, start);
}

function writeScalar(writer: Writer, name: string, value: unknown): void {
  if (value instanceof Int32) writeInt(writer, name, value.value);
  else if (value instanceof Double) writeDouble(writer, name, value.value);
  else if (value instanceof Timestamp) {
    head(writer, 0x11, name);
    writer.int32(value.low);
    writer.int32(value.high);
  } else if (value instanceof Long) {
    head(writer, 0x12, name);
    writer.int32(value.low);
    writer.int32(value.high);
  } else if (value instanceof Date || value instanceof FarDate) writeLong(writer, 0x09, name, millisecondsOf(value));
  else if (value instanceof ObjectId) {
    head(writer, 0x07, name);
    writer.raw(value.id);
  } else if (value instanceof Binary) {
    head(writer, 0x05, name);
    writer.int32(value.position);
    writer.byte(value.sub_type);
    writer.raw(value.buffer.subarray(0, value.position));
  } else if (value instanceof Decimal128) {
    head(writer, 0x13, name);
    writer.raw(value.bytes);
  } else if (value instanceof BSONRegExp) {
    head(writer, 0x0b, name);
    writer.cstring(value.pattern);
    writer.cstring(value.options);
  } else if (value instanceof BSONSymbol) {
    head(writer, 0x0e, name);
    writer.string(value.value);
  } else if (value instanceof Code) writeCode(writer, name, value);
  else if (value instanceof DBPointer) {
    head(writer, 0x0c, name);
    writer.string(value.namespace);
    writer.raw(value.id);
  } else if (value instanceof Undefined) head(writer, 0x06, name);
  else if (value instanceof MinKey) head(writer, 0xff, name);
  else if (value instanceof MaxKey) head(writer, 0x7f, name);
  else throw new TypeError(`cannot write a ${typeof value} as BSON`);
}

function writeCode(writer: Writer, name: string, value: Code): void {
  if (value.scope === null) {
    head(writer, 0x0d, name);
    writer.string(value.code);
    return;
  }
  head(writer, 0x0f, name);
  const start = writer.room(4);
  writer.string(value.code);
  writeDocument(writer, value.scope as Document);
  writer.bytes.writeInt32LE(writer.at - start, start);
}
