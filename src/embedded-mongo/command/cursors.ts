import { randomBytes } from 'node:crypto';
import type { Reply, ReplyValue } from '../bson/encode.ts';
import { encode } from '../bson/encode.ts';
import { type Document, RawDocument } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { type Pause, pause, Work } from '../query/work.ts';
import { checkCursorOwner } from './cursorOwner.ts';

const mostBytes = 16 * 1024 * 1024 - 65536;
const firstBatch = 101;
const lookEvery = 32;

type Item = RawDocument | Document | Pause;

/** Where the documents of an answer come from and who may ask for them. */
export interface Source {
  /** Of the form `database.collection`. */
  readonly namespace: string;
  readonly documents: Iterable<Item>;
  /** The session's id in hex; empty without one. */
  readonly session: string;
  /** Ends with the transaction of its session. */
  readonly inTransaction?: boolean;
  readonly work?: Work;
  /** There are no more documents than these; 0 where nobody knows. */
  readonly limit?: number;
  /** Is kept however long nobody asks for it. */
  readonly noTimeout?: boolean;
}

interface Cursor {
  readonly source: Source;
  readonly work: Work;
  readonly documents: Iterator<Item>;
  /** A document that did not fit into the last batch. */
  waiting: RawDocument | undefined;
  given: number;
  used: number;
  /** A batch is being gathered. */
  busy: boolean;
}

/** Answers that are fetched in several batches. */
export class Cursors {
  readonly #cursors = new Map<bigint, Cursor>();
  readonly #idleMilliseconds: number;
  readonly #most: number;

  /** Cursors that nobody asks for longer than `idleMilliseconds` are forgotten; no more than `most` are open at once. */
  constructor({ idleMilliseconds = 10 * 60_000, most = 10_000 } = {}) {
    this.#idleMilliseconds = idleMilliseconds;
    this.#most = most;
  }

  /** The first batch of a list that is there already. */
  first(
    namespace: string,
    documents: Iterable<RawDocument | Document>,
    session: string,
    size: number | undefined,
    single = false,
  ): Reply {
    const steps = this.open({ namespace, documents, session }, size, single);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }

  /** The first batch, of 101 documents where `size` does not say otherwise; a cursor stays where there is more. */
  *open(source: Source, size: number | undefined, single = false): Generator<Pause, Reply> {
    const cursor: Cursor = {
      source,
      work: source.work ?? new Work(),
      documents: source.documents[Symbol.iterator](),
      waiting: undefined,
      given: 0,
      used: Date.now(),
      busy: false,
    };
    const { batch, done } = yield* fill(cursor, size ?? firstBatch);
    let id = 0n;
    if (!done && !single) {
      if (this.#cursors.size >= this.#most) throw new CommandError(146, `more than ${this.#most} cursors are open`);
      id = newId();
      cursor.work.rest();
      cursor.used = Date.now();
      this.#cursors.set(id, cursor);
    }
    return { cursor: { firstBatch: batch, id, ns: source.namespace }, ok: 1 };
  }

  /** A further batch, within the slices of `turn`, the work of the command that asks for it. */
  *next(id: bigint, namespace: string, session: string, size: number | undefined, turn: Work): Generator<Pause, Reply> {
    const cursor = this.#find(id, namespace, session);
    cursor.busy = true;
    cursor.work.resume();
    let open = false;
    try {
      const { batch, done } = yield* inTurn(fill(cursor, size || Number.MAX_SAFE_INTEGER), cursor.work, turn);
      open = !done;
      return { cursor: { nextBatch: batch, id: done ? 0n : id, ns: namespace }, ok: 1 };
    } finally {
      cursor.busy = false;
      cursor.used = Date.now();
      cursor.work.rest();
      if (!open) this.#cursors.delete(id);
    }
  }

  #find(id: bigint, namespace: string, session: string): Cursor {
    const cursor = this.#cursors.get(id);
    if (!cursor) throw new CommandError(43, `cursor id ${id} not found`);
    if (cursor.source.namespace !== namespace) {
      throw new CommandError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.source.namespace}`,
      );
    }
    checkCursorOwner(id, cursor.source.session, session);
    if (cursor.busy) throw new CommandError(143, `cursor id ${id} is already in use`);
    return cursor;
  }

  /** Whether there was such a cursor. Where a batch is being gathered, that ends with CursorKilled. */
  kill(id: bigint): boolean {
    const cursor = this.#cursors.get(id);
    if (!cursor) return false;
    this.#cursors.delete(id);
    if (cursor.busy) cursor.work.stop(new CommandError(237, `cursor id ${id} was killed`));
    return true;
  }

  /** Forgets the cursors of a session that ended, or all that nobody has asked for a while. */
  sweep(session?: string): void {
    const oldest = Date.now() - this.#idleMilliseconds;
    for (const [id, { source, used, busy }] of this.#cursors) {
      const idle = !busy && source.noTimeout !== true && used < oldest;
      if (session === undefined ? idle : source.session === session) this.kill(id);
    }
  }

  /** Forgets the cursors that were opened in a session's transaction. */
  endTransaction(session: string): void {
    for (const [id, { source }] of this.#cursors)
      if (source.session === session && source.inTransaction === true) this.kill(id);
  }

  get size(): number {
    return this.#cursors.size;
  }
}

/** Runs a cursor's work in the slices of the command that asked for it. */
function* inTurn<T>(steps: Generator<Pause, T>, work: Work, turn: Work): Generator<Pause, T> {
  for (;;) {
    work.begin();
    const { done, value } = steps.next();
    if (done) return value;
    // Says whether the command that asked, rather than the cursor, has to end.
    turn.isDue();
    yield value;
  }
}

function newId(): bigint {
  return (randomBytes(8).readBigUInt64BE() >> 2n) + 1n;
}

function* fill(cursor: Cursor, size: number): Generator<Pause, { batch: ReplyValue[]; done: boolean }> {
  const batch: ReplyValue[] = [];
  const { limit = 0 } = cursor.source;
  let bytes = 0;
  while (batch.length < size) {
    let document = cursor.waiting;
    cursor.waiting = undefined;
    if (!document) {
      const next = cursor.documents.next();
      if (next.done) return { batch, done: true };
      if (next.value === pause) {
        yield pause;
        continue;
      }
      document = next.value instanceof RawDocument ? next.value : new RawDocument(encode(next.value as Document));
    }
    if (batch.length > 0 && bytes + document.bytes.length > mostBytes) {
      cursor.waiting = document;
      return { batch, done: false };
    }
    bytes += document.bytes.length;
    batch.push(document);
    cursor.given++;
    if (limit > 0 && cursor.given >= limit) return { batch, done: true };
    if (batch.length % lookEvery === 0 && cursor.work.isDue()) yield pause;
  }
  return { batch, done: false };
}
