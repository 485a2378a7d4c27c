import { Double, Int32 } from 'bson';
import { compare } from '../bson/compare.ts';
import { keyString } from '../bson/key.ts';
import { addition, toNumber } from '../bson/number.ts';
import { type Document, isNumeric, type Numeric, type Value } from '../bson/value.ts';
import { CommandError, notOffered } from '../errors.ts';
import { calculateWide, divideNumbers } from '../expression/arithmetic.ts';
import type { Result } from '../expression/evaluate.ts';
import { mergeDocuments } from '../expression/object.ts';

/** Gathers one value of each document of a group. */
export interface Accumulator {
  add(value: Result): void;
  result(): Value;
}

function sum(): Accumulator {
  let total: Numeric = new Int32(0);
  return {
    add: (value) => {
      if (isNumeric(value)) total = calculateWide(addition, total, value);
    },
    result: () => total,
  };
}

function average(): Accumulator {
  const total = sum();
  let count = 0;
  return {
    add: (value) => {
      if (isNumeric(value)) count++;
      total.add(value);
    },
    result: () => (count === 0 ? null : divideNumbers(total.result() as Numeric, new Int32(count))),
  };
}

function extreme(sign: number): Accumulator {
  let best: Result;
  return {
    add: (value) => {
      if (value === undefined || value === null) return;
      if (best === undefined || sign * compare(value, best) > 0) best = value;
    },
    result: () => best ?? null,
  };
}

function edge(last: boolean): Accumulator {
  let kept: Value = null;
  let some = false;
  return {
    add: (value) => {
      if (last || !some) kept = value ?? null;
      some = true;
    },
    result: () => kept,
  };
}

function push(): Accumulator {
  const values: Value[] = [];
  return { add: (value) => value !== undefined && values.push(value), result: () => values };
}

function addToSet(): Accumulator {
  const values = new Map<string, Value>();
  return {
    add: (value) => {
      if (value === undefined) return;
      const key = keyString(value);
      if (!values.has(key)) values.set(key, value);
    },
    result: () => [...values.values()],
  };
}

function count(): Accumulator {
  let total = 0;
  return { add: () => total++, result: () => new Int32(total) };
}

function mergeObjects(): Accumulator {
  let merged: Document = {};
  return {
    add: (value) => {
      merged = mergeDocuments([merged, value]);
    },
    result: () => merged,
  };
}

function deviation(sampled: boolean): Accumulator {
  const values: number[] = [];
  return {
    add: (value) => isNumeric(value) && values.push(toNumber(value)),
    result: () => {
      const divisor = sampled ? values.length - 1 : values.length;
      if (divisor <= 0) return null;
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      return new Double(Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / divisor));
    },
  };
}

const accumulators: Readonly<Record<string, () => Accumulator>> = {
  $sum: sum,
  $avg: average,
  $min: () => extreme(-1),
  $max: () => extreme(1),
  $first: () => edge(false),
  $last: () => edge(true),
  $push: push,
  $addToSet: addToSet,
  $count: count,
  $mergeObjects: mergeObjects,
  $stdDevPop: () => deviation(false),
  $stdDevSamp: () => deviation(true),
};

const absent = [
  '$top',
  '$bottom',
  '$topN',
  '$bottomN',
  '$firstN',
  '$lastN',
  '$maxN',
  '$minN',
  '$median',
  '$percentile',
  '$accumulator',
];

export function accumulatorNamed(name: string): () => Accumulator {
  const found = Object.hasOwn(accumulators, name) ? accumulators[name] : undefined;
  if (found) return found;
  if (absent.includes(name)) throw notOffered(`the accumulator ${name}`);
  throw new CommandError(15952, `unknown group operator '${name}'`);
}
