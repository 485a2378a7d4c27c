import { Decimal128, Double, Int32, Long } from 'bson';
import { decimal128, divideDecimals } from '../bson/decimal.ts';
import {
  addition,
  isIntegral,
  multiplication,
  type Operation,
  subtraction,
  toDecimal,
  toNumber,
} from '../bson/number.ts';
import { type FarDate, millisecondsOf } from '../bson/rare.ts';
import { type Numeric, typeName, type Value } from '../bson/value.ts';
import { badValue, CommandError, typeMismatch } from '../errors.ts';
import { exactly, isNothing, list, numeric, single } from './arguments.ts';
import type { ExpressionOperators, Result, Scope } from './evaluate.ts';
import { asDecimal128, bigintOf, calculateWide, truncated } from './exact.ts';
import { isDate, momentFrom } from './moment.ts';

function add(argument: Value, scope: Scope): Result {
  const values = list(argument, scope);
  if (values.some(isNothing)) return null;
  const dates = values.filter(isDate);
  if (dates.length > 1) throw new CommandError(16612, 'only one date allowed in an $add expression');
  let sum: Numeric = new Int32(0);
  for (const value of values) if (!isDate(value)) sum = calculateWide(addition, sum, numeric('$add', value));
  return dates[0] ? shifted(dates[0], sum, 1n) : sum;
}

/** A date and so many milliseconds. */
function shifted(date: Date | FarDate, by: Numeric, sign: bigint): Value {
  const milliseconds = truncated(by);
  if (milliseconds === undefined) throw new CommandError(15, 'date overflow');
  return momentFrom(millisecondsOf(date) + sign * milliseconds);
}

function subtract(argument: Value, scope: Scope): Result {
  const [a, b] = exactly('$subtract', 2, argument, scope);
  if (isNothing(a) || isNothing(b)) return null;
  if (isDate(a)) {
    if (isDate(b)) return Long.fromBigInt(millisecondsOf(a) - millisecondsOf(b));
    return shifted(a, numeric('$subtract', b), -1n);
  }
  if (isDate(b)) throw typeMismatch(`can't $subtract date from ${typeName(a)}`);
  return calculateWide(subtraction, numeric('$subtract', a), numeric('$subtract', b));
}

function multiply(argument: Value, scope: Scope): Result {
  const values = list(argument, scope);
  if (values.some(isNothing)) return null;
  return values.reduce<Numeric>(
    (product, v) => calculateWide(multiplication, product, numeric('$multiply', v)),
    new Int32(1),
  );
}

export function divideNumbers(a: Numeric, b: Numeric): Numeric {
  if (toNumber(b) === 0) throw badValue("can't $divide by zero");
  if (a instanceof Decimal128 || b instanceof Decimal128) {
    const x = toDecimal(asDecimal128(a));
    const y = toDecimal(asDecimal128(b));
    if (x && y) return decimal128(divideDecimals(x, y));
    return Decimal128.fromString(String(toNumber(a) / toNumber(b)));
  }
  return new Double(toNumber(a) / toNumber(b));
}

function divide(argument: Value, scope: Scope): Result {
  const [a, b] = exactly('$divide', 2, argument, scope);
  if (isNothing(a) || isNothing(b)) return null;
  return divideNumbers(numeric('$divide', a), numeric('$divide', b));
}

const remainder: Operation = {
  ofIntegers: (a, b) => a % b,
  ofDoubles: (a, b) => a % b,
  ofDecimals: (a, b) => {
    const exponent = Math.min(a.exponent, b.exponent);
    const x = a.coefficient * 10n ** BigInt(a.exponent - exponent);
    const y = b.coefficient * 10n ** BigInt(b.exponent - exponent);
    return { coefficient: x % y, exponent };
  },
};

function mod(argument: Value, scope: Scope): Result {
  const [a, b] = exactly('$mod', 2, argument, scope);
  if (isNothing(a) || isNothing(b)) return null;
  const dividend = numeric('$mod', a, 16611);
  let divisor = numeric('$mod', b, 16611);
  if (toNumber(divisor) === 0)
    throw new CommandError(
      dividend instanceof Decimal128 || divisor instanceof Decimal128 ? 5733415 : 16610,
      "can't $mod by zero",
    );
  // A shell writes 3 as 3.0: such a divisor of a whole number is a whole number.
  if (isIntegral(dividend) && divisor instanceof Double && (divisor.value | 0) === divisor.value)
    divisor = new Int32(divisor.value);
  return calculateWide(remainder, dividend, divisor);
}

function abs(argument: Value, scope: Scope): Result {
  const value = single('$abs', argument, scope);
  if (isNothing(value)) return null;
  const number = numeric('$abs', value, 28765);
  if (number instanceof Long && bigintOf(number) === -(2n ** 63n))
    throw new CommandError(28680, "can't take $abs of long long min");
  if (number instanceof Double) return new Double(Math.abs(number.value));
  return toNumber(number) < 0 ? calculateWide(subtraction, new Int32(0), number) : number;
}

export const arithmeticOperators: ExpressionOperators = {
  $add: add,
  $subtract: subtract,
  $multiply: multiply,
  $divide: divide,
  $mod: mod,
  $abs: abs,
  $rand: () => new Double(Math.random()),
};
