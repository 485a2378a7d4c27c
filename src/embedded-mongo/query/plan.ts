import { directed } from '../bson/key.ts';
import { namesOf } from '../bson/names.ts';
import { toNumber } from '../bson/number.ts';
import { type Document, field, isDocument, isNumeric, type Value } from '../bson/value.ts';
import { badValue } from '../errors.ts';
import type { Collection, Index } from '../storage/catalog.ts';
import type { Access, Range, View } from '../storage/view.ts';
import { type Condition, type Conditions, conditionsOf, intersect, rangeWithin } from './bounds.ts';
import { partialIncludes } from './partial.ts';
import type { SortPart } from './sort.ts';

/** How a query is answered. */
export interface Plan {
  readonly access: Access;
  /** Documents come in the order asked for. */
  readonly sorted: boolean;
  /** The access finds exactly the query's documents: no further check is needed. */
  readonly exact: boolean;
  /** Index fields that are bound, for `explain`. */
  readonly bound: number;
}

export interface PlanOptions {
  readonly sort?: readonly SortPart[] | undefined;
  readonly hint?: Value | undefined;
  /** With a collation strings are not compared by their bytes, in which indexes are ordered. */
  readonly collation: boolean;
}

const mostRanges = 5000;

/** Chooses the index that narrows the search most, else the whole collection. */
export function choosePlan(view: View, collection: Collection, filter: Document, options: PlanOptions): Plan {
  const natural = naturalOrder(options);
  const usable = view.indexes(collection).filter((index) => !index.hidden);
  const hinted = natural !== undefined ? undefined : hintedIndex(collection, options.hint);
  const conditions = conditionsOf(filter);
  let best: { plan: Plan; score: number } | undefined;
  if (natural === undefined && !options.collation) {
    for (const index of hinted ? [hinted] : usable) {
      const candidate = planWith(index, filter, conditions, options, hinted !== undefined);
      if (candidate && (!best || candidate.score > best.score)) best = candidate;
    }
  }
  if (best && (hinted || best.score > 0)) return best.plan;
  const reverse = natural === -1;
  return {
    access: { kind: 'collection', reverse },
    sorted: natural !== undefined || !options.sort?.length,
    exact: conditions.complete && conditions.found.length === 0,
    bound: 0,
  };
}

function naturalOrder({ hint, sort }: PlanOptions): number | undefined {
  const first = sort?.[0];
  if (first?.path === '$natural') return first.direction;
  const hinted = isDocument(hint) ? field(hint, '$natural') : undefined;
  return isNumeric(hinted) ? toNumber(hinted) : undefined;
}

function hintedIndex(collection: Collection, hint: Value | undefined): Index | undefined {
  if (hint === undefined || (isDocument(hint) && Object.keys(hint).length === 0)) return undefined;
  const wanted = isDocument(hint) ? JSON.stringify(namesOf(hint).map((name) => [name, String(hint[name])])) : undefined;
  const found = collection.indexes.find((index) => {
    if (typeof hint === 'string') return index.name === hint;
    return JSON.stringify(index.paths.map((path, i) => [path, String(index.directions[i])])) === wanted;
  });
  if (!found)
    throw badValue(
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  return found;
}

function planWith(
  index: Index,
  filter: Document,
  conditions: Conditions,
  options: PlanOptions,
  hinted: boolean,
): { plan: Plan; score: number } | undefined {
  if (index.partial && !partialIncludes(index.partial.filter, filter)) return undefined;
  const { chosen: all, used } = chooseConditions(index, conditions);
  const chosen = withinRanges(all);
  if (index.sparse && !chosen.some((condition) => condition && excludesMissing(condition))) return undefined;
  const ranges = rangesOf(index, chosen);
  let equal = 0;
  while (isSinglePoint(chosen[equal])) equal++;
  const order = sortOrder(index, options.sort, equal);
  const exact =
    chosen.length === all.length &&
    conditions.complete &&
    used === conditions.found.length &&
    !index.multikey &&
    chosen.every((c) => !c || c.exact);
  const bound = chosen.length;
  let score = 0;
  for (const condition of chosen) score += condition?.kind === 'points' ? (condition.keys.length === 1 ? 10 : 8) : 5;
  if (index.unique && equal === index.paths.length) score += 100;
  if (order !== undefined && options.sort?.length) score += 4;
  if (score === 0 && !hinted) return undefined;
  const plan: Plan = {
    access: { kind: 'index', index, ranges, reverse: order === -1 },
    sorted: order !== undefined,
    exact,
    bound,
  };
  // Among equals the shorter index is read faster.
  return { plan, score: score - index.paths.length / 100 };
}

function isSinglePoint(condition: Condition | undefined): boolean {
  return condition?.kind === 'points' && condition.keys.length === 1;
}

function excludesMissing(condition: Condition): boolean {
  return condition.kind === 'range' || !condition.values.includes(null);
}

/**
 * The first conditions whose combinations are few enough to be read one by one. Two long lists multiply; then the second
 * is checked on the documents that the first one finds.
 */
function withinRanges(chosen: readonly Condition[]): Condition[] {
  let ranges = 1;
  const cut = chosen.findIndex((condition) => {
    if (condition.kind === 'points') ranges *= condition.keys.length;
    return ranges > mostRanges;
  });
  return chosen.slice(0, cut < 0 ? chosen.length : cut);
}

/** A condition for each field of the index from the first on, until one has none or is a range. */
function chooseConditions(index: Index, conditions: Conditions): { chosen: Condition[]; used: number } {
  const chosen: Condition[] = [];
  let used = 0;
  const roots = new Set<string>();
  for (const [i, path] of index.paths.entries()) {
    const root = index.parts[i]?.[0] as string;
    // In one array two fields may be met by different elements: their bounds must not be combined.
    if (index.multikey && roots.has(root)) break;
    roots.add(root);
    const here = conditions.found.filter((condition) => condition.path === path).map(({ condition }) => condition);
    const condition = combine(here, index.multikey);
    if (!condition) break;
    chosen.push(condition.condition);
    used += condition.used;
    if (condition.condition.kind === 'range') break;
  }
  return { chosen, used };
}

function combine(here: readonly Condition[], multikey: boolean): { condition: Condition; used: number } | undefined {
  const points = here
    .filter((condition) => condition.kind === 'points')
    .sort((a, b) => a.keys.length - b.keys.length)[0];
  if (points) return { condition: points, used: 1 };
  const [first, ...others] = here;
  if (!first) return undefined;
  if (multikey) return { condition: first, used: 1 };
  let condition: Condition = first;
  for (const other of others) condition = intersect(condition, other) ?? condition;
  return { condition, used: here.length };
}

/** The parts of the index to read. Undefined where there would be too many. */
function rangesOf(index: Index, chosen: readonly Condition[]): Range[] {
  let prefixes: Buffer[] = [Buffer.alloc(0)];
  for (const [i, condition] of chosen.entries()) {
    const direction = index.directions[i] as number;
    if (condition.kind === 'range') {
      return prefixes.map((prefix) => rangeWithin(prefix, condition.low, condition.high, direction));
    }
    const keys = condition.keys.map((key) => directed(key, direction));
    if (direction < 0) keys.reverse();
    prefixes = prefixes.flatMap((prefix) => keys.map((key) => Buffer.concat([prefix, key])));
  }
  const all = Buffer.alloc(0);
  return prefixes.map((prefix) => rangeWithin(prefix, { key: all, after: false }, { key: all, after: true }, 1));
}

/** 1 or -1 where the index, read forwards or backwards, gives the order asked for. */
function sortOrder(index: Index, sort: readonly SortPart[] | undefined, equal: number): 1 | -1 | undefined {
  if (!sort?.length) return 1;
  if (index.multikey) return undefined;
  const fixed = new Set(index.paths.slice(0, equal));
  let direction: number | undefined;
  let at = equal;
  for (const part of sort) {
    if (fixed.has(part.path)) continue;
    if (index.paths[at] !== part.path) return undefined;
    const here = part.direction * (index.directions[at] as number);
    direction ??= here;
    if (direction !== here) return undefined;
    at++;
  }
  return direction === -1 ? -1 : 1;
}
