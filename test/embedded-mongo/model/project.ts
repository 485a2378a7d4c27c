import { itemMatches } from './match.ts';
import { doc, type Fields, get, int, list, put, type Value } from './value.ts';

const split = (path: string): [string, string] => {
  const dot = path.indexOf('.');
  return dot === -1 ? [path, ''] : [path.slice(0, dot), path.slice(dot + 1)];
};

/** The rest of every path that begins with a name. */
const under = (paths: readonly string[], name: string): string[] =>
  paths.map(split).flatMap(([first, rest]) => (first === name ? [rest] : []));

function included(document: Fields, paths: readonly string[]): Fields {
  return doc(
    document.fields.flatMap(([name, value]) => {
      const rests = under(paths, name);
      if (rests.length === 0) return [];
      if (rests.includes('')) return [[name, value] as const];
      if (value.kind === 'document') return [[name, included(value, rests)] as const];
      if (value.kind !== 'array') return [];
      const items = value.items.flatMap((item) => (item.kind === 'document' ? [included(item, rests)] : []));
      return [[name, list(items)] as const];
    }),
  );
}

function excluded(document: Fields, paths: readonly string[]): Fields {
  return doc(
    document.fields.flatMap(([name, value]) => {
      const rests = under(paths, name);
      if (rests.includes('')) return [];
      if (rests.length === 0) return [[name, value] as const];
      if (value.kind === 'document') return [[name, excluded(value, rests)] as const];
      if (value.kind !== 'array') return [[name, value] as const];
      const items = value.items.map((item) => (item.kind === 'document' ? excluded(item, rests) : item));
      return [[name, list(items)] as const];
    }),
  );
}

const count = (value: Value | undefined): number => (value?.kind === 'int' ? value.number : 0);

function slice(items: readonly Value[], asked: Value): Value {
  if (asked.kind !== 'array') return list(count(asked) < 0 ? items.slice(count(asked)) : items.slice(0, count(asked)));
  const [skip, limit] = asked.items.map(count);
  const from = (skip ?? 0) < 0 ? Math.max(0, items.length + (skip ?? 0)) : (skip ?? 0);
  return list(items.slice(from, from + (limit ?? 0)));
}

const isZero = (value: Value): boolean => value.kind === 'int' && value.number === 0;

/** The fields of a document that a projection of `find` leaves, where MongoDB puts them. */
export function project(projection: Fields, document: Fields): Fields {
  const named = projection.fields.filter(([name, value]) => name !== '_id' && value.kind !== 'document');
  const special = projection.fields.flatMap(([name, value]) =>
    value.kind === 'document' && value.fields[0] !== undefined
      ? [{ name, operator: value.fields[0][0], asked: value.fields[0][1] }]
      : [],
  );
  const id = get(projection, '_id');
  const elements = special.filter(({ operator }) => operator === '$elemMatch');
  const including =
    named.length > 0
      ? !isZero(named[0]?.[1] ?? int(0))
      : elements.length > 0 || (id !== undefined && !isZero(id) && special.length === 0);
  const names = named.map(([name]) => name);
  const slices = special.filter(({ operator }) => operator === '$slice');
  const withoutId = id !== undefined && isZero(id);
  let result = including
    ? included(document, [...names, ...slices.map(({ name }) => name), ...(withoutId ? [] : ['_id'])])
    : excluded(document, [...names, ...(withoutId ? ['_id'] : [])]);
  for (const { name, asked } of slices) {
    const value = get(result, name);
    if (value?.kind === 'array') result = put(result, name, slice(value.items, asked));
  }
  // What $elemMatch finds comes after the other fields, wherever it stood.
  for (const { name, asked } of elements) {
    const value = get(document, name);
    const first = value?.kind === 'array' ? value.items.find((item) => itemMatches(item, asked)) : undefined;
    if (first !== undefined) result = put(result, name, list([first]));
  }
  return result;
}
