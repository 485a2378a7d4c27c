import { Decimal128, Double, Int32, Long, ObjectId } from 'mongodb';
import {
  date,
  decimal,
  doc,
  double,
  type Field,
  type Fields,
  int,
  list,
  long,
  nil,
  objectId,
  string,
  truth,
  type Value,
} from './value.ts';

/** For the driver; documents become Maps, which keep the order of whole-number names. */
export function toDriver(value: Value): unknown {
  switch (value.kind) {
    case 'undefined':
      throw new Error('there is no undefined in a document');
    case 'null':
      return null;
    case 'int':
      return new Int32(value.number);
    case 'long':
      return Long.fromBigInt(value.integer);
    case 'double':
      return new Double(value.number);
    case 'decimal':
      return Decimal128.fromString(value.text);
    case 'string':
      return value.text;
    case 'document':
      return new Map(value.fields.map(([name, each]) => [name, toDriver(each)]));
    case 'array':
      return value.items.map(toDriver);
    case 'id':
      return new ObjectId(value.hex);
    case 'boolean':
      return value.is;
    case 'date':
      return new Date(value.milliseconds);
  }
}

/** A document read from its bytes, so that types and order are those of the wire and not those of a JavaScript object. */
export function fromBytes(bytes: Buffer): Fields {
  return doc(fieldsOf(bytes));
}

function fieldsOf(bytes: Buffer): Field[] {
  const fields: Field[] = [];
  let at = 4;
  const text = (): string => {
    const end = bytes.indexOf(0, at);
    const read = bytes.toString('utf8', at, end);
    at = end + 1;
    return read;
  };
  const take = (length: number): Buffer => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  for (;;) {
    const type = bytes.readUInt8(at++);
    if (type === 0) return fields;
    const name = text();
    fields.push([name, valueFrom(type, take, () => bytes.readInt32LE(at))]);
  }
}

function valueFrom(type: number, take: (length: number) => Buffer, length: () => number): Value {
  switch (type) {
    case 0x01:
      return double(take(8).readDoubleLE());
    case 0x02: {
      const size = length();
      return string(take(4 + size).toString('utf8', 4, 3 + size));
    }
    case 0x03:
      return doc(fieldsOf(take(length())));
    case 0x04:
      return list(fieldsOf(take(length())).map(([, value]) => value));
    case 0x07:
      return objectId(take(12).toString('hex'));
    case 0x08:
      return truth(take(1).readUInt8() === 1);
    case 0x09:
      return date(Number(take(8).readBigInt64LE()));
    case 0x0a:
      return nil;
    case 0x10:
      return int(take(4).readInt32LE());
    case 0x12:
      return long(take(8).readBigInt64LE());
    case 0x13:
      return decimal(new Decimal128(take(16)).toString());
    default:
      throw new Error(`the model does not know type ${type}`);
  }
}

/** As one would write it in the MongoDB shell; the same text for the same bytes, and for no others. */
export function show(value: Value): string {
  switch (value.kind) {
    case 'undefined':
    case 'null':
      return value.kind;
    case 'int':
      return String(value.number);
    case 'long':
      return `Long('${value.integer}')`;
    case 'double':
      return `Double(${Object.is(value.number, -0) ? '-0' : value.number})`;
    case 'decimal':
      return `Decimal128('${value.text}')`;
    case 'string':
      return JSON.stringify(value.text);
    case 'document':
      return `{${value.fields.map(([name, each]) => `${/^[a-z_$]\w*$/i.test(name) ? name : JSON.stringify(name)}: ${show(each)}`).join(', ')}}`;
    case 'array':
      return `[${value.items.map(show).join(', ')}]`;
    case 'id':
      return `ObjectId('${value.hex}')`;
    case 'boolean':
      return String(value.is);
    case 'date':
      return `new Date(${value.milliseconds})`;
  }
}
