import type { Reply } from '../bson/encode.ts';
import { type Document, field } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { planOf, type Query, runQuery } from '../query/run.ts';
import { compileSort } from '../query/sort.ts';
import { splitPipeline } from './aggregate.ts';
import { documentList, optionalDocument, optionalText, requiredDocument } from './argument.ts';
import { type Commands, type Context, findCollection } from './command.ts';
import { queryOf } from './find.ts';

function explainedQuery(context: Context, command: Document, name: string): Query {
  switch (name) {
    case 'find':
      return queryOf(context, command, 'filter');
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return queryOf(context, command, 'query');
    case 'aggregate':
      return { ...splitPipeline((command.pipeline ?? []) as Document[]).query, hint: field(command, 'hint') };
    case 'update':
    case 'delete': {
      const [statement = {}] = documentList(command, name === 'update' ? 'updates' : 'deletes');
      return { filter: optionalDocument(statement, 'q') ?? {}, hint: field(statement, 'hint') };
    }
    default:
      throw new CommandError(59, `Explain failed due to unknown command: ${name}`);
  }
}

function explain(context: Context): Reply {
  const command = requiredDocument(context.body, 'explain');
  const name = Object.keys(command)[0] ?? '';
  const query = explainedQuery(context, command, name);
  const collectionName = String(command[name]);
  const collection = findCollection(context, collectionName);
  const namespace = `${context.db}.${collectionName}`;
  const sort =
    query.sort && !Object.hasOwn(query.sort, '$natural') ? compileSort(query.sort, query.strings) : undefined;
  if (!collection) return { queryPlanner: { namespace, winningPlan: { stage: 'EOF' }, rejectedPlans: [] }, ok: 1 };
  const plan = planOf(context.view, collection, query, sort);
  const direction = plan.access.reverse ? 'backward' : 'forward';
  let winningPlan: Reply =
    plan.access.kind === 'collection'
      ? { stage: 'COLLSCAN', direction }
      : {
          stage: 'FETCH',
          inputStage: {
            stage: 'IXSCAN',
            indexName: plan.access.index.name,
            keyPattern: plan.access.index.spec.key,
            isMultiKey: plan.access.index.multikey,
            isUnique: plan.access.index.unique,
            direction,
            fieldsBound: plan.bound,
          },
        };
  if (!plan.sorted) winningPlan = { stage: 'SORT', sortPattern: query.sort, inputStage: winningPlan };
  const reply: Reply = { explainVersion: '1', queryPlanner: { namespace, winningPlan, rejectedPlans: [] } };
  if (optionalText(context.body, 'verbosity') !== 'queryPlanner') {
    const effort = { examined: 0 };
    let nReturned = 0;
    for (const _ of runQuery(context.view, collection, query, effort)) nReturned++;
    const keys = plan.access.kind === 'index' ? effort.examined : 0;
    reply.executionStats = {
      executionSuccess: true,
      nReturned,
      totalKeysExamined: keys,
      totalDocsExamined: effort.examined,
    };
  }
  return { ...reply, ok: 1 };
}

export const explainCommands: Commands = { explain: { fields: ['verbosity'], run: explain } };
