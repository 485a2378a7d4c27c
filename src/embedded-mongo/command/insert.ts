import { BSONRegExp, ObjectId } from 'bson';
import { decode, idFirst } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { type Document, field, type RawDocument, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { collectionName } from './argument.ts';
import { type Commands, type Context, collectionForWriting, type Steps } from './command.ts';
import { runStatements } from './write.ts';

/** An _id is any value but an array, a regular expression or nothing. */
export function checkId(id: Value | undefined): void {
  if (Array.isArray(id) || id instanceof BSONRegExp) {
    throw new CommandError(53, `The '_id' value cannot be of type ${Array.isArray(id) ? 'array' : 'regex'}`);
  }
}

/** The document to store: with its _id, which stands first, and otherwise byte for byte as it came. */
export function storable(raw: RawDocument): { document: Document; bytes: Buffer } {
  const document = decode(raw.bytes);
  const id = field(document, '_id');
  checkId(id);
  if (id === undefined) {
    const head = encode({ _id: new ObjectId() });
    const bytes = Buffer.concat([head.subarray(0, -1), raw.bytes.subarray(4)]);
    bytes.writeInt32LE(bytes.length, 0);
    return { document: decode(bytes), bytes };
  }
  return { document, bytes: idFirst(raw.bytes) };
}

function* insert(context: Context): Steps {
  const { request, view } = context;
  const name = collectionName(context.body, 'insert');
  if (!request.documents)
    throw new CommandError(40414, "BSON field 'insert.documents' is missing but a required field");
  const tally = { n: 0 };
  return yield* runStatements(context, request.documents, tally, (raw) => {
    const { document, bytes } = storable(raw);
    // It may have been dropped since the statement before.
    view.insert(collectionForWriting(context, name), document, bytes);
    tally.n++;
  });
}

export const insertCommands: Commands = {
  insert: { fields: ['ordered', 'bypassDocumentValidation'], inTransaction: true, run: insert },
};
