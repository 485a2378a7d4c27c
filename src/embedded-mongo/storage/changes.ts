import type { Allowance } from './allowance.ts';
import type { Collection } from './catalog.ts';

export interface Change {
  /** The committed bytes that the change stands on; undefined for a new document. */
  readonly before: Buffer | undefined;
  /** Undefined for a document taken away. */
  readonly after: Buffer | undefined;
}

/** What a changed document costs beside its bytes: its place, its claims, its entries in maps. */
const costOfChange = 512;

/** The uncommitted changes of one transaction, counted against what all open transactions may hold. */
export class Changes {
  readonly #allowance: Allowance;
  readonly #collections = new Map<number, { readonly collection: Collection; readonly rows: Map<number, Change> }>();
  #bytes = 0;

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  has(collection: Collection): boolean {
    return this.#collections.has(collection.id);
  }

  of(collection: Collection): ReadonlyMap<number, Change> | undefined {
    return this.#collections.get(collection.id)?.rows;
  }

  all(): Iterable<{ readonly collection: Collection; readonly rows: ReadonlyMap<number, Change> }> {
    return this.#collections.values();
  }

  /** Remembers a change, or, with undefined, forgets a document that came and went within this transaction. */
  set(collection: Collection, rid: number, change: Change | undefined): void {
    const known = this.#collections.get(collection.id) ?? { collection, rows: new Map<number, Change>() };
    this.#collections.set(collection.id, known);
    const more = costOf(change) - costOf(known.rows.get(rid));
    this.#allowance.take(more);
    this.#bytes += more;
    if (change) known.rows.set(rid, change);
    else known.rows.delete(rid);
  }

  clear(): void {
    this.#collections.clear();
    this.#allowance.take(-this.#bytes);
    this.#bytes = 0;
  }
}

function costOf(change: Change | undefined): number {
  return change ? (change.before?.length ?? 0) + (change.after?.length ?? 0) + costOfChange : 0;
}
