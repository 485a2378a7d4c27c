import type { StringOrder } from '../bson/compare.ts';
import { type Document, field, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { Variables } from '../expression/evaluate.ts';
import type { Collection } from '../storage/catalog.ts';
import type { Row, View } from '../storage/view.ts';
import { compileFilter, type Matcher } from './match.ts';
import { choosePlan, type Plan } from './plan.ts';
import { compileSort, type Sort } from './sort.ts';
import { type Pause, pause, type Work, withoutPauses } from './work.ts';

export interface Query {
  readonly filter: Document;
  readonly sort?: Document | undefined;
  readonly skip?: number;
  /** 0 means all. */
  readonly limit?: number;
  readonly hint?: Value | undefined;
  readonly strings?: StringOrder | undefined;
  readonly variables?: Variables | undefined;
  /** How long it may take; undefined for a query that runs in one go. */
  readonly work?: Work | undefined;
}

/** What a query had to do, for `explain` and for tests. */
export interface Effort {
  examined: number;
  /** Entries of indexes that were read. */
  keys: number;
}

const mostSortBytes = 256 * 1024 * 1024;
/** After how many rows, or bytes of them, the clock is looked at. */
const lookEveryRows = 16;
const lookEveryBytes = 256 * 1024;

/** The rows that a query finds, in its order, in one go. Checks the query before the first row is asked for. */
export function runQuery(view: View, collection: Collection | undefined, query: Query, effort?: Effort): Iterable<Row> {
  return withoutPauses(runInSlices(view, collection, { ...query, work: undefined }, effort));
}

/** Like {@link runQuery}; gives `pause` in between when the work's slice is used up. */
export function runInSlices(
  view: View,
  collection: Collection | undefined,
  query: Query,
  effort: Effort = { examined: 0, keys: 0 },
): Iterable<Row | Pause> {
  const matches = compileFilter(query.filter, { strings: query.strings, variables: query.variables });
  const natural = query.sort !== undefined && Object.hasOwn(query.sort, '$natural');
  const sort =
    query.sort && !natural && Object.keys(query.sort).length > 0 ? compileSort(query.sort, query.strings) : undefined;
  if (!collection) return [];
  const plan = planOf(view, collection, query, sort);
  const skip = query.skip ?? 0;
  const limit = query.limit ?? 0;
  const inOrder = plan.sorted && view.isOrdered(collection);
  const streamed = sort === undefined || inOrder;
  const expected = streamed && limit > 0 && plan.exact ? skip + limit : 64;
  const found = matching(view, collection, plan, matches, expected, query, effort);
  if (streamed) return skip === 0 && limit === 0 ? found : slice(found, skip, limit);
  return slice(sortRows(found, sort, limit > 0 ? skip + limit : 0, query.work), skip, limit);
}

export function planOf(view: View, collection: Collection, query: Query, sort: Sort | undefined): Plan {
  const natural = query.sort ? field(query.sort, '$natural') : undefined;
  const hint = natural === undefined ? query.hint : { $natural: natural };
  return choosePlan(view, collection, query.filter, {
    sort: sort?.parts,
    hint,
    strings: query.strings,
    variables: query.variables,
  });
}

function* matching(
  view: View,
  collection: Collection,
  plan: Plan,
  matches: Matcher,
  expected: number,
  query: Query,
  effort: Effort,
): Generator<Row | Pause> {
  const index = plan.access.kind === 'index' ? plan.access.index : undefined;
  const wasMultikey = index?.multikey;
  let rows = 0;
  let bytes = 0;
  for (const row of view.scan(collection, plan.access, expected, effort)) {
    effort.examined++;
    bytes += row.bytes.length;
    // The bounds say everything only while the index is what it was when the plan was made.
    if ((plan.exact && !row.unverified && index?.multikey === wasMultikey) || matches(row.document)) yield row;
    if (query.work && (++rows >= lookEveryRows || bytes > lookEveryBytes)) {
      rows = 0;
      bytes = 0;
      if (query.work.isDue()) yield pause;
    }
  }
}

function* slice(rows: Iterable<Row | Pause>, skip: number, limit: number): Generator<Row | Pause> {
  let seen = 0;
  for (const row of rows) {
    if (row === pause) {
      yield pause;
      continue;
    }
    if (seen++ < skip) continue;
    yield row;
    if (limit > 0 && seen >= skip + limit) return;
  }
}

/** Sorts in memory, keeping only as many as are wanted. */
function* sortRows(
  rows: Iterable<Row | Pause>,
  sort: Sort,
  wanted: number,
  work: Work | undefined,
): Generator<Row | Pause> {
  type Kept = { key: (Value | undefined)[]; row: Row };
  const order = (a: Kept, b: Kept) => sort.compareKeys(a.key, b.key);
  let kept: Kept[] = [];
  let bytes = 0;
  const cut = () => {
    kept = kept.sort(order).slice(0, wanted);
    bytes = kept.reduce((sum, { row }) => sum + row.bytes.length, 0);
  };
  for (const row of rows) {
    if (row === pause) {
      yield pause;
      continue;
    }
    kept.push({ key: sort.keyOf(row.document), row });
    row.forget();
    bytes += row.bytes.length;
    if (wanted > 0 && kept.length > 1000 && kept.length >= wanted * 2) cut();
    if (bytes > mostSortBytes) {
      throw new CommandError(
        292,
        'Sort exceeded memory limit of 268435456 bytes, and the embedded engine does not sort on disk.',
      );
    }
  }
  const sorted = yield* sortInSlices(kept, order, work);
  for (const { row } of sorted) yield row;
}

const sortedAtOnce = 4096;

/** A stable merge sort that pauses: sorting a hundred thousand takes longer than a slice. */
export function* sortInSlices<T>(
  items: readonly T[],
  order: (a: T, b: T) => number,
  work: Work | undefined,
): Generator<Pause, T[]> {
  let runs: T[][] = [];
  for (let at = 0; at < items.length; at += sortedAtOnce) {
    runs.push(items.slice(at, at + sortedAtOnce).sort(order));
    if (work?.isDue()) yield pause;
  }
  while (runs.length > 1) {
    const longer: T[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      const [first = [], second = []] = runs.slice(at, at + 2);
      const merged: T[] = [];
      let i = 0;
      let j = 0;
      while (i < first.length || j < second.length) {
        const takeFirst = j >= second.length || (i < first.length && order(first[i] as T, second[j] as T) <= 0);
        merged.push((takeFirst ? first[i++] : second[j++]) as T);
        if ((merged.length & 255) === 0 && work?.isDue()) yield pause;
      }
      longer.push(merged);
    }
    runs = longer;
  }
  return runs[0] ?? [];
}

export function documentsOf(rows: Iterable<Row>): Iterable<Document> {
  return Iterator.from(rows).map((row) => row.document);
}
