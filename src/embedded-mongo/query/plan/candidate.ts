import { directed } from '../../bson/key.ts';
import type { Document } from '../../bson/value.ts';
import { CommandError } from '../../errors.ts';
import type { Index } from '../../storage/catalog.ts';
import type { Access, Range } from '../../storage/view.ts';
import { anything, type Condition, intersect, rangeWithin } from '../bounds.ts';
import { partialIncludes } from '../partial.ts';
import type { SortPart } from '../sort.ts';
import type { Conditions } from './conditions.ts';

/** One index and what of it would be read. */
export interface Candidate {
  readonly access: Access & { readonly kind: 'index' };
  readonly sorted: boolean;
  readonly exact: boolean;
  /** For each field of the index that is bound, from the first on. */
  readonly bounds: readonly Condition[];
  /** How far it narrows the search; 0 where it is of no use. */
  readonly score: number;
}

export interface CandidateOptions {
  readonly sort?: readonly SortPart[] | undefined;
  /** Whether strings are compared otherwise than by their bytes, in which indexes are ordered. */
  readonly collation: boolean;
  readonly hinted: boolean;
}

const mostRanges = 5000;

export function candidate(
  index: Index,
  filter: Document,
  conditions: Conditions,
  { sort, collation, hinted }: CandidateOptions,
): Candidate | undefined {
  // What a partial index holds was compared by bytes.
  if (index.partial && (collation || !partialIncludes(index.partial.filter, filter))) {
    if (hinted)
      throw new CommandError(291, 'error processing query: planner returned error: failed to create any query plans');
    return undefined;
  }
  const { chosen: all, used } = chooseConditions(index, conditions);
  const chosen = withinRanges(all);
  // A hint asks for a sparse index even where it does not hold all that the query would find.
  if (index.sparse && !hinted && !chosen.some(excludesMissing)) return undefined;
  const ranges = rangesOf(index, chosen);
  let equal = 0;
  while (isSinglePoint(chosen[equal])) equal++;
  const order = collation && sort?.length ? undefined : sortOrder(index, sort, equal);
  const exact =
    chosen.length === all.length &&
    conditions.complete &&
    used === conditions.found.length &&
    !index.multikey &&
    chosen.every((c) => c.exact);
  let score = 0;
  for (const condition of chosen) score += scoreOf(condition);
  if (index.unique && equal === index.paths.length) score += 100;
  if (order !== undefined && sort?.length) score += 4;
  if (score === 0 && !hinted) return undefined;
  return {
    access: { kind: 'index', index, ranges, reverse: order === -1 },
    sorted: order !== undefined,
    exact,
    bounds: chosen,
    // Among equals the shorter index is read faster.
    score: score - index.paths.length / 100,
  };
}

function scoreOf(condition: Condition): number {
  if (condition === anything) return 1;
  if (condition.kind === 'range') return 5;
  return condition.keys.length === 1 ? 10 : 8;
}

function isSinglePoint(condition: Condition | undefined): boolean {
  return condition?.kind === 'points' && condition.keys.length === 1;
}

function excludesMissing(condition: Condition): boolean {
  return condition.kind === 'range' || !condition.values.some((value) => value === null || value === undefined);
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
    // That a field is there says something in a sparse index alone.
    const combined = combine(
      here.filter((condition) => condition !== anything || index.sparse),
      index.multikey,
    );
    if (!combined) break;
    chosen.push(combined.condition);
    used += combined.used;
    if (combined.condition.kind === 'range') break;
  }
  return { chosen, used };
}

function combine(here: readonly Condition[], multikey: boolean): { condition: Condition; used: number } | undefined {
  const points = here
    .filter((condition) => condition.kind === 'points')
    .sort((a, b) => a.keys.length - b.keys.length)[0];
  if (points) return { condition: points, used: 1 };
  const ranges = here.filter((condition) => condition !== anything);
  const [first, ...others] = ranges.length > 0 ? ranges : here;
  if (!first) return undefined;
  if (multikey) return { condition: first, used: 1 };
  let condition: Condition = first;
  for (const other of others) condition = intersect(condition, other) ?? condition;
  return { condition, used: others.length + 1 };
}

/** The parts of the index to read. */
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
