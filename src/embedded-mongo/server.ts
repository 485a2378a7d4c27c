import { rmSync } from 'node:fs';
import type { Server, Socket } from 'node:net';
import type { Reply } from './bson/encode.ts';
import { Cursors } from './command/cursors.ts';
import { Queue } from './command/queue.ts';
import { Sessions } from './command/sessions.ts';
import { Engine } from './storage/engine.ts';
import { forgetSessions } from './storage/sessionRecord.ts';
import { Client } from './wire/client.ts';
import { type Address, hostOf, listen } from './wire/listener.ts';

const sweepEvery = 60_000;
const lookForOldTransactionsEvery = 1000;
const sessionLife = 60 * 60_000;

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
  static async start(
    file: string,
    before: Address | undefined,
    onLog: (line: string) => void,
  ): Promise<EmbeddedServer> {
    const engine = new Engine(file);
    const cursors = new Cursors();
    const sessions = new Sessions(engine, cursors);
    const sockets = new Set<Socket>();
    const facts = { host: 'localhost', started: Date.now(), connections: () => sockets.size };
    const queue = new Queue({ engine, cursors, sessions, server: facts });
    let lastConnection = 0;
    const { server, address } = await listen(file, before, (socket) => {
      const id = ++lastConnection;
      sockets.add(socket);
      new Client(id, socket, (request) => queue.add(request));
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
        queue.add({ name: 'sweepExpired', db: 'admin', body: {}, documents: undefined, connection: 0, answer: swept });
        engine.atomically(() => {
          engine.beforeWrite();
          forgetSessions(engine.connection, Date.now() - sessionLife);
        });
        engine.commit();
        cursors.sweep();
      } catch (error) {
        onLog(`the sweep of old sessions failed: ${String(error)}`);
      }
    };
    const timers = [setInterval(sweep, sweepEvery), setInterval(() => sessions.sweep(), lookForOldTransactionsEvery)];
    return new EmbeddedServer(engine, queue, server, address, sockets, timers);
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    this.#queue.close();
    this.#engine.close();
    if ('path' in this.address) rmSync(this.address.path, { force: true });
  }
}
