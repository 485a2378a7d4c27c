import { createHash } from 'node:crypto';
import { normalText } from '../package/text.ts';
import type { Hash, TextHash } from './release.ts';

/**
 * JSON with one spelling for one value: keys sorted, strings composed (NFC), absent and undefined fields alike, no
 * space. What two machines hash must not depend on how either of them built the value.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([key, field]) => [composed(key), canonicalJson(field)] as const)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${fields.map(([key, field]) => `${quoted(key)}:${field}`).join(',')}}`;
  }
  throw new TypeError(`${typeof value} has no canonical form`);
}

// Printable ASCII but for the quote and the backslash stands as it is; most of what a release hashes are ids and hashes.
const plain = /^[ !#-[\]-~]*$/;
const composed = (text: string): string => (plain.test(text) ? text : text.normalize('NFC'));
const quoted = (text: string): string => (plain.test(text) ? `"${text}"` : JSON.stringify(text.normalize('NFC')));

/** SHA-256 of the canonical JSON of a value. */
export function hashOf(value: unknown): Hash {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** The hash of a text, whatever its line ends, outer spaces and composition of letters. */
export function textHash(text: string): TextHash {
  return createHash('sha256').update(normalText(text)).digest('hex');
}

/** Whether two plain values are the same; an absent and an undefined field are alike. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = definedFields(a);
  const right = new Map(definedFields(b));
  return left.length === right.size && left.every(([key, field]) => right.has(key) && sameValue(field, right.get(key)));
}

function definedFields(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, field]) => field !== undefined);
}

/** SHA-256 of bytes. */
export function bytesHash(bytes: Uint8Array): Hash {
  return createHash('sha256').update(bytes).digest('hex');
}
