import { toNumber } from '../bson/number.ts';
import { type Document, field, isDocument, isNumeric, type Numeric, type Value } from '../bson/value.ts';
import { CommandError, notOffered, typeMismatch } from '../errors.ts';
import { answered } from '../pipeline/limits.ts';
import { compilePipeline, type PipelineContext } from '../pipeline/pipeline.ts';
import { collationOrder } from '../query/collation.ts';
import { type Query, runInSlices } from '../query/run.ts';
import { letVariables } from '../query/variables.ts';
import { mapped, type Pause } from '../query/work.ts';
import type { Row } from '../storage/view.ts';
import { collectionName, flag, optionalCount, optionalDocument } from './argument.ts';
import { type Commands, type Context, findCollection, type Steps } from './command.ts';

/** The leading stages that the storage can answer, with its indexes, and the stages that are left. */
export function splitPipeline(stages: readonly Value[]): { query: Omit<Query, 'hint'>; rest: readonly Value[] } {
  let filter: Document = {};
  let sort: Document | undefined;
  let skip = 0;
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
  const whole = (value: Value | undefined, least: number): value is Numeric =>
    isNumeric(value) && Number.isSafeInteger(toNumber(value)) && toNumber(value) >= least;
  const passed = next('$skip');
  if (whole(passed, 0)) {
    skip = toNumber(passed);
    at++;
  }
  const most = next('$limit');
  if (whole(most, 1)) {
    limit = toNumber(most);
    at++;
    // What is skipped after a limit counts for it.
    const inner = next('$skip');
    if (skip === 0 && whole(inner, 0) && toNumber(inner) < limit) {
      skip = toNumber(inner);
      limit -= skip;
      at++;
    }
  }
  return { query: { filter, sort, skip, limit }, rest: stages.slice(at) };
}

function* aggregate(context: Context): Steps {
  const { body, view, cursors, work, session } = context;
  if (isNumeric(body.aggregate)) throw notOffered('an aggregation without a collection');
  const name = collectionName(body, 'aggregate');
  if (!Array.isArray(body.pipeline)) throw typeMismatch("'pipeline' option must be specified as an array");
  const cursor = optionalDocument(body, 'cursor');
  if (!cursor)
    throw new CommandError(9, "The 'cursor' option is required, except for aggregate with the explain argument");
  if (flag(body, 'explain')) throw notOffered('the aggregate option explain; use the command explain');
  const strings = collationOrder(field(body, 'collation'));
  const variables = { NOW: new Date(), ...letVariables(optionalDocument(body, 'let')) };
  const pipeline: PipelineContext = {
    strings,
    variables,
    find: (from, filter, more) =>
      documents(runInSlices(view, findCollection(context, from), { filter, variables: more, strings, work })),
    work,
  };
  const { query, rest } = splitPipeline(body.pipeline);
  const run = compilePipeline(rest, pipeline);
  const hint = field(body, 'hint');
  const rows = runInSlices(view, findCollection(context, name), { ...query, hint, strings, variables, work });
  const namespace = `${context.db}.${name}`;
  return yield* cursors.open(
    { namespace, documents: answered(run(documents(rows))), session, inTransaction: view.transaction, work },
    optionalCount(cursor, 'batchSize'),
  );
}

function documents(rows: Iterable<Row | Pause>): Iterable<Document | Pause> {
  return mapped(rows, (row) => row.document);
}

export const aggregateCommands: Commands = {
  aggregate: {
    fields: ['pipeline', 'cursor', 'explain', 'allowDiskUse', 'bypassDocumentValidation', 'collation', 'hint', 'let'],
    inTransaction: true,
    onlyReads: true,
    run: aggregate,
  },
};
