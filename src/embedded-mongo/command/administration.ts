import { sweepExpired } from '../storage/ttl.ts';
import { collectionName } from './argument.ts';
import { type Commands, type Context, findCollection, type Steps } from './command.ts';
import { serverStatus } from './serverStatus.ts';
import { collectionBytes, contentOf, fileBytes, indexBytes, scaleOf } from './sizes.ts';

function* collStats(context: Context): Steps {
  const name = collectionName(context.body, context.request.name);
  const scaleFactor = scaleOf(context.body);
  const scaled = (bytes: number) => Math.floor(bytes / scaleFactor);
  const collection = findCollection(context, name);
  const { connection } = context.engine;
  const { count, size } = yield* contentOf(connection, collection ? [collection] : [], context.work);
  const storageSize = collection ? collectionBytes(connection, collection) : 0;
  const indexes = (collection?.indexes ?? []).map((index) => ({
    name: index.name,
    bytes: indexBytes(connection, index),
  }));
  const totalIndexSize = indexes.reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    ns: `${context.db}.${name}`,
    size: scaled(size),
    count,
    ...(count > 0 ? { avgObjSize: Math.floor(size / count) } : {}),
    numOrphanDocs: 0,
    storageSize: scaled(storageSize),
    totalIndexSize: scaled(totalIndexSize),
    totalSize: scaled(storageSize + totalIndexSize),
    indexSizes: Object.fromEntries(indexes.map(({ name: index, bytes }) => [index, scaled(bytes)])),
    nindexes: indexes.length,
    indexBuilds: [],
    capped: false,
    scaleFactor,
    ok: 1,
  };
}

function* dbStats(context: Context): Steps {
  const { connection, catalog, file } = context.engine;
  const scaleFactor = scaleOf(context.body);
  const collections = catalog.all(context.db);
  const { count, size } = yield* contentOf(connection, collections, context.work);
  const indexes = collections.flatMap((collection) => collection.indexes);
  const storageSize = collections.reduce((sum, collection) => sum + collectionBytes(connection, collection), 0);
  const indexSize = indexes.reduce((sum, index) => sum + indexBytes(connection, index), 0);
  return {
    db: context.db,
    collections: collections.length,
    views: 0,
    objects: count,
    avgObjSize: count > 0 ? size / count : 0,
    dataSize: size / scaleFactor,
    storageSize: storageSize / scaleFactor,
    indexes: indexes.length,
    indexSize: indexSize / scaleFactor,
    totalSize: (storageSize + indexSize) / scaleFactor,
    scaleFactor,
    fsUsedSize: (fileBytes(file) + fileBytes(`${file}-wal`)) / scaleFactor,
    ok: 1,
  };
}

const statsFields = ['scale', 'freeStorage'];

export const administrationCommands: Commands = {
  collStats: { fields: ['scale'], run: collStats },
  collstats: { fields: ['scale'], run: collStats },
  dbStats: { fields: statsFields, run: dbStats },
  dbstats: { fields: statsFields, run: dbStats },
  serverStatus: { fields: [], anyField: true, run: serverStatus },
  // Not a command of MongoDB: removes what TTL indexes say has expired at once rather than within a minute.
  sweepExpired: {
    fields: [],
    *run({ engine, work }): Steps {
      return { n: yield* sweepExpired(engine, Date.now(), work), ok: 1 };
    },
  },
};
