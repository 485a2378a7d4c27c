import type { Reply } from '../bson/encode.ts';
import type { Document, RawDocument } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { Pause, Work } from '../query/work.ts';
import type { Collection } from '../storage/catalog.ts';
import type { Engine } from '../storage/engine.ts';
import { provisionalCollection } from '../storage/provisional.ts';
import { Transaction, transient } from '../storage/transaction.ts';
import type { View } from '../storage/view.ts';
import type { Traffic } from '../wire/traffic.ts';
import type { Counters } from './counters.ts';
import type { Cursors } from './cursors.ts';
import type { SessionFields } from './sessionFields.ts';
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
  /** To whom the cursors that the command opens belong: the session's id in hex, its transaction, or nobody (''). */
  readonly session: string;
  readonly sessionFields: SessionFields | undefined;
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
  readonly totalConnections: () => number;
  readonly counters: Counters;
  readonly traffic: Traffic;
}

export interface Command {
  /** The fields it understands, besides those that all commands have. */
  readonly fields: readonly string[];
  /** Whether it may run in a transaction. */
  readonly inTransaction?: boolean;
  /** Takes fields of any name: they are the names of what is asked for. */
  readonly anyField?: boolean;
  /** Only on the database `admin`. */
  readonly adminOnly?: boolean;
  /** Whether nobody needs its work when the client that asked is gone. */
  readonly onlyReads?: boolean;
  /** Gives the reply at once, or works in steps. */
  readonly run: (context: Context) => Reply | Steps;
}

export type Commands = Readonly<Record<string, Command>>;

/** The collection as the command sees it: now, or in its transaction. Throws SnapshotUnavailable. */
export function findCollection(context: Context, name: string): Collection | undefined {
  const { view, engine, db } = context;
  const current = engine.catalog.find(db, name);
  if (!(view instanceof Transaction)) return current;
  const own = createdIn(context).get(`${db}.${name}`);
  if (own) return own;
  const known = view.connection.row('SELECT id FROM collections WHERE db = ? AND name = ?', db, name)?.[0];
  if (known === undefined) return undefined;
  if (current?.id !== Number(known)) throw snapshotUnavailable(`${db}.${name}`);
  return current;
}

/** The collection, made where it is not there yet. In a transaction it is the transaction's own until the commit. */
export function collectionForWriting(context: Context, name: string): Collection {
  const found = findCollection(context, name);
  if (found) return found;
  const { view, engine, db } = context;
  if (view instanceof Transaction) {
    if (engine.catalog.find(db, name)) throw snapshotUnavailable(`${db}.${name}`);
    const made = provisionalCollection(db, name);
    createdIn(context).set(made.namespace, made);
    return made;
  }
  engine.beforeWrite();
  return engine.catalog.create(db, name, {});
}

function createdIn({ sessions, sessionFields }: Context): Map<string, Collection> {
  return sessions.created(sessionFields?.id ?? '');
}

function snapshotUnavailable(namespace: string): CommandError {
  const message = `Unable to read from a snapshot due to pending collection catalog changes to '${namespace}'; please retry the operation.`;
  return new CommandError(246, message, transient);
}
