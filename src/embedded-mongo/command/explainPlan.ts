import type { Reply } from '../bson/encode.ts';
import { type Document, isNumeric } from '../bson/value.ts';
import type { Condition } from '../query/bounds.ts';
import { showBounds } from '../query/plan/shown.ts';
import type { Plan } from '../query/plan.ts';
import type { Query } from '../query/run.ts';
import type { Access } from '../storage/view.ts';

/** The stages of a plan as MongoDB names them, the last one outermost. */
export function describePlan(plan: Plan, query: Query, projection: Document | undefined): Reply {
  let stage = accessStage(plan, query);
  if (!plan.sorted) {
    const limitAmount = query.limit ? (query.skip ?? 0) + query.limit : undefined;
    stage = { stage: 'SORT', sortPattern: query.sort, limitAmount, inputStage: stage };
  }
  if (query.skip) stage = { stage: 'SKIP', skipAmount: query.skip, inputStage: stage };
  if (query.limit && (plan.sorted || query.skip)) {
    stage = { stage: 'LIMIT', limitAmount: query.limit, inputStage: stage };
  }
  if (projection && Object.keys(projection).length > 0) {
    const simple = Object.keys(projection).every((name) => !name.includes('.') && isPlain(projection[name]));
    stage = {
      stage: simple ? 'PROJECTION_SIMPLE' : 'PROJECTION_DEFAULT',
      transformBy: projection,
      inputStage: stage,
    };
  }
  return stage;
}

function isPlain(value: unknown): boolean {
  return typeof value === 'boolean' || isNumeric(value);
}

function accessStage(plan: Plan, query: Query): Reply {
  const filter = plan.exact || Object.keys(query.filter).length === 0 ? undefined : query.filter;
  const { access } = plan;
  if (access.kind === 'collection') {
    return { stage: 'COLLSCAN', filter, direction: access.reverse ? 'backward' : 'forward' };
  }
  const scans = leaves(access).map((leaf, i) => indexStage(leaf, plan.bounds[i] ?? []));
  const [only] = scans;
  const inputStage = scans.length === 1 && only ? only : { stage: 'OR', inputStages: scans };
  return { stage: 'FETCH', filter, inputStage };
}

type Leaf = Access & { readonly kind: 'index' };

function leaves(access: Access): Leaf[] {
  if (access.kind === 'union') return access.parts.flatMap(leaves);
  return access.kind === 'index' ? [access] : [];
}

function indexStage({ index, reverse }: Leaf, bounds: readonly Condition[]): Reply {
  const indexBounds: Record<string, string[]> = {};
  for (const [i, path] of index.paths.entries()) {
    indexBounds[path] = showBounds(bounds[i], reverse !== (index.directions[i] as number) < 0);
  }
  return {
    stage: 'IXSCAN',
    keyPattern: index.spec.key,
    indexName: index.name,
    isMultiKey: index.multikey,
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partial !== undefined,
    indexVersion: 2,
    direction: reverse ? 'backward' : 'forward',
    indexBounds,
  };
}
