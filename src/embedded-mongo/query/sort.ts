import { compare, type StringOrder } from '../bson/compare.ts';
import { emptyArray, type KeyValue } from '../bson/key.ts';
import { namesOf } from '../bson/names.ts';
import { toNumber } from '../bson/number.ts';
import { type Document, isDocument, isNumeric, orderOf, typeOrder } from '../bson/value.ts';
import { badValue, CommandError, notOffered } from '../errors.ts';
import { valuesAlong } from '../storage/entries.ts';

export interface SortPart {
  readonly path: string;
  readonly parts: readonly string[];
  readonly direction: 1 | -1;
}

export interface Sort {
  readonly parts: readonly SortPart[];
  readonly compare: (a: Document, b: Document) => number;
  /** The values that are compared, so that a document can be let go while it waits. */
  readonly keyOf: (document: Document) => KeyValue[];
  readonly compareKeys: (a: readonly KeyValue[], b: readonly KeyValue[]) => number;
}

export function parseSort(spec: Document): SortPart[] {
  return namesOf(spec).map((path) => {
    const value = spec[path];
    if (isDocument(value)) throw notOffered('a sort by $meta');
    if (!isNumeric(value))
      throw new CommandError(15974, `Illegal key in $sort specification: ${path}: ${String(value)}`);
    const direction = toNumber(value);
    if (direction !== 1 && direction !== -1) {
      throw new CommandError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    }
    if (path === '' || path.startsWith('$')) throw badValue(`cannot sort by '${path}'`);
    return { path, parts: path.split('.'), direction };
  });
}

function compareKeyValues(a: KeyValue, b: KeyValue, strings: StringOrder | undefined): number {
  if (a !== emptyArray && b !== emptyArray) return compare(a, b, strings);
  const order = (value: KeyValue) => (value === emptyArray ? typeOrder.emptyArray : orderOf(value));
  return order(a) - order(b);
}

export function compileSort(spec: Document, strings?: StringOrder): Sort {
  const parts = parseSort(spec);
  const compareKeys = (a: readonly KeyValue[], b: readonly KeyValue[]) => {
    for (const [i, part] of parts.entries()) {
      const difference = compareKeyValues(a[i], b[i], strings);
      if (difference !== 0) return part.direction * difference;
    }
    return 0;
  };
  const paths = parts.map((part) => part.parts);
  // A document sorts by the first of its index keys: an array by its least element upwards, by its greatest downwards.
  const keyOf = (document: Document): KeyValue[] =>
    valuesAlong(document, paths).reduce((best, other) => (compareKeys(other, best) < 0 ? other : best));
  return { parts, keyOf, compareKeys, compare: (a, b) => compareKeys(keyOf(a), keyOf(b)) };
}
