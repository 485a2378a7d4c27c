import { Int32 } from 'bson';
import { compare, type StringOrder } from '../bson/compare.ts';
import { toNumber } from '../bson/number.ts';
import { type Document, isNumeric, type Value } from '../bson/value.ts';
import { CommandError, notOffered } from '../errors.ts';
import type { Result } from '../expression/evaluate.ts';
import { mergeDocuments } from '../expression/object.ts';
import { Deviation, Summation } from '../expression/summation.ts';
import { collationKey } from '../query/collation.ts';
import { Memory, sizeOf } from './limits.ts';

/** Gathers one value of each document of a group. */
export interface Accumulator {
  add(value: Result): void;
  result(): Value;
}

/** Makes the accumulator of one group. Strings compare under the collation of the command. */
export type AccumulatorMaker = (strings: StringOrder | undefined) => Accumulator;

function summed(result: (sum: Summation) => Value): Accumulator {
  const sum = new Summation();
  return { add: (value) => isNumeric(value) && sum.add(value), result: () => result(sum) };
}

function extreme(sign: number, strings: StringOrder | undefined): Accumulator {
  let best: Result;
  return {
    add: (value) => {
      if (value === undefined || value === null) return;
      if (best === undefined || sign * compare(value, best, strings) > 0) best = value;
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
  const memory = Memory.ofAccumulator('$push');
  return {
    add: (value) => {
      if (value === undefined) return;
      memory.add(sizeOf(value));
      values.push(value);
    },
    result: () => values,
  };
}

function addToSet(strings: StringOrder | undefined): Accumulator {
  const values = new Map<string, Value>();
  const memory = Memory.ofAccumulator('$addToSet');
  return {
    add: (value) => {
      if (value === undefined) return;
      const key = collationKey(value, strings);
      if (values.has(key)) return;
      memory.add(sizeOf(value));
      values.set(key, value);
    },
    result: () => [...values.values()],
  };
}

function count(): Accumulator {
  const sum = new Summation();
  const one = new Int32(1);
  return { add: () => sum.add(one), result: () => sum.result() };
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

function deviation(ofSample: boolean): Accumulator {
  const spread = new Deviation();
  return { add: (value) => isNumeric(value) && spread.add(toNumber(value)), result: () => spread.result(ofSample) };
}

const accumulators: Readonly<Record<string, AccumulatorMaker>> = {
  $sum: () => summed((sum) => sum.result()),
  $avg: () => summed((sum) => sum.average()),
  $min: (strings) => extreme(-1, strings),
  $max: (strings) => extreme(1, strings),
  $first: () => edge(false),
  $last: () => edge(true),
  $push: push,
  $addToSet: addToSet,
  $count: count,
  $mergeObjects: mergeObjects,
  $stdDevPop: () => deviation(false),
  $stdDevSamp: () => deviation(true),
};

const absent = ['$median', '$percentile', '$accumulator'];

export function accumulatorNamed(name: string): AccumulatorMaker {
  const found = Object.hasOwn(accumulators, name) ? accumulators[name] : undefined;
  if (found) return found;
  if (absent.includes(name)) throw notOffered(`the accumulator ${name}`);
  throw new CommandError(15952, `unknown group operator '${name}'`);
}
