import { Long } from 'bson';
import { compare } from '../bson/compare.ts';
import type { Reply } from '../bson/encode.ts';
import { keyString } from '../bson/key.ts';
import { toNumber } from '../bson/number.ts';
import { pickFields } from '../bson/pick.ts';
import { type Document, field, isNumeric, RawDocument, type Value } from '../bson/value.ts';
import { badValue, CommandError, notOffered, typeMismatch } from '../errors.ts';
import { collationOrder } from '../query/collation.ts';
import { compileFilter, type MatchDetails } from '../query/match.ts';
import { visitPath } from '../query/path.ts';
import { compileProjection, keptFields } from '../query/projection.ts';
import { type Query, runInSlices, sortInSlices } from '../query/run.ts';
import { letVariables } from '../query/variables.ts';
import { mapped, type Pause, pause } from '../query/work.ts';
import { countAll } from '../storage/scan.ts';
import type { Row } from '../storage/view.ts';
import { collectionName, flag, optionalCount, optionalDocument, optionalNumber, requiredText } from './argument.ts';
import { type Commands, type Context, findCollection, type Steps } from './command.ts';

/** The query of a command whose filter is in the field `filter`. */
export function queryOf(context: Context, body: Document, filter: string): Query {
  const limit = optionalNumber(body, 'limit') ?? 0;
  return {
    filter: optionalDocument(body, filter) ?? {},
    sort: optionalDocument(body, 'sort'),
    skip: optionalCount(body, 'skip') ?? 0,
    limit: Math.abs(limit),
    hint: field(body, 'hint'),
    strings: collationOrder(field(body, 'collation')),
    variables: letVariables(optionalDocument(body, 'let')),
    work: context.work,
  };
}

function* find(context: Context): Steps {
  const { body, view, cursors } = context;
  const name = collectionName(body, 'find');
  for (const option of ['returnKey', 'showRecordId']) if (flag(body, option)) throw notOffered(option);
  if (flag(body, 'awaitData') && !flag(body, 'tailable'))
    throw new CommandError(9, "Cannot set 'awaitData' without also setting 'tailable'");
  if (flag(body, 'tailable') && findCollection(context, name))
    throw badValue('error processing query: tailable cursor requested on non capped collection');
  const query = queryOf(context, body, 'filter');
  if ((optionalNumber(body, 'limit') ?? 0) < 0) throw new CommandError(51024, "BSON field 'limit' value must be >= 0");
  const rows = runInSlices(view, findCollection(context, name), query);
  const documents = projected(rows, query, optionalDocument(body, 'projection'));
  const { session, work } = context;
  const noTimeout = flag(body, 'noCursorTimeout');
  const namespace = `${context.db}.${name}`;
  return yield* cursors.open(
    { namespace, documents, session, inTransaction: view.transaction, work, limit: query.limit ?? 0, noTimeout },
    optionalCount(body, 'batchSize'),
    flag(body, 'singleBatch'),
  );
}

function projected(
  rows: Iterable<Row | Pause>,
  query: Query,
  projection: Document | undefined,
): Iterable<RawDocument | Document | Pause> {
  const project = projection && compileProjection(projection, { ofFind: true, ...query });
  if (!project) return mapped(rows, (row) => new RawDocument(row.bytes));
  const names = keptFields(projection)?.map((name) => Buffer.from(name));
  if (names !== undefined) {
    return mapped(rows, (row) => {
      const picked = pickFields(row.bytes, names);
      return picked === undefined ? project(row.document, {}) : new RawDocument(picked);
    });
  }
  const positional = Object.keys(projection).some((path) => path.endsWith('.$'));
  const matches = positional ? compileFilter(query.filter, query) : undefined;
  return mapped(rows, (row) => {
    const details: MatchDetails = {};
    matches?.(row.document, details);
    return project(row.document, details);
  });
}

function* getMore(context: Context): Steps {
  const id = field(context.body, 'getMore');
  if (!(id instanceof Long)) throw typeMismatch("BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
  const name = requiredText(context.body, 'collection');
  if ((optionalNumber(context.body, 'maxTimeMS') ?? 0) > 0)
    throw badValue('cannot set maxTimeMS on getMore command for a non-awaitData cursor');
  const { cursors, session, work, db } = context;
  return yield* cursors.next(id.toBigInt(), `${db}.${name}`, session, optionalCount(context.body, 'batchSize'), work);
}

function killCursors(context: Context): Reply {
  const ids = field(context.body, 'cursors');
  if (ids === undefined)
    throw new CommandError(40414, "BSON field 'killCursors.cursors' is missing but a required field");
  if (!Array.isArray(ids))
    throw typeMismatch("BSON field 'killCursors.cursors' is the wrong type, expected type 'array'");
  const killed: Value[] = [];
  const notFound: Value[] = [];
  for (const id of ids) {
    const known = isNumeric(id) && context.cursors.kill(id instanceof Long ? id.toBigInt() : BigInt(toNumber(id)));
    (known ? killed : notFound).push(id);
  }
  return { cursorsKilled: killed, cursorsNotFound: notFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
}

function* count(context: Context): Steps {
  const query = queryOf(context, context.body, 'query');
  const collection = findCollection(context, collectionName(context.body, 'count'));
  const isAll = Object.keys(query.filter).length === 0 && query.hint === undefined;
  let n = 0;
  if (isAll && collection && !context.view.transaction) {
    const all = yield* countAll(context.engine.connection, collection, context.work);
    const after = Math.max(0, all - (query.skip ?? 0));
    n = query.limit ? Math.min(after, query.limit) : after;
  } else {
    for (const row of runInSlices(context.view, collection, query)) {
      if (row === pause) yield pause;
      else n++;
    }
  }
  return { n, ok: 1 };
}

function* distinct(context: Context): Steps {
  const parts = requiredText(context.body, 'key').split('.');
  const query = queryOf(context, context.body, 'query');
  const collection = findCollection(context, collectionName(context.body, 'distinct'));
  const values = new Map<string, Value>();
  for (const row of runInSlices(context.view, collection, query)) {
    if (row === pause) {
      yield pause;
      continue;
    }
    visitPath(row.document, parts, false, (value) => {
      // An array gives its elements; those that are arrays again are values.
      for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) values.set(keyString(one), one);
      return false;
    });
  }
  const { strings } = query;
  const sorted = yield* sortInSlices([...values.values()], (a, b) => compare(a, b, strings), context.work);
  if (!strings) return { values: sorted, ok: 1 };
  // Of values that are equal under the collation the first stands for all.
  const first = (value: Value, i: number) => i === 0 || compare(sorted[i - 1], value, strings) !== 0;
  return { values: sorted.filter(first), ok: 1 };
}

const queryFields = ['skip', 'limit', 'hint', 'collation', 'let'];

export const findCommands: Commands = {
  find: {
    fields: [
      ...queryFields,
      ...['filter', 'projection', 'sort', 'batchSize', 'singleBatch', 'allowDiskUse', 'noCursorTimeout'],
      ...['tailable', 'awaitData', 'returnKey', 'showRecordId', 'allowPartialResults', 'oplogReplay'],
    ],
    inTransaction: true,
    onlyReads: true,
    run: find,
  },
  getMore: { fields: ['collection', 'batchSize'], inTransaction: true, onlyReads: true, run: getMore },
  killCursors: { fields: ['cursors'], inTransaction: true, run: killCursors },
  count: { fields: [...queryFields, 'query', 'fields'], onlyReads: true, run: count },
  distinct: { fields: ['key', 'query', 'collation', 'hint'], inTransaction: true, onlyReads: true, run: distinct },
};
