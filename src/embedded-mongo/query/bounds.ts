import { BSONRegExp, Double } from 'bson';
import { directed, encodeKey, numberKey } from '../bson/key.ts';
import { toNumber } from '../bson/number.ts';
import { type Document, isDocument, isNumeric, orderOf, typeOrder, type Value } from '../bson/value.ts';
import type { Range } from '../storage/view.ts';
import { isOperatorDocument } from './match.ts';
import { regexPrefix } from './regex.ts';

/** A place before a key, or after all that begins with it. */
export interface Bound {
  readonly key: Buffer;
  readonly after: boolean;
}

/** A condition on one path that an index can answer: some values, or a range of one type. */
export type Condition =
  | {
      readonly kind: 'points';
      readonly values: readonly Value[];
      readonly keys: readonly Buffer[];
      readonly exact: boolean;
    }
  | { readonly kind: 'range'; readonly low: Bound; readonly high: Bound; readonly exact: boolean };

export interface PathCondition {
  readonly path: string;
  readonly condition: Condition;
}

export interface Conditions {
  readonly found: readonly PathCondition[];
  /** Whether they are the whole query: then documents found by all of them need no further check. */
  readonly complete: boolean;
}

/** Sorts after whatever can follow a key: no key begins with such bytes, turned or not. */
const end = Buffer.of(0xff, 0xff, 0xff);

/** The key range of a part of an index; in a descending field the keys are turned, and so are the bounds. */
export function rangeWithin(prefix: Buffer, low: Bound, high: Bound, direction: number): Range {
  const [first, last] = direction > 0 ? [low, high] : [turned(high), turned(low)];
  return { low: Buffer.concat([prefix, bytesOf(first)]), high: Buffer.concat([prefix, bytesOf(last)]) };
}

function bytesOf(bound: Bound): Buffer {
  return bound.after ? Buffer.concat([bound.key, end]) : bound.key;
}

function turned(bound: Bound): Bound {
  return { key: directed(bound.key, -1), after: !bound.after };
}

/** What in a query holds for every document that it finds, as far as indexes can use it. */
export function conditionsOf(filter: Document): Conditions {
  const found: PathCondition[] = [];
  let complete = true;
  for (const name of Object.keys(filter)) {
    const value = filter[name] as Value;
    if (name === '$and' && Array.isArray(value)) {
      for (const clause of value) {
        const inner = isDocument(clause) ? conditionsOf(clause) : undefined;
        found.push(...(inner?.found ?? []));
        complete &&= inner?.complete === true;
      }
    } else if (name.startsWith('$')) complete &&= name === '$comment';
    else complete = collect(name, value, found) && complete;
  }
  return { found, complete };
}

function collect(path: string, value: Value, found: PathCondition[]): boolean {
  if (!isOperatorDocument(value)) {
    const condition = equality(value);
    if (condition) found.push({ path, condition });
    return condition?.exact === true;
  }
  let complete = true;
  for (const operator of Object.keys(value)) {
    const condition = conditionOf(operator, value[operator] as Value, value);
    if (condition) found.push({ path, condition });
    complete &&= condition?.exact === true;
  }
  return complete;
}

function equality(value: Value): Condition | undefined {
  if (value instanceof BSONRegExp) return prefixRange(value);
  // An array is indexed by its elements, not as a whole.
  if (Array.isArray(value)) return undefined;
  return { kind: 'points', values: [value], keys: [encodeKey(value)], exact: value !== null };
}

function prefixRange(value: Value): Condition | undefined {
  const prefix = regexPrefix(value);
  if (!prefix) return undefined;
  const low = encodeKey(prefix.prefix).subarray(0, -2);
  return { kind: 'range', low: { key: low, after: false }, high: { key: low, after: true }, exact: false };
}

function conditionOf(operator: string, argument: Value, siblings: Document): Condition | undefined {
  switch (operator) {
    case '$eq':
      return argument instanceof BSONRegExp ? undefined : equality(argument);
    case '$in':
      return among(argument);
    case '$regex':
      if (typeof argument === 'string' && siblings.$options === undefined) return prefixRange(new BSONRegExp(argument));
      return siblings.$options === undefined ? prefixRange(argument) : undefined;
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return range(operator, argument);
    default:
      return undefined;
  }
}

function among(argument: Value): Condition | undefined {
  if (!Array.isArray(argument)) return undefined;
  if (argument.some((value) => Array.isArray(value) || value instanceof BSONRegExp)) return undefined;
  const byKey = new Map<string, [Buffer, Value]>();
  for (const value of argument) {
    const key = encodeKey(value);
    byKey.set(key.toString('latin1'), [key, value]);
  }
  const sorted = [...byKey.values()].sort(([a], [b]) => Buffer.compare(a, b));
  return {
    kind: 'points',
    keys: sorted.map(([key]) => key),
    values: sorted.map(([, value]) => value),
    exact: !argument.includes(null),
  };
}

function range(operator: string, argument: Value): Condition | undefined {
  const order = orderOf(argument);
  if (order === typeOrder.null) return operator.endsWith('e') ? equality(null) : undefined;
  if (
    order === typeOrder.minKey ||
    order === typeOrder.maxKey ||
    order === typeOrder.array ||
    argument instanceof BSONRegExp
  )
    return undefined;
  if (isNumeric(argument) && Number.isNaN(toNumber(argument))) return undefined;
  const key = encodeKey(argument);
  const before = { key, after: false };
  const after = { key, after: true };
  // NaN has the smallest key of the numbers and is in no range.
  const first =
    order === typeOrder.number
      ? { key: numberKey(new Double(Number.NaN)), after: true }
      : { key: Buffer.of(order), after: false };
  const last = { key: Buffer.of(order + 1), after: false };
  switch (operator) {
    case '$gt':
      return { kind: 'range', low: after, high: last, exact: true };
    case '$gte':
      return { kind: 'range', low: before, high: last, exact: true };
    case '$lt':
      return { kind: 'range', low: first, high: before, exact: true };
    default:
      return { kind: 'range', low: first, high: after, exact: true };
  }
}

/** Both ranges at once. */
export function intersect(a: Condition, b: Condition): Condition | undefined {
  if (a.kind === 'points' || b.kind === 'points') return undefined;
  const low = Buffer.compare(bytesOf(a.low), bytesOf(b.low)) >= 0 ? a.low : b.low;
  const high = Buffer.compare(bytesOf(a.high), bytesOf(b.high)) <= 0 ? a.high : b.high;
  return { kind: 'range', low, high, exact: a.exact && b.exact };
}
