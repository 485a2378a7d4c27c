import type { Reply } from '../bson/encode.ts';
import type { Collection } from '../storage/catalog.ts';
import { measure } from '../storage/scan.ts';
import { sweepExpired } from '../storage/ttl.ts';
import { collectionName } from './argument.ts';
import { type Commands, type Context, findCollection, type Step, type Steps } from './command.ts';

function* sizes(
  context: Context,
  collections: readonly Collection[],
): Generator<Step, { count: number; size: number }> {
  let count = 0;
  let size = 0;
  for (const collection of collections) {
    const measured = yield* measure(context.engine.connection, collection, context.work);
    count += measured.count;
    size += measured.bytes;
  }
  return { count, size };
}

function* collStats(context: Context): Steps {
  const name = collectionName(context.body, 'collStats');
  const collection = findCollection(context, name);
  const { count, size } = yield* sizes(context, collection ? [collection] : []);
  const avgObjSize = count === 0 ? 0 : Math.round(size / count);
  return {
    ns: `${context.db}.${name}`,
    count,
    size,
    avgObjSize,
    storageSize: size,
    nindexes: collection?.indexes.length ?? 0,
    capped: false,
    ok: 1,
  };
}

function* dbStats(context: Context): Steps {
  const collections = context.engine.catalog.all(context.db);
  const { count, size } = yield* sizes(context, collections);
  const indexes = collections.reduce((sum, { indexes: own }) => sum + own.length, 0);
  return {
    db: context.db,
    collections: collections.length,
    views: 0,
    objects: count,
    dataSize: size,
    storageSize: size,
    indexes,
    ok: 1,
  };
}

function serverStatus(context: Context): Reply {
  return {
    host: context.server.host,
    version: '7.0.0',
    process: 'embedded',
    pid: process.pid,
    uptime: Math.floor((Date.now() - context.server.started) / 1000),
    localTime: new Date(),
    connections: { current: context.server.connections() },
    metrics: { cursor: { open: { total: context.cursors.size } } },
    transactions: { currentOpen: context.engine.open.size },
    storageEngine: { name: 'sqlite', persistent: true, supportsCommittedReads: true },
    ok: 1,
  };
}

export const administrationCommands: Commands = {
  collStats: { fields: ['scale'], run: collStats },
  dbStats: { fields: ['scale', 'freeStorage'], run: dbStats },
  dbstats: { fields: ['scale', 'freeStorage'], run: dbStats },
  serverStatus: { fields: [], run: serverStatus },
  // Not a command of MongoDB: removes what TTL indexes say has expired at once rather than within a minute.
  sweepExpired: {
    fields: [],
    *run({ engine, work }): Steps {
      return { n: yield* sweepExpired(engine, Date.now(), work), ok: 1 };
    },
  },
};
