/** The work of the engine's bench: the same orders and the same documents for the engine and for plain SQLite. */
import { createHash } from 'node:crypto';

export type Row = {
  readonly _id: number;
  /** Indexed; scattered, so that neighbours by `n` lie apart in the table. */
  readonly n: number;
  readonly count: number;
  readonly name: string;
  readonly at: Date;
  readonly tags: readonly string[];
  readonly place: { readonly room: number; readonly shelf: string };
  readonly text: string;
};

/** One piece of work; what it does is timed from the first operation to the last answer. */
export type Order =
  | { readonly kind: 'fill'; readonly from: number; readonly documents: number }
  /** Reads by id, so many under way at once. */
  | { readonly kind: 'points'; readonly keys: readonly number[]; readonly atOnce: number }
  /** Each reads `length` documents with `n` from here on, by the index and in its order. */
  | { readonly kind: 'ranges'; readonly starts: readonly number[]; readonly length: number }
  | { readonly kind: 'inserts'; readonly from: number; readonly documents: number }
  | { readonly kind: 'batches'; readonly from: number; readonly batches: number; readonly size: number }
  | { readonly kind: 'updates'; readonly keys: readonly number[] }
  /** A file in chunks of 255 KiB, each a write of its own. */
  | { readonly kind: 'write file' | 'read file'; readonly name: string; readonly megabytes: number }
  | { readonly kind: 'remove file'; readonly name: string };

export type Kind = Order['kind'];
export type Answer = { readonly ms: number; readonly operations: number; readonly problem: string | null };

/** What both sides can do. Every method throws where an answer is not what it has to be. */
export type Works = {
  readonly insertMany: (rows: readonly Row[]) => Promise<void>;
  readonly insertOne: (row: Row) => Promise<void>;
  readonly read: (id: number) => Promise<Row | null>;
  readonly range: (start: number, length: number) => Promise<readonly Row[]>;
  readonly update: (id: number) => Promise<void>;
  readonly writeFile: (name: string, parts: Iterable<Buffer>) => Promise<void>;
  readonly readFile: (name: string) => AsyncIterable<Buffer>;
  readonly removeFile: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

export const chunkBytes = 255 * 1024;

const filler = createHash('sha512').update('headwater').digest('base64').repeat(20);

/** `n` of an id: at most two ids share one, and it is an int32. */
export const scattered = (id: number): number => Math.imul(id, 0x9e3779b1) >>> 1;

/** A document of about `bytes` bytes of BSON; the same for the same id. */
export function rowOf(id: number, bytes: number): Row {
  const text = filler.slice(id % 64, (id % 64) + Math.max(0, bytes - 170));
  return {
    _id: id,
    n: scattered(id),
    count: 0,
    name: `name of ${id}`,
    at: new Date(1_700_000_000_000 + id * 1000),
    tags: [`t${id % 7}`, `t${id % 11}`],
    place: { room: id % 100, shelf: `s${id % 13}` },
    text,
  };
}

const block = Buffer.from(filler.repeat(220)).subarray(0, chunkBytes);

/** A file's bytes, each chunk another. */
export function* fileParts(megabytes: number): Iterable<Buffer> {
  const bytes = megabytes * 1024 * 1024;
  for (let at = 0; at < bytes; at += chunkBytes) {
    const part = Buffer.from(block.subarray(0, Math.min(chunkBytes, bytes - at)));
    part.writeUInt32LE(at / chunkBytes, 0);
    yield part;
  }
}

function demand(right: boolean, what: string): void {
  if (!right) throw new Error(what);
}

/** Does what is ordered; returns how many operations it was. */
export async function perform(works: Works, order: Order, bytes: number): Promise<number> {
  switch (order.kind) {
    case 'fill':
      for (let id = order.from; id < order.from + order.documents; id += 1000) {
        const size = Math.min(1000, order.from + order.documents - id);
        await works.insertMany(Array.from({ length: size }, (_, at) => rowOf(id + at, bytes)));
      }
      return order.documents;
    case 'points': {
      let next = 0;
      const reader = async (): Promise<void> => {
        while (next < order.keys.length) {
          const key = order.keys[next++] ?? 0;
          const row = await works.read(key);
          demand(row?._id === key && row.n === scattered(key), `the document ${key} is not the one that was written`);
        }
      };
      await Promise.all(Array.from({ length: order.atOnce }, reader));
      return order.keys.length;
    }
    case 'ranges':
      for (const start of order.starts) {
        const rows = await works.range(start, order.length);
        demand(rows.length === order.length, `${rows.length} documents from ${start} on`);
        demand((rows[0]?.n ?? -1) >= start && (rows.at(-1)?.n ?? -1) > (rows[0]?.n ?? -1), 'the range has no order');
      }
      return order.starts.length;
    case 'inserts':
      for (let id = order.from; id < order.from + order.documents; id++) await works.insertOne(rowOf(id, bytes));
      return order.documents;
    case 'batches':
      for (let batch = 0; batch < order.batches; batch++) {
        const from = order.from + batch * order.size;
        await works.insertMany(Array.from({ length: order.size }, (_, at) => rowOf(from + at, bytes)));
      }
      return order.batches * order.size;
    case 'updates':
      for (const key of order.keys) await works.update(key);
      return order.keys.length;
    case 'write file':
      await works.writeFile(order.name, fileParts(order.megabytes));
      return order.megabytes;
    case 'read file': {
      let read = 0;
      for await (const part of works.readFile(order.name)) {
        demand(part.readUInt32LE(0) === read / chunkBytes, 'the chunks are out of order');
        read += part.length;
      }
      demand(read === order.megabytes * 1024 * 1024, `${read} bytes were read`);
      return order.megabytes;
    }
    case 'remove file':
      await works.removeFile(order.name);
      return 1;
  }
}
