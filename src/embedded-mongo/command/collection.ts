import { Double } from 'bson';
import type { Reply } from '../bson/encode.ts';
import { type Document, isDocument } from '../bson/value.ts';
import { CommandError, notOffered } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import type { Collection } from '../storage/catalog.ts';
import { Blocked } from '../storage/committed.ts';
import { collectionName, flag, optionalCount, optionalDocument } from './argument.ts';
import { type Commands, type Context, collectionForWriting, findCollection } from './command.ts';
import { estimatedBytes } from './sizes.ts';

/** Nothing is dropped or re-indexed under an open transaction that has used it: the command waits. */
export function waitForTransactions(context: Context, collection: Collection): void {
  for (const transaction of context.engine.open) if (transaction.uses(collection)) throw new Blocked();
}

const refusedOptions = [
  ...['capped', 'size', 'max', 'validator', 'viewOn', 'pipeline', 'timeseries', 'clusteredIndex', 'expireAfterSeconds'],
  ...['changeStreamPreAndPostImages', 'encryptedFields', 'storageEngine', 'indexOptionDefaults'],
];

function create(context: Context): Reply {
  const name = collectionName(context.body, 'create');
  for (const option of refusedOptions) {
    if (context.body[option] !== undefined && context.body[option] !== false)
      throw notOffered(`the collection option '${option}'`);
  }
  const { collation } = context.body;
  if (isDocument(collation) && collation.locale !== 'simple') throw notOffered('a collection with a collation');
  const found = findCollection(context, name);
  if (found) throw new CommandError(48, `Collection ${found.namespace} already exists.`);
  collectionForWriting(context, name);
  return { ok: 1 };
}

function drop(context: Context): Reply {
  const collection = findCollection(context, collectionName(context.body, 'drop'));
  if (!collection) return { ok: 1 };
  waitForTransactions(context, collection);
  context.engine.beforeWrite();
  const { length } = collection.indexes;
  context.engine.catalog.drop(collection);
  return { nIndexesWas: length, ns: collection.namespace, ok: 1 };
}

function dropDatabase(context: Context): Reply {
  const collections = context.engine.catalog.all(context.db);
  for (const collection of collections) waitForTransactions(context, collection);
  if (collections.length > 0) context.engine.beforeWrite();
  for (const collection of collections) {
    context.engine.catalog.drop(collection);
  }
  return { dropped: context.db, ok: 1 };
}

function listCollections(context: Context): Reply {
  const matches = compileFilter(optionalDocument(context.body, 'filter') ?? {});
  const nameOnly = flag(context.body, 'nameOnly');
  const described = context.engine.catalog.all(context.db).map((collection): Document => {
    if (nameOnly) return { name: collection.name, type: 'collection' };
    const idIndex = collection.indexes[0]?.spec ?? {};
    return {
      name: collection.name,
      type: 'collection',
      options: collection.options,
      info: { readOnly: false, uuid: collection.uuid },
      idIndex,
    };
  });
  const cursor = optionalDocument(context.body, 'cursor') ?? {};
  return context.cursors.first(
    `${context.db}.$cmd.listCollections`,
    described.filter((d) => matches(d)),
    context.session,
    optionalCount(cursor, 'batchSize'),
  );
}

/** The sizes are estimates; `totalSize` is their sum. */
function listDatabases(context: Context): Reply {
  const { catalog, connection } = context.engine;
  const nameOnly = flag(context.body, 'nameOnly');
  const names = [...new Set(catalog.all().map((collection) => collection.db))].sort();
  const matches = compileFilter(optionalDocument(context.body, 'filter') ?? {});
  const described = names.map((name) => {
    if (nameOnly) return { name };
    const bytes = catalog.all(name).reduce((sum, collection) => sum + estimatedBytes(connection, collection), 0);
    return { name, sizeOnDisk: new Double(bytes), empty: false };
  });
  const databases = described.filter((database) => matches(database));
  if (nameOnly) return { databases, ok: 1 };
  const totalSize = databases.reduce((sum, { sizeOnDisk }) => sum + (sizeOnDisk?.valueOf() ?? 0), 0);
  return { databases, totalSize, totalSizeMb: Math.floor(totalSize / 1024 / 1024), ok: 1 };
}

export const collectionCommands: Commands = {
  create: {
    fields: [...refusedOptions, 'validationLevel', 'validationAction', 'collation', 'autoIndexId'],
    inTransaction: true,
    run: create,
  },
  drop: { fields: [], run: drop },
  dropDatabase: { fields: [], run: dropDatabase },
  listCollections: { fields: ['filter', 'nameOnly', 'cursor', 'authorizedCollections'], run: listCollections },
  listDatabases: { fields: ['filter', 'nameOnly', 'authorizedDatabases'], adminOnly: true, run: listDatabases },
};
