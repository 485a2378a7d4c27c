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
import { CommandError } from '../errors.ts';
import { DBPointer, dateOf, Undefined } from './rare.ts';
import { invalid, Reader } from './reader.ts';
import { type Document, RawDocument, setField, type Value } from './value.ts';

const maxDepth = 200;

/** Reads one BSON document, keeping the class of every value. Throws InvalidBSON where the bytes are not BSON. */
export function decode(bytes: Uint8Array): Document {
  return guarded(bytes, (reader) => readDocument(reader, 0, false));
}

/** Reads a command: as {@link decode}, but leaves the documents under `documents` as raw bytes. */
export function decodeCommand(bytes: Uint8Array): { body: Document; documents: RawDocument[] | undefined } {
  let documents: RawDocument[] | undefined;
  const body = guarded(bytes, (reader) => {
    const end = reader.frame();
    const result: Document = {};
    while (reader.at < end - 1) {
      const type = reader.bytes[reader.take(1)] as number;
      const name = reader.cstring();
      if (name === 'documents' && type === 0x04) documents = readRawArray(reader);
      else setField(result, name, readValue(reader, type, 0));
    }
    return result;
  });
  return { body, documents };
}

/** Checks that the bytes are BSON through and through, and gives the top-level fields. */
function guarded(bytes: Uint8Array, read: (reader: Reader) => Document): Document {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return read(new Reader(buffer, 0));
  } catch (error) {
    if (error instanceof RangeError) throw invalid('a value is cut off');
    throw error;
  }
}

function readRawArray(reader: Reader): RawDocument[] {
  const end = reader.frame();
  const documents: RawDocument[] = [];
  while (reader.at < end - 1) {
    const type = reader.bytes[reader.take(1)] as number;
    reader.cstring();
    if (type !== 0x03) throw new CommandError(14, "BSON field 'documents' is the wrong type, expected type 'object'");
    const start = reader.at;
    const stop = reader.frame();
    documents.push(new RawDocument(reader.bytes.subarray(start, stop)));
    reader.at = stop;
  }
  reader.at = end;
  return documents;
}

function readDocument(reader: Reader, depth: number, asArray: false): Document;
function readDocument(reader: Reader, depth: number, asArray: true): Value[];
function readDocument(reader: Reader, depth: number, asArray: boolean): Document | Value[] {
  if (depth > maxDepth) throw invalid('nested too deep');
  const end = reader.frame();
  const list: Value[] = [];
  const document: Document = {};
  while (reader.at < end - 1) {
    const type = reader.bytes[reader.take(1)] as number;
    const name = reader.cstring();
    const value = readValue(reader, type, depth);
    if (asArray) list.push(value);
    else setField(document, name, value);
  }
  if (reader.at !== end - 1) throw invalid('a value crosses the end of its document');
  reader.at = end;
  return asArray ? list : document;
}

function readValue(reader: Reader, type: number, depth: number): Value {
  const { bytes } = reader;
  switch (type) {
    case 0x01:
      return new Double(bytes.readDoubleLE(reader.take(8)));
    case 0x02:
      return reader.string();
    case 0x03:
      return readDocument(reader, depth + 1, false);
    case 0x04:
      return readDocument(reader, depth + 1, true);
    case 0x05:
      return readBinary(reader);
    case 0x06:
      return new Undefined();
    case 0x0a:
      return null;
    case 0x07: {
      const start = reader.take(12);
      return new ObjectId(Uint8Array.prototype.slice.call(bytes, start, start + 12));
    }
    case 0x08: {
      const flag = bytes[reader.take(1)] as number;
      if (flag > 1) throw invalid('a boolean is neither true nor false');
      return flag === 1;
    }
    case 0x09:
      return dateOf(bytes.readBigInt64LE(reader.take(8)));
    case 0x0b:
      return readRegExp(reader);
    case 0x0c: {
      const namespace = reader.string();
      const start = reader.take(12);
      return new DBPointer(namespace, Uint8Array.prototype.slice.call(bytes, start, start + 12));
    }
    case 0x0d:
      return new Code(reader.string());
    case 0x0e:
      return new BSONSymbol(reader.string());
    case 0x0f: {
      reader.take(4);
      const code = reader.string();
      return new Code(code, readDocument(reader, depth + 1, false));
    }
    case 0x10:
      return new Int32(bytes.readInt32LE(reader.take(4)));
    case 0x11: {
      const start = reader.take(8);
      return new Timestamp({ i: bytes.readUInt32LE(start), t: bytes.readUInt32LE(start + 4) });
    }
    case 0x12: {
      const start = reader.take(8);
      return new Long(bytes.readInt32LE(start), bytes.readInt32LE(start + 4));
    }
    case 0x13: {
      const start = reader.take(16);
      return new Decimal128(Uint8Array.prototype.slice.call(bytes, start, start + 16));
    }
    case 0x7f:
      return new MaxKey();
    case 0xff:
      return new MinKey();
    default:
      throw invalid(`type 0x${type.toString(16)} is unknown or no longer used`);
  }
}

function readRegExp(reader: Reader): BSONRegExp {
  const pattern = reader.cstring();
  const options = reader.cstring();
  if (!/^[imlsux]*$/.test(options)) throw invalid(`a regular expression has the options ${options}`);
  return new BSONRegExp(pattern, options);
}

function readBinary(reader: Reader): Binary {
  const length = reader.bytes.readInt32LE(reader.take(4));
  const subtype = reader.bytes[reader.take(1)] as number;
  const start = reader.take(length);
  // A copy: the value must not hold the whole message in memory.
  return new Binary(Uint8Array.prototype.slice.call(reader.bytes, start, start + length), subtype);
}

/** The bytes with the element `_id` moved to the front, where MongoDB keeps it; everything else stays as it was. */
export function idFirst(bytes: Buffer): Buffer {
  const reader = new Reader(bytes, 0);
  const end = reader.frame();
  while (reader.at < end - 1) {
    const start = reader.at;
    const type = bytes[reader.take(1)] as number;
    const name = reader.cstring();
    readValue(reader, type, 0);
    if (name !== '_id') continue;
    if (start === 4) return bytes;
    return Buffer.concat([
      bytes.subarray(0, 4),
      bytes.subarray(start, reader.at),
      bytes.subarray(4, start),
      bytes.subarray(reader.at),
    ]);
  }
  return bytes;
}
