import { Failure } from './failure.ts';
import { compare, doc, type Fields, get, nil, nothing, type Value } from './value.ts';

/** One or more paths, each 1 or -1. */
export type Order = readonly (readonly [path: string, direction: 1 | -1])[];
/** One value for each path of an index or of a sort. */
export type Key = readonly Value[];

type Reached =
  | { readonly at: 'end'; readonly value: Value }
  | { readonly at: 'missing' }
  | {
      readonly at: 'array';
      readonly items: readonly Value[];
      readonly where: string;
      readonly rest: readonly string[];
    };

/** Follows a path to its end or to the first array. */
function reach(document: Fields, path: readonly string[], before = ''): Reached {
  const [name = '', ...rest] = path;
  const value = get(document, name);
  if (value === undefined) return { at: 'missing' };
  if (value.kind === 'array') return { at: 'array', items: value.items, where: `${before}.${name}`, rest };
  if (rest.length === 0) return { at: 'end', value };
  return value.kind === 'document' ? reach(value, rest, `${before}.${name}`) : { at: 'missing' };
}

/** A place in the key: a value that is settled, or the path that is left to go. */
type Place = { readonly value: Value; readonly found: boolean } | { readonly path: readonly string[] };

/**
 * The keys of a document: one for each item of the array that its paths run through. Two different arrays are an error, 171.
 * `sparse` leaves out keys in which nothing was found.
 */
export function keysOf(document: Fields, paths: readonly string[], sparse: boolean): Key[] {
  return expand(
    document,
    paths.map((path) => ({ path: path.split('.') })),
  )
    .filter((places) => !sparse || places.some(({ found }) => found))
    .map((places) => places.map(({ value }) => value));
}

function expand(document: Fields, places: readonly Place[]): { readonly value: Value; readonly found: boolean }[][] {
  const reached = places.map((place) => ('path' in place ? reach(document, place.path) : place));
  const arrays = reached.filter((each) => 'at' in each && each.at === 'array');
  const [first] = arrays;
  if (first === undefined) {
    return [
      reached.map((each) => {
        if (!('at' in each)) return each;
        return each.at === 'end' ? { value: each.value, found: true } : { value: nil, found: false };
      }),
    ];
  }
  if (arrays.some(({ where }) => where !== first.where)) throw new Failure(171);
  const items = first.items.length === 0 ? [nothing] : first.items;
  return items.flatMap((item) =>
    expand(
      item.kind === 'document' ? item : doc([]),
      reached.map((each): Place => {
        if (!('at' in each)) return each;
        if (each.at === 'end') return { value: each.value, found: true };
        if (each.at === 'missing') return { value: nil, found: false };
        return each.rest.length === 0 ? { value: item, found: true } : { path: each.rest };
      }),
    ),
  );
}

export function compareKeys(one: Key, other: Key, directions: readonly number[] = []): number {
  for (const [at, value] of one.entries()) {
    const result = compare(value, other[at] ?? nil) * (directions[at] ?? 1);
    if (result !== 0) return result;
  }
  return 0;
}

/** By what a document is sorted: the first of its keys in the order that is asked for. */
export function sortKey(document: Fields, order: Order): Key {
  const directions = order.map(([, direction]) => direction);
  const keys = keysOf(
    document,
    order.map(([path]) => path),
    false,
  ).sort((one, other) => compareKeys(one, other, directions));
  return keys[0] ?? [];
}

/** Whether a sort would meet two arrays in one document, which MongoDB refuses. */
export function hasParallelArrays(documents: readonly Fields[], order: Order): boolean {
  return documents.some((each) => {
    try {
      sortKey(each, order);
      return false;
    } catch {
      return true;
    }
  });
}

export function sorted(documents: readonly Fields[], order: Order): Fields[] {
  const directions = order.map(([, direction]) => direction);
  return documents
    .map((document) => ({ document, key: sortKey(document, order) }))
    .sort((one, other) => compareKeys(one.key, other.key, directions))
    .map(({ document }) => document);
}
