import { Failure } from './failure.ts';
import { compareKeys, type Key, keysOf, type Order } from './keys.ts';
import { matches } from './match.ts';
import { doc, equal, type Fields, get, int, nil, truth, type Value } from './value.ts';

export type Index = {
  readonly name: string;
  readonly order: Order;
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial: Fields | null;
};

/** Documents in the order in which they came, and what is indexed. */
export type Collection = { readonly documents: readonly Fields[]; readonly indexes: readonly Index[] };
export type Collections = ReadonlyMap<string, Collection>;

/** One document that was made (no before), changed, or taken away (no after). */
export type Touch = {
  readonly collection: string;
  readonly id: Value;
  readonly before: Fields | null;
  readonly after: Fields | null;
};

const idIndex: Index = { name: '_id_', order: [['_id', 1]], unique: true, sparse: false, partial: null };
export const emptyCollection: Collection = { documents: [], indexes: [idIndex] };

export const idOf = (document: Fields): Value => get(document, '_id') ?? nil;

/** Under what a document stands in an index; throws 171 for two arrays. */
export function indexKeys(index: Index, document: Fields): Key[] {
  if (index.partial !== null && !matches(index.partial, document)) return [];
  return keysOf(
    document,
    index.order.map(([path]) => path),
    index.sparse,
  );
}

const shares = (some: readonly Key[], others: readonly Key[]): boolean =>
  some.some((one) => others.some((other) => compareKeys(one, other) === 0));

export const hasKeys = (index: Index, document: Fields): boolean => {
  try {
    indexKeys(index, document);
    return true;
  } catch {
    return false;
  }
};

/** A document that stands in the way of another in a unique index. Throws 171 for two arrays in one key. */
export function inTheWay(indexes: readonly Index[], document: Fields, others: readonly Fields[]): Fields | null {
  const possible = indexes.filter((index) => hasKeys(index, document));
  const way = possible
    .filter(({ unique }) => unique)
    .map((index) => others.find((other) => shares(indexKeys(index, document), indexKeys(index, other))))
    .find((other) => other !== undefined);
  // With both mistakes, either is told.
  if (possible.length < indexes.length) throw new Failure(171, way === undefined ? null : 11000);
  return way ?? null;
}

/** The collections after one change. */
export function withTouch(collections: Collections, { collection: name, id, before, after }: Touch): Collections {
  const collection = collections.get(name) ?? emptyCollection;
  const documents =
    before === null
      ? [...collection.documents, ...(after === null ? [] : [after])]
      : collection.documents.flatMap((each) => (equal(idOf(each), id) ? (after === null ? [] : [after]) : [each]));
  return new Map([...collections, [name, { ...collection, documents }]]);
}

/** What `createIndexes` is given. */
export function indexValue({ name, order, unique, sparse, partial }: Index): Fields {
  return doc([
    ['key', doc(order.map(([path, direction]) => [path, int(direction)]))],
    ['name', { kind: 'string', text: name }],
    ...(unique ? [['unique', truth(true)] as const] : []),
    ...(sparse ? [['sparse', truth(true)] as const] : []),
    ...(partial === null ? [] : [['partialFilterExpression', partial] as const]),
  ]);
}
