import { Binary, Long } from 'bson';
import { type Document, field, isDocument, isNumeric, typeName, type Value } from '../bson/value.ts';
import { CommandError, notOffered, typeMismatch } from '../errors.ts';

/** What a command says about its session. */
export interface SessionFields {
  /** The session's id in hex. */
  readonly id: string;
  readonly lsid: Buffer;
  /** Undefined for commands that are neither retryable nor in a transaction. */
  readonly number: bigint | undefined;
  readonly inTransaction: boolean;
  /** The command begins the transaction. */
  readonly starting: boolean;
}

const uuidBytes = 16;

/** The bytes of a session's id, as `lsid` and the commands about sessions carry it. */
export function readLsid(value: Value | undefined, name: string): Buffer {
  if (!isDocument(value))
    throw typeMismatch(`BSON field '${name}' is the wrong type '${typeName(value)}', expected type 'object'`);
  for (const key of Object.keys(value)) {
    if (key === 'uid') throw notOffered("a session's user");
    if (key !== 'id') throw new CommandError(40415, `BSON field '${name}.${key}' is an unknown field.`);
  }
  const id = field(value, 'id');
  if (id === undefined) throw new CommandError(40414, `BSON field '${name}.id' is missing but a required field`);
  if (!(id instanceof Binary) || id.sub_type !== Binary.SUBTYPE_UUID)
    throw typeMismatch(`BSON field '${name}.id' is the wrong type '${typeName(id)}', expected type 'UUID'`);
  if (id.position !== uuidBytes) throw new CommandError(207, 'uuid must be a 16-byte binary field with UUID subtype');
  return Buffer.from(id.buffer.subarray(0, id.position));
}

function optionalBoolean(body: Document, name: string): boolean | undefined {
  const value = field(body, name);
  if (value === undefined || typeof value === 'boolean') return value;
  throw typeMismatch(`BSON field '${name}' is the wrong type '${typeName(value)}', expected type 'bool'`);
}

function readNumber(body: Document): bigint | undefined {
  const value = field(body, 'txnNumber');
  if (value === undefined) return undefined;
  if (!(value instanceof Long)) {
    const type = isNumeric(value) ? value._bsontype : typeName(value);
    throw typeMismatch(`BSON field 'txnNumber' is the wrong type '${type}', expected type 'long'`);
  }
  if (value.isNegative()) throw invalid('Transaction number cannot be negative');
  return value.toBigInt();
}

function invalid(message: string): CommandError {
  return new CommandError(72, message);
}

/** Reads `lsid`, `txnNumber`, `autocommit` and `startTransaction`, each of which needs the one before it. */
export function readSessionFields(body: Document): SessionFields | undefined {
  const number = readNumber(body);
  const autocommit = optionalBoolean(body, 'autocommit');
  const starting = optionalBoolean(body, 'startTransaction');
  if (number === undefined && autocommit !== undefined)
    throw invalid("'autocommit' field requires a transaction number to also be specified");
  if (autocommit === undefined && starting !== undefined)
    throw invalid("'startTransaction' field requires 'autocommit' field to also be specified");
  if (autocommit === true) throw invalid('Specifying autocommit=true is not allowed.');
  if (starting === false) throw invalid('Specifying startTransaction=false is not allowed.');
  const sent = field(body, 'lsid');
  if (sent === undefined) {
    if (number !== undefined) throw invalid('Transaction number requires a session ID to also be specified');
    return undefined;
  }
  const lsid = readLsid(sent, 'lsid');
  return {
    id: lsid.toString('hex'),
    lsid,
    number,
    inTransaction: autocommit === false,
    starting: starting === true,
  };
}
