import { gramsOf } from './grams.ts';

/** So many places are counted for one question; the rarest triples come first. */
const mostCounted = 150_000;

/** A list of numbers that grows in place. */
class Growing {
  #values = new Uint32Array(4);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const wider = new Uint32Array(Math.ceil(this.length * 1.5));
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.length++] = value;
  }

  get values(): Uint32Array {
    return this.#values;
  }
}

/** Texts by the triples of letters in them: finds the few that may be like another one without comparing them all. */
export class Candidates {
  readonly #lists = new Map<number, Growing>();
  #grams = new Uint8Array(64);
  #shared = new Uint8Array(64);
  #length = 0;
  #places = 0;

  /** Adds a text; it gets the next number, from 0. */
  add(text: string): void {
    const id = this.#length++;
    if (id >= this.#grams.length) {
      const wider = new Uint8Array(Math.ceil(id * 1.5));
      wider.set(this.#grams);
      this.#grams = wider;
      this.#shared = new Uint8Array(wider.length);
    }
    const grams = gramsOf(text);
    this.#grams[id] = grams.length;
    this.#places += grams.length;
    for (const gram of grams) {
      const list = this.#lists.get(gram) ?? new Growing();
      if (list.length === 0) this.#lists.set(gram, list);
      list.push(id);
    }
  }

  /** The numbers of up to `most` texts that share the largest part of their triples with this one, best first. */
  of(text: string, most: number): readonly number[] {
    const grams = gramsOf(text);
    const lists = grams.flatMap((gram) => this.#lists.get(gram) ?? []);
    lists.sort((one, other) => one.length - other.length);
    const touched: number[] = [];
    let counted = 0;
    let asked = 0;
    for (const list of lists) {
      if (counted > 0 && counted + list.length > mostCounted) break;
      counted += list.length;
      asked++;
      const { values, length } = list;
      for (let place = 0; place < length; place++) {
        const id = values[place] as number;
        if (this.#shared[id] === 0) touched.push(id);
        (this.#shared[id] as number)++;
      }
    }
    const best = this.#best(touched, grams.length - lists.length + asked, most);
    for (const id of touched) this.#shared[id] = 0;
    return best;
  }

  /** Sorted into a drawer for each per cent that is shared: linear, and the same every time. */
  #best(touched: readonly number[], asked: number, most: number): readonly number[] {
    const drawers: number[][] = Array.from({ length: 101 }, () => []);
    for (const id of touched) {
      const shared = this.#shared[id] as number;
      const all = Math.max(asked, this.#grams[id] as number, 1);
      drawers[Math.min(100, Math.floor((100 * shared) / all))]?.push(id);
    }
    const best: number[] = [];
    for (let drawer = 100; drawer >= 0 && best.length < most; drawer--) {
      best.push(...(drawers[drawer] ?? []).sort((one, other) => one - other).slice(0, most - best.length));
    }
    return best;
  }

  /** About how many bytes it takes. */
  get bytes(): number {
    return this.#places * 5 + this.#lists.size * 120 + this.#grams.length * 2;
  }
}
