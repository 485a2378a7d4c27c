import { ObjectId } from 'bson';
import { emptyArray, type KeyValue } from '../bson/key.ts';
import { isDocument, isNumeric, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { Collection, Index } from './catalog.ts';

/** E11000, worded and with the fields that the driver and Mongoose look for. */
export function duplicateKey(collection: Collection, index: Index, values: readonly KeyValue[]): CommandError {
  const key: Record<string, Value> = {};
  for (const [i, path] of index.paths.entries()) {
    const value = values[i];
    key[path] = value === undefined || value === emptyArray ? null : value;
  }
  const shown = index.paths.map((path) => `${path}: ${show(key[path] as Value)}`).join(', ');
  const message = `E11000 duplicate key error collection: ${collection.namespace} index: ${index.name} dup key: { ${shown} }`;
  return new CommandError(11000, message, { extra: { keyPattern: index.spec.key, keyValue: key } });
}

function show(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (isNumeric(value)) return value.toString();
  if (Array.isArray(value)) return `[ ${value.map(show).join(', ')} ]`;
  if (isDocument(value))
    return `{ ${Object.entries(value)
      .map(([name, v]) => `${name}: ${show(v)}`)
      .join(', ')} }`;
  return value === null || typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}
