import type { Reply } from '../bson/encode.ts';
import { toNumber } from '../bson/number.ts';
import { field, isNumeric } from '../bson/value.ts';
import { mostConnections } from '../wire/listener.ts';
import type { Context } from './command.ts';
import { version } from './handshake.ts';
import { fileBytes } from './sizes.ts';

const mebibyte = 1024 * 1024;

/** The state of the engine: MongoDB's sections as far as they mean something here, and `sqlite`, which is our own. */
export function serverStatus(context: Context): Reply {
  const { server, engine, cursors, sessions } = context;
  const uptimeMillis = Date.now() - server.started;
  const current = server.connections();
  const memory = process.memoryUsage();
  const cache = Number(engine.connection.row('PRAGMA cache_size')?.[0] ?? 0);
  const pageSize = Number(engine.connection.row('PRAGMA page_size')?.[0] ?? 0);
  const status: Reply = {
    host: server.host,
    version,
    process: 'embedded',
    pid: process.pid,
    uptime: Math.floor(uptimeMillis / 1000),
    uptimeMillis,
    uptimeEstimate: Math.floor(uptimeMillis / 1000),
    localTime: new Date(),
    connections: {
      current,
      available: Math.max(0, mostConnections - current),
      totalCreated: server.totalConnections(),
    },
    network: {
      bytesIn: server.traffic.bytesIn,
      bytesOut: server.traffic.bytesOut,
      numRequests: server.traffic.requests,
    },
    opcounters: { ...server.counters.operations },
    mem: { bits: 64, resident: Math.floor(memory.rss / mebibyte), supported: true },
    metrics: { cursor: { open: { total: cursors.size } } },
    transactions: { currentOpen: engine.open.size },
    logicalSessionRecordCache: { activeSessionsCount: sessions.size },
    storageEngine: { name: 'sqlite', persistent: true, supportsCommittedReads: true },
    sqlite: {
      fileBytes: fileBytes(engine.file),
      walBytes: fileBytes(`${engine.file}-wal`),
      pageSize,
      // SQLite tells it in pages, or, negative, in KiB.
      cacheBytes: cache < 0 ? -cache * 1024 : cache * pageSize,
    },
  };
  // A section that is set to 0 or false is not wanted.
  const unwanted = (name: string): boolean => {
    const wish = field(context.body, name);
    return wish === false || (isNumeric(wish) && toNumber(wish) === 0);
  };
  return { ...Object.fromEntries(Object.entries(status).filter(([name]) => !unwanted(name))), ok: 1 };
}
