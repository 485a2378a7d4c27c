import type { StringOrder } from '../bson/compare.ts';
import { type Document, field, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { Variables } from '../expression/evaluate.ts';
import type { Collection } from '../storage/catalog.ts';
import type { Row, View } from '../storage/view.ts';
import { compileFilter, type Matcher } from './match.ts';
import { choosePlan, type Plan } from './plan.ts';
import { compileSort, type Sort } from './sort.ts';

export interface Query {
  readonly filter: Document;
  readonly sort?: Document | undefined;
  readonly skip?: number;
  /** 0 means all. */
  readonly limit?: number;
  readonly hint?: Value | undefined;
  readonly strings?: StringOrder | undefined;
  readonly variables?: Variables | undefined;
  /** The time at which to give up, in milliseconds of `performance.now()`. */
  readonly deadline?: number | undefined;
}

/** What a query had to do, for `explain` and for tests. */
export interface Effort {
  examined: number;
}

/** The rows that a query finds, in its order. Checks the query before the first row is asked for. */
export function runQuery(
  view: View,
  collection: Collection | undefined,
  query: Query,
  effort: Effort = { examined: 0 },
): Iterable<Row> {
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
  return slice(
    streamed ? found : sortRows(found, sort, limit > 0 ? skip + limit : 0, view.memory.sortBytes),
    skip,
    limit,
  );
}

export function planOf(view: View, collection: Collection, query: Query, sort: Sort | undefined): Plan {
  const natural = query.sort ? field(query.sort, '$natural') : undefined;
  const hint = natural === undefined ? query.hint : { $natural: natural };
  return choosePlan(view, collection, query.filter, {
    sort: sort?.parts,
    hint,
    collation: query.strings !== undefined,
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
): Generator<Row> {
  for (const row of view.scan(collection, plan.access, expected)) {
    effort.examined++;
    if (query.deadline !== undefined && (effort.examined & 127) === 0 && performance.now() > query.deadline) {
      throw new CommandError(50, 'operation exceeded time limit');
    }
    if ((plan.exact && !row.unverified) || matches(row.document)) yield row;
  }
}

function* slice(rows: Iterable<Row>, skip: number, limit: number): Generator<Row> {
  let seen = 0;
  for (const row of rows) {
    if (seen++ < skip) continue;
    yield row;
    if (limit > 0 && seen >= skip + limit) return;
  }
}

/** Sorts in memory, keeping only as many as are wanted. */
function* sortRows(rows: Iterable<Row>, sort: Sort, wanted: number, mostBytes: number): Generator<Row> {
  let kept: { key: (Value | undefined)[]; row: Row }[] = [];
  let bytes = 0;
  const cut = () => {
    kept.sort((a, b) => sort.compareKeys(a.key, b.key));
    if (wanted > 0) kept = kept.slice(0, wanted);
    bytes = kept.reduce((sum, { row }) => sum + row.bytes.length, 0);
  };
  for (const row of rows) {
    kept.push({ key: sort.keyOf(row.document), row });
    row.forget();
    bytes += row.bytes.length;
    if (wanted > 0 && kept.length > 1000 && kept.length >= wanted * 2) cut();
    if (bytes > mostBytes && wanted > 0) cut();
    if (bytes > mostBytes) {
      throw new CommandError(
        292,
        `Sort exceeded memory limit of ${mostBytes} bytes, and the embedded engine does not sort on disk.`,
      );
    }
  }
  cut();
  for (const { row } of kept) yield row;
}

export function documentsOf(rows: Iterable<Row>): Iterable<Document> {
  return Iterator.from(rows).map((row) => row.document);
}
