import type { ClientSession, Connection } from 'mongoose';
import type { Memory } from './memory.ts';

/** Where commands to the database go: straight to it, or through one session. */
export type Scope = {
  readonly connection: Connection;
  readonly session: ClientSession | null;
  /** What may be remembered between questions. */
  readonly memory: Memory;
  run<T>(command: () => PromiseLike<T>): Promise<T>;
};

export function openScope(connection: Connection, memory: Memory): Scope {
  return { connection, memory, session: null, run: async (command) => command() };
}

/**
 * The scope of one try of a transaction. A session carries one command at a time, so whatever callers ask for side by
 * side is put into a row. Once closed it refuses: a late command would run outside of the transaction.
 */
export function sessionScope(outer: Scope, session: ClientSession): Scope & { close(): Promise<void> } {
  let last: Promise<unknown> = Promise.resolve();
  let open = true;
  const run = <T>(command: () => PromiseLike<T>): Promise<T> => {
    const next = last.then(() => {
      if (!open) throw new Error('This transaction is over.');
      return command();
    });
    last = next.catch(() => {});
    return next;
  };
  return {
    connection: outer.connection,
    memory: outer.memory,
    session,
    run,
    close: async () => {
      open = false;
      await last;
    },
  };
}
