import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, type MongoClientOptions } from 'mongodb';
import { Counters } from '../../src/embedded-mongo/command/counters.ts';
import { Cursors } from '../../src/embedded-mongo/command/cursors.ts';
import { Queue } from '../../src/embedded-mongo/command/queue.ts';
import { Sessions } from '../../src/embedded-mongo/command/sessions.ts';
import { memoryLimits } from '../../src/embedded-mongo/memory.ts';
import { Engine } from '../../src/embedded-mongo/storage/engine.ts';
import { Client } from '../../src/embedded-mongo/wire/client.ts';
import { hostOf, listen, uriOf } from '../../src/embedded-mongo/wire/listener.ts';
import { Traffic } from '../../src/embedded-mongo/wire/traffic.ts';

export type OpenedEngine = {
  readonly engine: Engine;
  readonly client: MongoClient;
  readonly another: (options: MongoClientOptions) => Promise<MongoClient>;
  readonly close: () => Promise<void>;
};

/** An engine in this thread, so that a test can reach its storage and spoil it. */
export async function openEngine(megabytes?: number): Promise<OpenedEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'hw-opened-'));
  const engine = new Engine(join(folder, 'opened.db'), memoryLimits(megabytes));
  const cursors = new Cursors();
  const sessions = new Sessions(engine, cursors);
  let connections = 0;
  const facts = {
    host: 'localhost',
    started: Date.now(),
    connections: () => 1,
    totalConnections: () => connections,
    counters: new Counters(),
    traffic: new Traffic(),
  };
  const queue = new Queue({ engine, cursors, sessions, server: facts });
  const { server, address } = await listen(engine.file, undefined, (socket) => {
    const id = ++connections;
    new Client(id, socket, (request) => queue.add(request), facts.traffic);
    socket.on('close', () => queue.forget(id));
  });
  facts.host = hostOf(address);
  const clients: MongoClient[] = [];
  const another = async (options: MongoClientOptions): Promise<MongoClient> => {
    const client = await new MongoClient(uriOf(address), options).connect();
    clients.push(client);
    return client;
  };
  return {
    engine,
    client: await another({}),
    another,
    close: async () => {
      await Promise.all(clients.map((each) => each.close()));
      await new Promise<void>((done) => server.close(() => done()));
      engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
