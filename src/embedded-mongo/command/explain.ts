import type { Reply } from '../bson/encode.ts';
import { type Document, field, type Value } from '../bson/value.ts';
import { badValue, CommandError, typeMismatch } from '../errors.ts';
import { collationOrder } from '../query/collation.ts';
import { planOf, type Query, runInSlices } from '../query/run.ts';
import { compileSort } from '../query/sort.ts';
import { letVariables } from '../query/variables.ts';
import { type Pause, pause } from '../query/work.ts';
import { splitPipeline } from './aggregate.ts';
import { documentList, flag, optionalDocument, optionalNumber, optionalText, requiredDocument } from './argument.ts';
import { type Commands, type Context, findCollection, type Steps } from './command.ts';
import { describePlan } from './explainPlan.ts';
import { queryOf } from './find.ts';

/** What a command would read, and what it would do with it. */
interface Explained {
  readonly query: Query;
  /** The stage that takes what is found, if it is more than handed on. */
  readonly stage?: 'COUNT' | 'UPDATE' | 'DELETE';
  readonly projection?: Document | undefined;
  /** Stages of a pipeline behind those that the storage answers. */
  readonly rest?: readonly Value[];
}

function explained(context: Context, command: Document, name: string): Explained {
  switch (name) {
    case 'find':
      return { query: queryOf(context, command, 'filter'), projection: optionalDocument(command, 'projection') };
    case 'count':
      return { query: queryOf(context, command, 'query'), stage: 'COUNT' };
    case 'distinct':
      return { query: queryOf(context, command, 'query') };
    case 'findAndModify':
    case 'findandmodify': {
      const query = { ...queryOf(context, command, 'query'), limit: 1 };
      return { query, stage: flag(command, 'remove') ? 'DELETE' : 'UPDATE' };
    }
    case 'aggregate': {
      if (!Array.isArray(command.pipeline)) throw typeMismatch("'pipeline' option must be specified as an array");
      const { query, rest } = splitPipeline(command.pipeline);
      return { query: { ...query, ...optionsOf(context, command, command) }, rest };
    }
    case 'update':
    case 'delete': {
      const [statement = {}, ...others] = documentList(command, name === 'update' ? 'updates' : 'deletes');
      if (others.length > 0) throw new CommandError(16, 'explained write batches must be of size 1');
      const one = name === 'update' ? !flag(statement, 'multi') : optionalNumber(statement, 'limit') === 1;
      const filter = optionalDocument(statement, 'q') ?? {};
      const query = { filter, limit: one ? 1 : 0, ...optionsOf(context, command, statement) };
      return { query, stage: name === 'update' ? 'UPDATE' : 'DELETE' };
    }
    default:
      throw new CommandError(59, `Explain failed due to unknown command: ${name}`);
  }
}

function optionsOf(context: Context, command: Document, statement: Document): Omit<Query, 'filter'> {
  return {
    hint: field(statement, 'hint'),
    strings: collationOrder(field(statement, 'collation')),
    variables: letVariables(optionalDocument(command, 'let')),
    work: context.work,
  };
}

const verbosities = ['queryPlanner', 'executionStats', 'allPlansExecution'];

function* explain(context: Context): Steps {
  const command = requiredDocument(context.body, 'explain');
  const verbosity = optionalText(context.body, 'verbosity') ?? 'allPlansExecution';
  if (!verbosities.includes(verbosity))
    throw badValue(`Enumeration value '${verbosity}' for field 'explain.verbosity' is not a valid value.`);
  const name = Object.keys(command)[0] ?? '';
  const what = explained(context, command, name);
  const collectionName = String(command[name]);
  const namespace = `${context.db}.${collectionName}`;
  const collection = findCollection(context, collectionName);
  const sort = sortOf(what.query);
  const plan = collection && planOf(context.view, collection, what.query, sort);
  const below: Reply = plan ? describePlan(plan, what.query, what.projection) : { stage: 'EOF' };
  const winningPlan: Reply = what.stage ? { stage: what.stage, inputStage: below } : below;
  const parsedQuery = what.query.filter;
  const found: Record<string, Reply> = {
    queryPlanner: { namespace, indexFilterSet: false, parsedQuery, winningPlan, rejectedPlans: [] },
  };
  if (verbosity !== 'queryPlanner') found.executionStats = yield* executed(context, what, winningPlan, collectionName);
  const rest = what.rest ?? [];
  const answer: Reply = rest.length === 0 ? found : { stages: [{ $cursor: found }, ...rest] };
  return { explainVersion: '1', ...answer, command, serverInfo: { host: context.server.host }, ok: 1 };
}

function sortOf({ sort, strings }: Query) {
  const isNatural = sort !== undefined && Object.hasOwn(sort, '$natural');
  return sort && !isNatural && Object.keys(sort).length > 0 ? compileSort(sort, strings) : undefined;
}

/** Runs the query for its figures; nothing is changed. */
function* executed(context: Context, what: Explained, plan: Reply, name: string): Generator<Pause, Reply> {
  const effort = { examined: 0, keys: 0 };
  const start = performance.now();
  let found = 0;
  for (const row of runInSlices(context.view, findCollection(context, name), what.query, effort)) {
    if (row === pause) yield pause;
    else found++;
  }
  // A count and a write give no documents; what they would have counted or changed stands in their stage.
  const nReturned = what.stage ? 0 : found;
  const figures: Record<string, Reply> = {
    COUNT: { nCounted: found },
    UPDATE: { nMatched: found, nWouldModify: found },
    DELETE: { nWouldDelete: found },
  };
  return {
    executionSuccess: true,
    nReturned,
    executionTimeMillis: Math.round(performance.now() - start),
    totalKeysExamined: effort.keys,
    totalDocsExamined: effort.examined,
    executionStages: { ...plan, nReturned, ...(what.stage ? figures[what.stage] : {}) },
  };
}

export const explainCommands: Commands = {
  explain: { fields: ['verbosity'], onlyReads: true, run: explain },
};
