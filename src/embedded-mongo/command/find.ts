import { Long } from 'bson';
import { compare } from '../bson/compare.ts';
import type { Reply } from '../bson/encode.ts';
import { keyString } from '../bson/key.ts';
import { toNumber } from '../bson/number.ts';
import { pickFields } from '../bson/pick.ts';
import { type Document, field, isNumeric, RawDocument, type Value } from '../bson/value.ts';
import { CommandError, notOffered, typeMismatch } from '../errors.ts';
import { collationOrder } from '../query/collation.ts';
import { compileFilter, type MatchDetails } from '../query/match.ts';
import { visitPath } from '../query/path.ts';
import { compileProjection, keptFields } from '../query/projection.ts';
import { type Query, runQuery } from '../query/run.ts';
import type { Row } from '../storage/view.ts';
import { collectionName, flag, optionalCount, optionalDocument, optionalNumber, requiredText } from './argument.ts';
import { type Commands, type Context, findCollection } from './command.ts';

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
    variables: optionalDocument(body, 'let'),
    deadline: context.deadline,
  };
}

function find(context: Context): Reply {
  const { body, view, cursors } = context;
  const name = collectionName(body, 'find');
  for (const option of ['tailable', 'awaitData', 'returnKey', 'showRecordId'])
    if (flag(body, option)) throw notOffered(option);
  const query = queryOf(context, body, 'filter');
  if ((optionalNumber(body, 'limit') ?? 0) < 0) throw new CommandError(51024, "BSON field 'limit' value must be >= 0");
  const rows = runQuery(view, findCollection(context, name), query);
  const documents = projected(rows, query, optionalDocument(body, 'projection'));
  return cursors.first(
    `${context.db}.${name}`,
    documents,
    context.session,
    optionalCount(body, 'batchSize'),
    flag(body, 'singleBatch'),
  );
}

function projected(
  rows: Iterable<Row>,
  query: Query,
  projection: Document | undefined,
): Iterable<RawDocument | Document> {
  const project = projection && compileProjection(projection, { ofFind: true, variables: query.variables });
  if (!project) return Iterator.from(rows).map((row) => new RawDocument(row.bytes));
  const names = keptFields(projection)?.map((name) => Buffer.from(name));
  if (names !== undefined) {
    return Iterator.from(rows).map((row) => {
      const picked = pickFields(row.bytes, names);
      return picked === undefined ? project(row.document, {}) : new RawDocument(picked);
    });
  }
  const positional = Object.keys(projection).some((path) => path.endsWith('.$'));
  const matches = positional ? compileFilter(query.filter, query) : undefined;
  return Iterator.from(rows).map((row) => {
    const details: MatchDetails = {};
    matches?.(row.document, details);
    return project(row.document, details);
  });
}

function getMore(context: Context): Reply {
  const id = field(context.body, 'getMore');
  if (!(id instanceof Long)) throw typeMismatch("BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
  const name = requiredText(context.body, 'collection');
  return context.cursors.next(id.toBigInt(), `${context.db}.${name}`, optionalCount(context.body, 'batchSize'));
}

function killCursors(context: Context): Reply {
  const ids = field(context.body, 'cursors');
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

function count(context: Context): Reply {
  const query = queryOf(context, context.body, 'query');
  let n = 0;
  for (const _ of runQuery(context.view, findCollection(context, collectionName(context.body, 'count')), query)) n++;
  return { n, ok: 1 };
}

function distinct(context: Context): Reply {
  const parts = requiredText(context.body, 'key').split('.');
  const query = queryOf(context, context.body, 'query');
  const collection = findCollection(context, collectionName(context.body, 'distinct'));
  const values = new Map<string, Value>();
  for (const row of runQuery(context.view, collection, query)) {
    visitPath(row.document, parts, true, (value) => {
      if (value !== undefined && !Array.isArray(value)) values.set(keyString(value), value);
      else if (Array.isArray(value)) for (const element of value) values.set(keyString(element), element);
      return false;
    });
  }
  const sorted = [...values.values()].sort((a, b) => compare(a, b));
  if (!query.strings) return { values: sorted, ok: 1 };
  const strings = query.strings;
  return { values: sorted.filter((v, i) => !sorted.slice(0, i).some((w) => compare(v, w, strings) === 0)), ok: 1 };
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
    run: find,
  },
  getMore: { fields: ['collection', 'batchSize'], inTransaction: true, run: getMore },
  killCursors: { fields: ['cursors'], inTransaction: true, run: killCursors },
  count: { fields: [...queryFields, 'query', 'fields'], run: count },
  distinct: { fields: ['key', 'query', 'collation', 'hint'], inTransaction: true, run: distinct },
};
