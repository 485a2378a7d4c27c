import { decode } from '../bson/decode.ts';
import type { Document } from '../bson/value.ts';
import type { Collection, Index } from './catalog.ts';

/** A document as it is stored; `rid` is its place, in the order of insertion. */
export class Row {
  readonly rid: number;
  readonly bytes: Buffer;
  /** Comes from an open transaction, not from the index that was asked: has to be checked against the whole query. */
  readonly unverified: boolean;
  #document: Document | undefined;

  constructor(rid: number, bytes: Buffer, unverified = false) {
    this.rid = rid;
    this.bytes = bytes;
    this.unverified = unverified;
  }

  get document(): Document {
    this.#document ??= decode(this.bytes);
    return this.#document;
  }

  /** Lets the decoded document go where only the bytes are needed. */
  forget(): void {
    this.#document = undefined;
  }
}

/** Keys from `low` on, below `high`. */
export interface Range {
  readonly low: Buffer;
  readonly high: Buffer;
}

/** Counts the entries of indexes that are read, for `explain`. */
export interface Tally {
  keys: number;
}

export type Access =
  | { readonly kind: 'collection'; readonly reverse: boolean }
  | { readonly kind: 'index'; readonly index: Index; readonly ranges: readonly Range[]; readonly reverse: boolean }
  /** One after the other, each document once. */
  | { readonly kind: 'union'; readonly parts: readonly Access[]; readonly reverse: false };

/** What one command sees and changes: the committed documents, or a transaction's snapshot with its own changes. */
export interface View {
  readonly transaction: boolean;
  /** Indexes that this view may read. */
  indexes(collection: Collection): readonly Index[];
  /** Whether rows come in the order of the access. */
  isOrdered(collection: Collection): boolean;
  scan(collection: Collection, access: Access, expected: number, tally?: Tally): Generator<Row>;
  insert(collection: Collection, document: Document, bytes: Buffer): void;
  replace(collection: Collection, row: Row, document: Document, bytes: Buffer): void;
  remove(collection: Collection, row: Row): void;
}
