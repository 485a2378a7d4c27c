import type { Reply } from '../bson/encode.ts';
import type { Document, RawDocument } from '../bson/value.ts';
import type { Pause, Work } from '../query/work.ts';
import type { Collection } from '../storage/catalog.ts';
import type { Engine } from '../storage/engine.ts';
import type { View } from '../storage/view.ts';
import type { Cursors } from './cursors.ts';
import type { Sessions } from './sessions.ts';

/** A request as it came over the wire. */
export interface Request {
  readonly name: string;
  readonly db: string;
  readonly body: Document;
  /** The documents of an insert, as bytes. */
  readonly documents: readonly RawDocument[] | undefined;
  /** The client's connection: a number. */
  readonly connection: number;
  readonly answer: (reply: Reply) => void;
}

/** What a command can see and use. */
export interface Context {
  readonly engine: Engine;
  readonly cursors: Cursors;
  readonly sessions: Sessions;
  readonly request: Request;
  readonly db: string;
  readonly body: Document;
  /** The committed documents or the transaction that the command belongs to. */
  readonly view: View;
  /** The session's id in hex; empty without a session. */
  readonly session: string;
  /** The command's time: when it has to make way for others, and when to give up. */
  readonly work: Work;
  /** Of a write that a driver may send again: what an interrupted try has done already. */
  readonly progress: Progress | undefined;
  readonly server: ServerFacts;
}

/** How far a retryable write came; each note is on the disk together with the writes that it tells of. */
export interface Progress {
  readonly done: Document | undefined;
  note(done: Reply): void;
}

/** Given in the place of a reply: the write meets an open transaction and goes on when one has ended. */
export const waiting = Symbol('waiting');
/** Between two steps of a command others run, and what it has written is committed. */
export type Step = Pause | typeof waiting;
export type Steps = Generator<Step, Reply>;

export interface ServerFacts {
  readonly host: string;
  readonly started: number;
  readonly connections: () => number;
}

export interface Command {
  /** The fields it understands, besides those that all commands have. */
  readonly fields: readonly string[];
  /** Whether it may run in a transaction. */
  readonly inTransaction?: boolean;
  /** Whether nobody needs its work when the client that asked is gone. */
  readonly onlyReads?: boolean;
  /** Gives the reply at once, or works in steps. */
  readonly run: (context: Context) => Reply | Steps;
}

export type Commands = Readonly<Record<string, Command>>;

export function findCollection(context: Context, name: string): Collection | undefined {
  return context.engine.catalog.find(context.db, name);
}

/** The collection, made where it is not there yet. */
export function collectionForWriting(context: Context, name: string): Collection {
  const found = findCollection(context, name);
  if (found) return found;
  context.engine.beforeWrite();
  return context.engine.catalog.create(context.db, name, {});
}
