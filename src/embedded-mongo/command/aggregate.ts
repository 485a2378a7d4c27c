import type { Reply } from '../bson/encode.ts';
import { toNumber } from '../bson/number.ts';
import { type Document, field, isDocument, isNumeric, type Value } from '../bson/value.ts';
import { CommandError, notOffered, typeMismatch } from '../errors.ts';
import { letVariables } from '../expression/variable.ts';
import { answered } from '../pipeline/limits.ts';
import { compilePipeline, type PipelineContext } from '../pipeline/pipeline.ts';
import { collationOrder } from '../query/collation.ts';
import { documentsOf, type Query, runQuery } from '../query/run.ts';
import { collectionName, flag, optionalCount, optionalDocument } from './argument.ts';
import { type Commands, type Context, findCollection } from './command.ts';

/** The leading stages that the storage can answer, with its indexes, and the stages that are left. */
export function splitPipeline(stages: readonly Value[]): { query: Omit<Query, 'hint'>; rest: readonly Value[] } {
  let filter: Document = {};
  let sort: Document | undefined;
  let limit = 0;
  let at = 0;
  const next = (name: string): Value | undefined => {
    const stage = stages[at];
    return isDocument(stage) && Object.keys(stage).length === 1 ? field(stage, name) : undefined;
  };
  const match = next('$match');
  if (isDocument(match)) {
    filter = match;
    at++;
  }
  const order = next('$sort');
  if (isDocument(order) && Object.keys(order).length > 0) {
    sort = order;
    at++;
  }
  const most = next('$limit');
  if (isNumeric(most) && Number.isInteger(toNumber(most)) && toNumber(most) > 0) {
    limit = toNumber(most);
    at++;
  }
  return { query: { filter, sort, limit }, rest: stages.slice(at) };
}

function aggregate(context: Context): Reply {
  const { body, view, cursors, deadline } = context;
  if (isNumeric(body.aggregate)) throw notOffered('an aggregation without a collection');
  const name = collectionName(body, 'aggregate');
  if (!Array.isArray(body.pipeline)) throw typeMismatch("'pipeline' option must be specified as an array");
  const cursor = optionalDocument(body, 'cursor');
  if (!cursor)
    throw new CommandError(9, "The 'cursor' option is required, except for aggregate with the explain argument");
  if (flag(body, 'explain')) throw notOffered('the aggregate option explain; use the command explain');
  const strings = collationOrder(field(body, 'collation'));
  const variables = { NOW: new Date(), ...letVariables(optionalDocument(body, 'let') ?? {}) };
  const pipeline: PipelineContext = {
    strings,
    variables,
    find: (from, filter, more) =>
      documentsOf(runQuery(view, findCollection(context, from), { filter, variables: more, strings, deadline })),
  };
  const { query, rest } = splitPipeline(body.pipeline);
  const run = compilePipeline(rest, pipeline);
  const hint = field(body, 'hint');
  const rows = runQuery(view, findCollection(context, name), { ...query, hint, strings, variables, deadline });
  return cursors.first(
    `${context.db}.${name}`,
    answered(run(documentsOf(rows))),
    context.session,
    optionalCount(cursor, 'batchSize'),
  );
}

export const aggregateCommands: Commands = {
  aggregate: {
    fields: ['pipeline', 'cursor', 'explain', 'allowDiskUse', 'bypassDocumentValidation', 'collation', 'hint', 'let'],
    inTransaction: true,
    run: aggregate,
  },
};
