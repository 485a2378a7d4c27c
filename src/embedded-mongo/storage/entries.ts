import { emptyArray, encodeCompoundKey, type KeyValue } from '../bson/key.ts';
import { type Document, field, isDocument, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { isIndex } from '../query/path.ts';
import type { Index } from './catalog.ts';

/** What one document puts into one index. */
export interface Entries {
  readonly keys: readonly Buffer[];
  /** The first entry's values, for the message about a duplicate. */
  readonly values: readonly (readonly KeyValue[])[];
  readonly multikey: boolean;
}

const none: Entries = { keys: [], values: [], multikey: false };

interface Reach {
  readonly value: Value | undefined;
  readonly rest: readonly string[];
  /** An array's element is indexed as it is, even where it is an array again. */
  readonly element: boolean;
}

/** The index entries of a document: one for each element where there is an array on the way. */
export function entriesOf(index: Index, document: Document): Entries {
  if (index.partial && !index.partial.matches(document)) return none;
  const plain =
    index.parts.length === 1 &&
    index.parts[0]?.length === 1 &&
    !Array.isArray(field(document, index.paths[0] as string));
  const all = plain
    ? [[field(document, index.paths[0] as string)]]
    : expand(index.parts.map((parts) => ({ value: document, rest: parts, element: false })));
  // A sparse index leaves out each element that has none of the fields, not only whole documents.
  const values = index.sparse ? all.filter((each) => each.some((value) => value !== undefined)) : all;
  const [only] = values;
  if (!only) return all.length > 1 ? { ...none, multikey: true } : none;
  if (all.length > 1) return distinct(values, index);
  const multikey = !plain && reachesArray(index, document);
  return { keys: [encodeCompoundKey(only, index.directions)], values, multikey };
}

/** The values that a document has at some paths together: one list for each element where there is an array on the way. */
export function valuesAlong(document: Document, paths: readonly (readonly string[])[]): KeyValue[][] {
  return expand(paths.map((parts) => ({ value: document, rest: parts, element: false })));
}

function distinct(values: readonly (readonly KeyValue[])[], index: Index): Entries {
  const seen = new Set<string>();
  const keys: Buffer[] = [];
  const kept: (readonly KeyValue[])[] = [];
  for (const value of values) {
    const key = encodeCompoundKey(value, index.directions);
    const text = key.toString('latin1');
    if (seen.has(text)) continue;
    seen.add(text);
    keys.push(key);
    kept.push(value);
  }
  return { keys, values: kept, multikey: true };
}

function reachesArray(index: Index, document: Document): boolean {
  return index.parts.some((parts) => {
    let value: Value | undefined = document;
    for (const part of parts) {
      if (!isDocument(value)) return Array.isArray(value);
      value = field(value, part);
    }
    return Array.isArray(value);
  });
}

function expand(reaches: readonly Reach[]): KeyValue[][] {
  const walked = reaches.map(walk);
  let list: readonly Value[] | undefined;
  for (const { value, element } of walked) {
    if (!Array.isArray(value) || element) continue;
    if (list !== undefined && list !== value) throw new CommandError(171, 'cannot index parallel arrays');
    list = value;
  }
  if (list === undefined) return [walked.map(({ value }) => value)];
  if (list.length === 0) {
    return expand(
      walked.map((reach) =>
        reach.value === list && !reach.element ? { value: undefined, rest: [], element: true } : reach,
      ),
    ).map((values) =>
      values.map((value, i) => (walked[i]?.value === list && walked[i]?.rest.length === 0 ? emptyArray : value)),
    );
  }
  return list.flatMap((element) =>
    expand(
      walked.map((reach) => {
        if (reach.value !== list || reach.element) return reach;
        if (reach.rest.length === 0) return { value: element, rest: [], element: true };
        return isDocument(element)
          ? { value: element, rest: reach.rest, element: false }
          : { value: undefined, rest: [], element: true };
      }),
    ),
  );
}

/** Goes along a path until its end or an array. */
function walk(reach: Reach): Reach {
  if (reach.element) return reach;
  let { value } = reach;
  let { rest } = reach;
  while (rest.length > 0) {
    const part = rest[0] as string;
    if (isDocument(value)) value = field(value, part);
    else if (Array.isArray(value)) {
      if (!isIndex(part) || value.some((element) => isDocument(element) && Object.hasOwn(element, part)))
        return { value, rest, element: false };
      value = value[Number(part)];
    } else return { value: undefined, rest: [], element: true };
    rest = rest.slice(1);
  }
  return { value, rest, element: false };
}
