import { rmSync } from 'node:fs';
import type { Server, Socket } from 'node:net';
import type { Reply } from './bson/encode.ts';
import { Counters } from './command/counters.ts';
import { Cursors } from './command/cursors.ts';
import { Queue } from './command/queue.ts';
import { Sessions } from './command/sessions.ts';
import type { MemoryLimits } from './memory.ts';
import { Engine } from './storage/engine.ts';
import { forgetSessions } from './storage/sessionRecord.ts';
import { Client } from './wire/client.ts';
import { type Address, hostOf, listen } from './wire/listener.ts';
import { Traffic } from './wire/traffic.ts';

const sweepEvery = 60_000;
const lookForOldTransactionsEvery = 1000;
/** A snapshot connection that was not needed for this long is closed. */
const restAfter = 10_000;
const sessionLife = 60 * 60_000;

export interface ServerOptions {
  readonly file: string;
  readonly memory: MemoryLimits;
  /** Where the engine before listened. */
  readonly before: Address | undefined;
  readonly onLog: (line: string) => void;
}

/** The engine with its door open. */
export class EmbeddedServer {
  readonly address: Address;
  readonly #engine: Engine;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;
  readonly #timers: NodeJS.Timeout[];
  readonly #queue: Queue;

  private constructor(
    engine: Engine,
    queue: Queue,
    server: Server,
    address: Address,
    sockets: Set<Socket>,
    timers: NodeJS.Timeout[],
  ) {
    this.#engine = engine;
    this.#queue = queue;
    this.#server = server;
    this.address = address;
    this.#sockets = sockets;
    this.#timers = timers;
  }

  /** Opens the file and listens, at the address of the engine before where that is possible. */
  static async start({ file, memory, before, onLog }: ServerOptions): Promise<EmbeddedServer> {
    const engine = new Engine(file, memory);
    try {
      return await EmbeddedServer.#listen(engine, before, onLog);
    } catch (error) {
      engine.close();
      throw error;
    }
  }

  static async #listen(
    engine: Engine,
    before: Address | undefined,
    onLog: (line: string) => void,
  ): Promise<EmbeddedServer> {
    const cursors = new Cursors();
    const sessions = new Sessions(engine, cursors);
    const sockets = new Set<Socket>();
    let lastConnection = 0;
    const facts = {
      host: 'localhost',
      started: Date.now(),
      connections: () => sockets.size,
      totalConnections: () => lastConnection,
      counters: new Counters(),
      traffic: new Traffic(),
    };
    const queue = new Queue({ engine, cursors, sessions, server: facts });
    const { server, address } = await listen(engine.file, before, (socket) => {
      const id = ++lastConnection;
      sockets.add(socket);
      new Client(id, socket, (request) => queue.add(request), facts.traffic);
      socket.on('close', () => {
        sockets.delete(socket);
        queue.forget(id);
      });
    });
    facts.host = hostOf(address);
    const swept = ({ ok, errmsg }: Reply) => {
      if (ok !== 1) onLog(`the sweep of expired documents failed: ${String(errmsg)}`);
    };
    const sweep = () => {
      try {
        cursors.sweep();
        queue.add({ name: 'sweepExpired', db: 'admin', body: {}, documents: undefined, connection: 0, answer: swept });
        // What follows is a batch of its own.
        queue.flush();
        try {
          engine.atomically(() => {
            engine.beforeWrite();
            forgetSessions(engine.connection, Date.now() - sessionLife);
          });
        } finally {
          // Also where it failed: the next commands begin a batch of their own.
          engine.commit();
        }
      } catch (error) {
        onLog(`the sweep of old sessions failed: ${String(error)}`);
      }
    };
    const look = () => {
      sessions.sweep();
      engine.rest(restAfter);
    };
    const timers = [setInterval(sweep, sweepEvery), setInterval(look, lookForOldTransactionsEvery)];
    return new EmbeddedServer(engine, queue, server, address, sockets, timers);
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    this.#queue.close();
    try {
      this.#engine.close();
    } finally {
      if ('path' in this.address) rmSync(this.address.path, { force: true });
    }
  }
}
