import type { Reply } from '../bson/encode.ts';
import type { Collection } from '../storage/catalog.ts';
import { sweepExpired } from '../storage/ttl.ts';
import { collectionName } from './argument.ts';
import { type Commands, type Context, findCollection } from './command.ts';

function sizes(context: Context, collections: readonly Collection[]): { count: number; size: number } {
  let count = 0;
  let size = 0;
  for (const { id } of collections) {
    const [n, bytes] = context.engine.connection.row(`SELECT count(*), sum(length(bson)) FROM c_${id}`) ?? [];
    count += Number(n ?? 0);
    size += Number(bytes ?? 0);
  }
  return { count, size };
}

function collStats(context: Context): Reply {
  const name = collectionName(context.body, 'collStats');
  const collection = findCollection(context, name);
  const { count, size } = sizes(context, collection ? [collection] : []);
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

function dbStats(context: Context): Reply {
  const collections = context.engine.catalog.all(context.db);
  const { count, size } = sizes(context, collections);
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
  sweepExpired: { fields: [], run: (context) => ({ n: sweepExpired(context.engine, Date.now()), ok: 1 }) },
};
