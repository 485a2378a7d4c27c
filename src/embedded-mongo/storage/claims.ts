import type { Index } from './catalog.ts';

/** The values of unique indexes that a transaction has taken for its documents, and nobody else may take meanwhile. */
export class Claims {
  readonly #holders = new Map<number, Map<string, number>>();
  /** What each document holds, so that letting go does not look through all the others. */
  readonly #held = new Map<string, [index: number, key: string][]>();

  /** The place of the document that has this value; undefined where none has. */
  holder(index: Index, key: Buffer): number | undefined {
    return this.#holders.get(index.id)?.get(key.toString('latin1'));
  }

  add(collection: number, rid: number, index: Index, key: Buffer): void {
    const text = key.toString('latin1');
    const holders = this.#holders.get(index.id) ?? new Map<string, number>();
    this.#holders.set(index.id, holders.set(text, rid));
    const place = `${collection}/${rid}`;
    const held = this.#held.get(place);
    if (held) held.push([index.id, text]);
    else this.#held.set(place, [[index.id, text]]);
  }

  /** Lets go of everything that a document holds. */
  release(collection: number, rid: number): void {
    const place = `${collection}/${rid}`;
    for (const [index, key] of this.#held.get(place) ?? []) {
      const holders = this.#holders.get(index);
      if (holders?.get(key) === rid) holders.delete(key);
    }
    this.#held.delete(place);
  }

  clear(): void {
    this.#holders.clear();
    this.#held.clear();
  }
}
