import { BSONRegExp, Double } from 'bson';
import { directed, emptyArray, encodeKey, type KeyValue, numberKey } from '../bson/key.ts';
import { toNumber } from '../bson/number.ts';
import { isNumeric, orderOf, typeOrder, type Value } from '../bson/value.ts';
import type { Range } from '../storage/view.ts';
import { limitsOf, showValue } from './plan/shown.ts';
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
      readonly values: readonly KeyValue[];
      readonly keys: readonly Buffer[];
      readonly exact: boolean;
    }
  | {
      readonly kind: 'range';
      readonly low: Bound;
      readonly high: Bound;
      /** As `explain` tells it. */
      readonly shown: readonly [string, string];
      readonly exact: boolean;
    };

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

export function equality(value: Value): Condition | undefined {
  if (value instanceof BSONRegExp) return prefixRange(value);
  // An array is indexed by its elements; as a whole only where it is an element of another.
  if (Array.isArray(value)) return points([value, value.length === 0 ? emptyArray : (value[0] as Value)], false);
  return points([value], value !== null);
}

export function prefixRange(value: Value): Condition | undefined {
  const prefix = regexPrefix(value);
  if (!prefix) return undefined;
  const low = encodeKey(prefix.prefix).subarray(0, -2);
  const text = showValue(prefix.prefix);
  const shown = [`[${text}`, `${text.slice(0, -1)}…")`] as const;
  return { kind: 'range', low: { key: low, after: false }, high: { key: low, after: true }, shown, exact: false };
}

/** `$in`: points for all its values, undefined where one of them is no point. */
export function among(argument: Value): Condition | undefined {
  if (!Array.isArray(argument)) return undefined;
  const conditions = argument.map((value) => (value instanceof BSONRegExp ? undefined : equality(value)));
  const values: KeyValue[] = [];
  for (const condition of conditions) {
    if (condition?.kind !== 'points') return undefined;
    values.push(...condition.values);
  }
  return points(
    values,
    conditions.every((condition) => condition?.exact === true),
  );
}

export function points(values: readonly KeyValue[], exact: boolean): Condition {
  const byKey = new Map<string, [Buffer, KeyValue]>();
  for (const value of values) {
    const key = encodeKey(value);
    byKey.set(key.toString('latin1'), [key, value]);
  }
  const sorted = [...byKey.values()].sort(([a], [b]) => Buffer.compare(a, b));
  return { kind: 'points', keys: sorted.map(([key]) => key), values: sorted.map(([, value]) => value), exact };
}

/** Everything that an index holds: in a sparse one the documents that have the field. */
export const anything: Condition = {
  kind: 'range',
  low: { key: Buffer.of(0), after: false },
  high: { key: Buffer.of(0xff), after: false },
  shown: ['[MinKey', 'MaxKey]'],
  exact: false,
};

export function range(operator: string, argument: Value): Condition | undefined {
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
  const shown = showValue(argument);
  const [least, most] = limitsOf(order);
  switch (operator) {
    case '$gt':
      return { kind: 'range', low: after, high: last, shown: [`(${shown}`, most], exact: true };
    case '$gte':
      return { kind: 'range', low: before, high: last, shown: [`[${shown}`, most], exact: true };
    case '$lt':
      return { kind: 'range', low: first, high: before, shown: [least, `${shown})`], exact: true };
    default:
      return { kind: 'range', low: first, high: after, shown: [least, `${shown}]`], exact: true };
  }
}

/** Both ranges at once. */
export function intersect(a: Condition, b: Condition): Condition | undefined {
  if (a.kind === 'points' || b.kind === 'points') return undefined;
  const low = Buffer.compare(bytesOf(a.low), bytesOf(b.low)) >= 0 ? a.low : b.low;
  const high = Buffer.compare(bytesOf(a.high), bytesOf(b.high)) <= 0 ? a.high : b.high;
  const shown = [(low === a.low ? a : b).shown[0], (high === a.high ? a : b).shown[1]] as const;
  return { kind: 'range', low, high, shown, exact: a.exact && b.exact };
}
