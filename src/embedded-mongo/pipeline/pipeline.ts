import { toNumber } from '../bson/number.ts';
import { type Document, isDocument, isNumeric, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import { filtered, mapped } from '../query/work.ts';
import { bucket } from './bucket.ts';
import { checkStage } from './catalog.ts';
import { count, limit, sample, skip, sortByCount } from './counting.ts';
import { facet } from './facet.ts';
import { group } from './group.ts';
import { lookup } from './lookup.ts';
import { sort } from './sort.ts';
import type { PipelineContext, Stage } from './stage.ts';
import { transformStage } from './transform.ts';
import { unionWith } from './union.ts';
import { unwind } from './unwind.ts';

export type { Documents, PipelineContext, Stage } from './stage.ts';

interface Named {
  readonly name: string;
  readonly argument: Value;
}

/** Compiles all stages before any runs, so that a wrong one is refused whether or not there are documents. */
export function compilePipeline(stages: readonly Value[], context: PipelineContext): Stage {
  const named = stages.map(nameOf);
  for (const [i, { name }] of named.entries()) checkStage(name, context.place ?? 'top', i === named.length - 1);
  const compiled = named.map(({ name, argument }, i) => {
    if (name === '$sort') return sort(argument, context, limitOf(named[i + 1]));
    return compileStage(name, argument, context);
  });
  return (input) => compiled.reduce((documents, stage) => stage(documents), input);
}

function nameOf(stage: Value): Named {
  if (!isDocument(stage)) throw new CommandError(14, "Each element of the 'pipeline' array must be an object");
  const [name, ...more] = Object.keys(stage);
  if (name === undefined || more.length > 0)
    throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
  return { name, argument: stage[name] as Value };
}

/** How many documents a `$limit` lets through, 0 where the stage is another. */
function limitOf(stage: Named | undefined): number {
  return stage?.name === '$limit' && isNumeric(stage.argument) ? Math.max(0, toNumber(stage.argument)) : 0;
}

const compilers: Readonly<Record<string, (argument: Value, context: PipelineContext) => Stage>> = {
  $match: (argument, context) => {
    if (!isDocument(argument)) throw new CommandError(15959, 'the match filter must be an expression in an object');
    const matches = compileFilter(argument, context);
    return (input) => filtered(input, (document: Document) => matches(document));
  },
  $limit: limit,
  $skip: skip,
  $unwind: unwind,
  $group: group,
  $sortByCount: sortByCount,
  $bucket: bucket,
  $count: count,
  $sample: sample,
  $lookup: lookup,
  $facet: facet,
  $unionWith: unionWith,
};

function compileStage(name: string, argument: Value, context: PipelineContext): Stage {
  const transform = transformStage(name, argument, context);
  if (transform) return (input) => mapped(input, transform);
  const compile = compilers[name];
  if (!compile) throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
  return compile(argument, context);
}
