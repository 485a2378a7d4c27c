import { compare, type StringOrder } from '../bson/compare.ts';
import { toNumber } from '../bson/number.ts';
import { isNumeric, typeName, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { array, isNothing, list, named } from './arguments.ts';
import { type ExpressionOperator, type ExpressionOperators, evaluate, type Result } from './evaluate.ts';
import { wholeOf } from './exact.ts';
import { Deviation, Summation } from './summation.ts';

/** `$max`, `$sum` …: one array, or several arguments. */
function over(calculation: (values: Result[], strings: StringOrder | undefined) => Result): ExpressionOperator {
  return (argument, scope) => {
    const values = list(argument, scope);
    const [only] = values;
    return calculation(values.length === 1 && Array.isArray(only) ? only : values, scope.strings);
  };
}

/** The extreme of what is neither null nor missing, else null. */
function extreme(values: Iterable<Result>, sign: number, strings: StringOrder | undefined): Value {
  let best: Result;
  for (const value of values) {
    if (!isNothing(value) && (isNothing(best) || sign * compare(value, best, strings) > 0)) best = value;
  }
  return best ?? null;
}

function summed(values: readonly Result[]): Summation {
  const sum = new Summation();
  for (const value of values) if (isNumeric(value)) sum.add(value);
  return sum;
}

function deviation(values: readonly Result[], ofSample: boolean): Value {
  const spread = new Deviation();
  for (const value of values) if (isNumeric(value)) spread.add(toNumber(value));
  return spread.result(ofSample);
}

/** The `n` of `$firstN` and its like: a whole number above zero. */
export function howMany(name: string, value: Result): number {
  const whole = isNumeric(value) ? wholeOf(value) : undefined;
  if (whole === undefined)
    throw new CommandError(5787902, `Value for 'n' of ${name} must be of integral type, but found ${typeName(value)}`);
  if (whole <= 0n) throw new CommandError(5787908, `'n' of ${name} must be greater than 0, found ${whole}`);
  return Number(whole);
}

/** The `n` least (or, with -1, greatest) of the values, in this order; null and missing do not count. */
export function extremes(values: Iterable<Result>, n: number, sign: number, strings: StringOrder | undefined): Value[] {
  const kept = [...values].filter((value) => !isNothing(value)) as Value[];
  return kept.sort((a, b) => sign * compare(a, b, strings)).slice(0, n);
}

function several(
  name: string,
  pick: (values: Value[], n: number, strings: StringOrder | undefined) => Value[],
): ExpressionOperator {
  return (argument, scope) => {
    const options = named(name, argument, ['input', 'n']);
    const n = howMany(name, evaluate(options.n ?? null, scope));
    const input = evaluate(options.input ?? null, scope);
    return pick(array(name, input, 5788200), n, scope.strings);
  };
}

export const gatheringOperators: ExpressionOperators = {
  $max: over((values, strings) => extreme(values, 1, strings)),
  $min: over((values, strings) => extreme(values, -1, strings)),
  $sum: over((values) => summed(values).result()),
  $avg: over((values) => summed(values).average()),
  $stdDevPop: over((values) => deviation(values, false)),
  $stdDevSamp: over((values) => deviation(values, true)),
  $firstN: several('$firstN', (values, n) => values.slice(0, n)),
  $lastN: several('$lastN', (values, n) => values.slice(-n)),
  $minN: several('$minN', (values, n, strings) => extremes(values, n, 1, strings)),
  $maxN: several('$maxN', (values, n, strings) => extremes(values, n, -1, strings)),
};
