import { randomBytes } from 'node:crypto';
import type { Reply, ReplyValue } from '../bson/encode.ts';
import { encode } from '../bson/encode.ts';
import { type Document, RawDocument } from '../bson/value.ts';
import { CommandError } from '../errors.ts';

const mostBytes = 16 * 1024 * 1024 - 65536;
/** What a document costs in memory beside its bytes: batches of very small ones are kept short. */
const costOfDocument = 256;
const firstBatch = 101;
const idleMilliseconds = 10 * 60_000;

export type CursorDocuments = Iterator<RawDocument | Document>;

interface Cursor {
  readonly namespace: string;
  readonly documents: CursorDocuments;
  readonly session: string;
  /** A document that did not fit into the last batch. */
  waiting: RawDocument | undefined;
  used: number;
}

/** Answers that are fetched in several batches. */
export class Cursors {
  readonly #cursors = new Map<bigint, Cursor>();

  /** The first batch; a cursor stays where there is more. */
  first(
    namespace: string,
    documents: Iterable<RawDocument | Document>,
    session: string,
    size: number | undefined,
    single = false,
  ): Reply {
    const cursor: Cursor = {
      namespace,
      documents: documents[Symbol.iterator](),
      session,
      waiting: undefined,
      used: Date.now(),
    };
    const { batch, done } = fill(cursor, size ?? firstBatch);
    let id = 0n;
    if (!done && !single) {
      id = newId();
      this.#cursors.set(id, cursor);
    }
    return { cursor: { firstBatch: batch, id, ns: namespace }, ok: 1 };
  }

  next(id: bigint, namespace: string, size: number | undefined): Reply {
    const cursor = this.#cursors.get(id);
    if (!cursor) throw new CommandError(43, `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw new CommandError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    cursor.used = Date.now();
    try {
      const { batch, done } = fill(cursor, size || Number.MAX_SAFE_INTEGER);
      if (done) this.#cursors.delete(id);
      return { cursor: { nextBatch: batch, id: done ? 0n : id, ns: namespace }, ok: 1 };
    } catch (error) {
      this.#cursors.delete(id);
      throw error;
    }
  }

  kill(id: bigint): boolean {
    return this.#cursors.delete(id);
  }

  /** Forgets the cursors of a session that ended, or all that nobody has asked for a while. */
  sweep(session?: string): void {
    const oldest = Date.now() - idleMilliseconds;
    for (const [id, cursor] of this.#cursors) {
      if (session !== undefined ? cursor.session === session : cursor.used < oldest) this.#cursors.delete(id);
    }
  }

  get size(): number {
    return this.#cursors.size;
  }
}

function newId(): bigint {
  return (randomBytes(8).readBigUInt64BE() >> 2n) + 1n;
}

function fill(cursor: Cursor, size: number): { batch: ReplyValue[]; done: boolean } {
  const batch: ReplyValue[] = [];
  let bytes = 0;
  while (batch.length < size) {
    let document = cursor.waiting;
    cursor.waiting = undefined;
    if (!document) {
      const next = cursor.documents.next();
      if (next.done) return { batch, done: true };
      document = next.value instanceof RawDocument ? next.value : new RawDocument(encode(next.value));
    }
    if (batch.length > 0 && bytes + document.bytes.length > mostBytes) {
      cursor.waiting = document;
      return { batch, done: false };
    }
    bytes += document.bytes.length + costOfDocument;
    batch.push(document);
  }
  return { batch, done: false };
}
