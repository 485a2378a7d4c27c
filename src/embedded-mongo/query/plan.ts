import type { StringOrder } from '../bson/compare.ts';
import { namesOf } from '../bson/names.ts';
import { toNumber } from '../bson/number.ts';
import { type Document, field, isDocument, isNumeric, type Value } from '../bson/value.ts';
import { badValue } from '../errors.ts';
import type { Variables } from '../expression/evaluate.ts';
import type { Collection, Index } from '../storage/catalog.ts';
import type { Access, View } from '../storage/view.ts';
import type { Condition } from './bounds.ts';
import { type Candidate, candidate } from './plan/candidate.ts';
import { type Conditions, conditionsOf } from './plan/conditions.ts';
import type { SortPart } from './sort.ts';

/** How a query is answered. */
export interface Plan {
  readonly access: Access;
  /** Documents come in the order asked for. */
  readonly sorted: boolean;
  /** The access finds exactly the query's documents: no further check is needed. */
  readonly exact: boolean;
  /** For `explain`: what binds the fields of the index, or one such list for each index that is read. */
  readonly bounds: readonly (readonly Condition[])[];
}

export interface PlanOptions {
  readonly sort?: readonly SortPart[] | undefined;
  readonly hint?: Value | undefined;
  readonly strings?: StringOrder | undefined;
  readonly variables?: Variables | undefined;
}

interface Scored extends Plan {
  readonly score: number;
}

/** Chooses the index that narrows the search most, one for each branch of an `$or`, else the whole collection. */
export function choosePlan(view: View, collection: Collection, filter: Document, options: PlanOptions): Plan {
  const natural = naturalOrder(options);
  const usable = view.indexes(collection).filter((index) => !index.hidden);
  const hinted = natural !== undefined ? undefined : hintedIndex(usable, options.hint);
  const conditions = conditionsOf(filter, options);
  if (natural === undefined) {
    const best = hinted
      ? planned(candidateFor(hinted, filter, conditions, options, true))
      : narrowest(usable, filter, conditions, options);
    if (best) return best;
  }
  return {
    access: { kind: 'collection', reverse: natural === -1 },
    sorted: natural !== undefined || !options.sort?.length,
    exact: conditions.complete && conditions.found.length === 0,
    bounds: [],
  };
}

function candidateFor(
  index: Index,
  filter: Document,
  conditions: Conditions,
  { sort, strings }: PlanOptions,
  hinted = false,
): Candidate | undefined {
  return candidate(index, filter, conditions, { sort, collation: strings !== undefined, hinted });
}

function planned(found: Candidate | undefined): Scored | undefined {
  return found && { ...found, bounds: [found.bounds] };
}

function narrowest(
  usable: readonly Index[],
  filter: Document,
  conditions: Conditions,
  options: PlanOptions,
): Scored | undefined {
  let best: Scored | undefined;
  for (const index of usable) {
    const found = planned(candidateFor(index, filter, conditions, options));
    if (found && found.score > 0 && found.score > (best?.score ?? 0)) best = found;
  }
  for (const branches of conditions.alternatives) {
    const found = unionOf(branches, usable, filter, options);
    if (found && found.score > (best?.score ?? 0)) best = found;
  }
  return best;
}

/** An index for each branch of an `$or`, or nothing where one branch has none. */
function unionOf(
  branches: readonly Document[],
  usable: readonly Index[],
  filter: Document,
  options: PlanOptions,
): Scored | undefined {
  const parts: Scored[] = [];
  for (const branch of branches) {
    // What is outside of the `$or` holds for each of its branches, and may be in the same index.
    const outside = conditionsOf(filter, options);
    const inside = conditionsOf(branch, options);
    const both: Conditions = {
      found: [...inside.found, ...outside.found],
      complete: false,
      alternatives: inside.alternatives,
    };
    const found = narrowest(usable, { $and: [filter, branch] }, both, { ...options, sort: undefined });
    if (!found || found.score < 2) return undefined;
    parts.push(found);
  }
  return {
    access: { kind: 'union', parts: parts.map(({ access }) => access), reverse: false },
    sorted: !options.sort?.length,
    exact: false,
    bounds: parts.flatMap(({ bounds }) => bounds),
    // The least narrow of them counts; one index alone is preferred to several.
    score: Math.min(...parts.map(({ score }) => score)) - 0.5,
  };
}

function naturalOrder({ hint, sort }: PlanOptions): number | undefined {
  const first = sort?.[0];
  if (first?.path === '$natural') return first.direction;
  const hinted = isDocument(hint) ? field(hint, '$natural') : undefined;
  return isNumeric(hinted) ? toNumber(hinted) : undefined;
}

function hintedIndex(usable: readonly Index[], hint: Value | undefined): Index | undefined {
  if (hint === undefined || (isDocument(hint) && Object.keys(hint).length === 0)) return undefined;
  const wanted = isDocument(hint) ? JSON.stringify(namesOf(hint).map((name) => [name, String(hint[name])])) : undefined;
  const found = usable.find((index) => {
    if (typeof hint === 'string') return index.name === hint;
    return JSON.stringify(index.paths.map((path, i) => [path, String(index.directions[i])])) === wanted;
  });
  if (!found)
    throw badValue(
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  return found;
}
