import type { StringOrder } from '../bson/compare.ts';
import { keyString } from '../bson/key.ts';
import { namesOf } from '../bson/names.ts';
import { type Document, isDocument, setField, type Value } from '../bson/value.ts';
import { collatorOf } from './collation/collator.ts';
import { readCollation } from './collation/spec.ts';

/** The strings that stand for all that are equal to them, in their order. One list for each order that a command makes. */
class Representatives {
  readonly #order: StringOrder;
  readonly #known = new Map<string, string>();
  readonly #sorted: string[] = [];

  constructor(order: StringOrder) {
    this.#order = order;
  }

  of(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#order(this.#sorted[middle] as string, text) < 0) low = middle + 1;
      else high = middle;
    }
    const there = this.#sorted[low];
    const found = there !== undefined && this.#order(there, text) === 0 ? there : text;
    if (found === text) this.#sorted.splice(low, 0, text);
    this.#known.set(text, found);
    return found;
  }
}

const representatives = new WeakMap<StringOrder, Representatives>();

/**
 * The order of strings under a `collation`; undefined means bytes, as in a query without one. Throws BadValue, TypeMismatch
 * and the like where MongoDB does, NotImplemented for what it can and this engine cannot.
 */
export function collationOrder(collation: Value | undefined): StringOrder | undefined {
  const spec = readCollation(collation);
  if (!spec) return undefined;
  const collator = collatorOf(spec);
  // A function of its own for each command: what is remembered about it goes with the command.
  return (a, b) => (a === b ? 0 : collator.compare(a, b));
}

/**
 * A text that two values share exactly where they are equal under the order: for groups, sets and distinct values. It says
 * nothing about which comes first, and holds only as long as the order itself is kept.
 */
export function collationKey(value: Value | undefined, strings: StringOrder | undefined): string {
  if (!strings) return keyString(value);
  let known = representatives.get(strings);
  if (!known) {
    known = new Representatives(strings);
    representatives.set(strings, known);
  }
  return keyString(represented(value, known));
}

function represented(value: Value | undefined, known: Representatives): Value | undefined {
  if (typeof value === 'string') return known.of(value);
  if (Array.isArray(value)) return value.map((element) => represented(element, known) as Value);
  if (!isDocument(value)) return value;
  const result: Document = {};
  for (const name of namesOf(value)) setField(result, name, represented(value[name], known) as Value);
  return result;
}
