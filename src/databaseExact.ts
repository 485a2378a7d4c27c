import { BSON } from 'mongodb';

/** Types of BSON that hold others. */
const document = 3;
const array = 4;

const asIs = {
  promoteValues: false,
  promoteLongs: false,
  promoteBuffers: false,
  bsonRegExp: true,
} as const;

/** Something that the driver writes as the document that it came from, byte for byte. */
export type ExactDocument = BSON.Document;

/**
 * Reads a document so that the driver writes the very same bytes again: types, the order of names, negative zeros. Throws
 * where it could not (BSON types that MongoDB gave up long ago): nothing is changed in silence.
 */
export function readExactly(bytes: Uint8Array): ExactDocument {
  const plain = BSON.deserialize(bytes, asIs);
  if (isSame(plain, bytes)) return plain;
  // JavaScript puts names that are whole numbers first, and knows references by their fields: a Map does neither.
  const mapped = mapOf(bytes, 0) as unknown as BSON.Document;
  if (isSame(mapped, bytes)) return mapped;
  throw new Error(`a document cannot be written as it is: ${describe(plain)}`);
}

function isSame(read: BSON.Document, bytes: Uint8Array): boolean {
  return Buffer.compare(BSON.serialize(read, { ignoreUndefined: false }), bytes) === 0;
}

function mapOf(bytes: Uint8Array, start: number): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [name, value] of elementsOf(bytes, start)) fields.set(name, value);
  return fields;
}

function* elementsOf(bytes: Uint8Array, start: number): Generator<readonly [string, unknown]> {
  for (const [type, nameAt, nameLength, at, length] of BSON.onDemand.parseToElements(bytes, start)) {
    const name = Buffer.from(bytes.buffer, bytes.byteOffset + nameAt, nameLength).toString('utf8');
    if (type === document) yield [name, mapOf(bytes, at)];
    else if (type === array) yield [name, [...elementsOf(bytes, at)].map(([, value]) => value)];
    else yield [name, scalarOf(bytes.subarray(nameAt - 1, at + length))];
  }
}

/** One element alone is a document of one field. */
function scalarOf(element: Uint8Array): unknown {
  const alone = Buffer.alloc(element.length + 5);
  alone.writeInt32LE(alone.length, 0);
  alone.set(element, 4);
  return Object.values(BSON.deserialize(alone, asIs))[0];
}

function describe(read: BSON.Document): string {
  return BSON.EJSON.stringify({ _id: read._id });
}
