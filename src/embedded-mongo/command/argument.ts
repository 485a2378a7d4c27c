import { toNumber } from '../bson/number.ts';
import { type Document, field, isDocument, isNumeric, typeName, type Value } from '../bson/value.ts';
import { CommandError, typeMismatch } from '../errors.ts';

function wrong(name: string, value: Value | undefined, expected: string): CommandError {
  return typeMismatch(`BSON field '${name}' is the wrong type '${typeName(value)}', expected type '${expected}'`);
}

function required(name: string): CommandError {
  return new CommandError(40414, `BSON field '${name}' is missing but a required field`);
}

export function optionalDocument(body: Document, name: string): Document | undefined {
  const value = field(body, name);
  if (value === undefined || value === null) return undefined;
  if (!isDocument(value)) throw wrong(name, value, 'object');
  return value;
}

export function requiredDocument(body: Document, name: string): Document {
  const value = optionalDocument(body, name);
  if (!value) throw required(name);
  return value;
}

export function optionalNumber(body: Document, name: string): number | undefined {
  const value = field(body, name);
  if (value === undefined || value === null) return undefined;
  if (!isNumeric(value)) throw wrong(name, value, 'number');
  return toNumber(value);
}

/** A count such as `skip`: a whole number, not negative. */
export function optionalCount(body: Document, name: string): number | undefined {
  const value = optionalNumber(body, name);
  if (value === undefined) return undefined;
  if (!Number.isInteger(value) || value < 0)
    throw new CommandError(51024, `BSON field '${name}' value must be >= 0, actual value '${value}'`);
  return value;
}

export function flag(body: Document, name: string): boolean {
  const value = field(body, name);
  if (value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  if (!isNumeric(value)) throw wrong(name, value, 'bool');
  return toNumber(value) !== 0;
}

export function optionalText(body: Document, name: string): string | undefined {
  const value = field(body, name);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw wrong(name, value, 'string');
  return value;
}

export function requiredText(body: Document, name: string): string {
  const value = optionalText(body, name);
  if (value === undefined) throw required(name);
  return value;
}

export function documentList(body: Document, name: string): Document[] {
  const value = field(body, name);
  if (value === undefined) throw required(name);
  if (!Array.isArray(value)) throw wrong(name, value, 'array');
  return value.map((element, i) => {
    if (!isDocument(element)) throw wrong(`${name}.${i}`, element, 'object');
    return element;
  });
}

/** The collection that a command names in its first field. */
export function collectionName(body: Document, command: string): string {
  const value = field(body, command);
  if (typeof value !== 'string') throw new CommandError(73, `collection name has invalid type ${typeName(value)}`);
  if (value === '') throw new CommandError(73, 'Invalid namespace specified: the collection name is empty');
  return value;
}

/** Refuses fields that the engine does not know: an option that is passed over is an answer that may be wrong. */
export function checkFields(body: Document, where: string, known: readonly string[]): void {
  for (const name of Object.keys(body)) {
    if (!known.includes(name)) throw new CommandError(40415, `BSON field '${where}.${name}' is an unknown field.`);
  }
}
