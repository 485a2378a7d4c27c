import { Decimal128, Double, Int32, Long } from 'bson';
import { decimal128, divideDecimals } from '../bson/decimal.ts';
import {
  addition,
  calculate,
  isIntegral,
  multiplication,
  type Operation,
  subtraction,
  toDecimal,
  toNumber,
} from '../bson/number.ts';
import { isNumeric, type Numeric, type Value } from '../bson/value.ts';
import { badValue, CommandError, notOffered } from '../errors.ts';
import { exactly, isNothing, list, numeric, single, wholeNumber } from './arguments.ts';
import type { ExpressionOperator, ExpressionOperators, Result, Scope } from './evaluate.ts';

/** Integers beyond 64 bits go on as doubles. */
export function calculateWide(operation: Operation, a: Numeric, b: Numeric): Numeric {
  return calculate(operation, a, b) ?? new Double(operation.ofDoubles(toNumber(a), toNumber(b)));
}

export function dateFrom(milliseconds: number): Date {
  return new Date(Math.trunc(milliseconds));
}

function add(argument: Value, scope: Scope): Result {
  const values = list(argument, scope);
  if (values.some(isNothing)) return null;
  const dates = values.filter((value) => value instanceof Date);
  if (dates.length > 1) throw new CommandError(16612, 'only one date allowed in an $add expression');
  let sum: Numeric = new Int32(0);
  for (const value of values) if (!(value instanceof Date)) sum = calculateWide(addition, sum, numeric('$add', value));
  return dates[0] ? dateFrom(dates[0].getTime() + toNumber(sum)) : sum;
}

function subtract(argument: Value, scope: Scope): Result {
  const [a, b] = exactly('$subtract', 2, argument, scope);
  if (isNothing(a) || isNothing(b)) return null;
  if (a instanceof Date) {
    if (b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
    return dateFrom(a.getTime() - toNumber(numeric('$subtract', b)));
  }
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
    const x = toDecimal(a);
    const y = toDecimal(b);
    if (x && y) return decimal128(divideDecimals(x, y));
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
  ofDecimals: () => {
    throw notOffered('$mod of decimals');
  },
};

function mod(argument: Value, scope: Scope): Result {
  const [a, b] = exactly('$mod', 2, argument, scope);
  if (isNothing(a) || isNothing(b)) return null;
  const divisor = numeric('$mod', b, 16611);
  if (toNumber(divisor) === 0) throw new CommandError(16610, "can't $mod by zero");
  return calculateWide(remainder, numeric('$mod', a, 16611), divisor);
}

function rounding(name: string, round: (value: number) => number): ExpressionOperator {
  return (argument, scope) => {
    const value = single(name, argument, scope);
    if (isNothing(value)) return null;
    const number = numeric(name, value, 28765);
    if (isIntegral(number)) return number;
    if (number instanceof Decimal128) throw notOffered(`${name} of a decimal`);
    return new Double(round(number.value));
  };
}

/** Half to even, as MongoDB rounds. */
function roundAt(name: string, nearest: (value: number) => number): ExpressionOperator {
  return (argument, scope) => {
    const [value, place] = list(argument, scope);
    if (isNothing(value)) return null;
    const number = numeric(name, value, 51081);
    const digits = place === undefined ? 0 : wholeNumber(name, place, 51082);
    if (number instanceof Decimal128) throw notOffered(`${name} of a decimal`);
    if (isIntegral(number) && digits >= 0) return number;
    const shifted = Number(`${toNumber(number)}e${digits}`);
    const result = Number(`${nearest(Number.isNaN(shifted) ? toNumber(number) * 10 ** digits : shifted)}e${-digits}`);
    if (number instanceof Int32) return new Int32(result);
    return number instanceof Long ? Long.fromNumber(result) : new Double(result);
  };
}

function halfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function real(name: string, calculation: (value: number) => number): ExpressionOperator {
  return (argument, scope) => {
    const value = single(name, argument, scope);
    if (isNothing(value)) return null;
    if (value instanceof Decimal128) throw notOffered(`${name} of a decimal`);
    return new Double(calculation(toNumber(numeric(name, value, 28765))));
  };
}

function pow(argument: Value, scope: Scope): Result {
  const [base, exponent] = exactly('$pow', 2, argument, scope);
  if (isNothing(base) || isNothing(exponent)) return null;
  const a = numeric('$pow', base, 28762);
  const b = numeric('$pow', exponent, 28763);
  if (a instanceof Decimal128 || b instanceof Decimal128) throw notOffered('$pow of decimals');
  const result = toNumber(a) ** toNumber(b);
  if (isIntegral(a) && isIntegral(b) && Number.isSafeInteger(result)) {
    return a instanceof Int32 && b instanceof Int32 && result === (result | 0)
      ? new Int32(result)
      : Long.fromNumber(result);
  }
  return new Double(result);
}

function abs(argument: Value, scope: Scope): Result {
  const value = single('$abs', argument, scope);
  if (isNothing(value)) return null;
  const number = numeric('$abs', value, 28765);
  return toNumber(number) < 0 ? calculateWide(subtraction, new Int32(0), number) : number;
}

/** The sum of what is a number among the values. */
export function sumOf(values: Iterable<Result>): Numeric {
  let sum: Numeric = new Int32(0);
  for (const value of values) if (isNumeric(value)) sum = calculateWide(addition, sum, value);
  return sum;
}

export function averageOf(values: Iterable<Result>): Numeric | null {
  const numbers = [...values].filter(isNumeric);
  if (numbers.length === 0) return null;
  return divideNumbers(sumOf(numbers), new Int32(numbers.length));
}

export const arithmeticOperators: ExpressionOperators = {
  $add: add,
  $subtract: subtract,
  $multiply: multiply,
  $divide: divide,
  $mod: mod,
  $abs: abs,
  $pow: pow,
  $ceil: rounding('$ceil', Math.ceil),
  $floor: rounding('$floor', Math.floor),
  $trunc: roundAt('$trunc', Math.trunc),
  $round: roundAt('$round', halfEven),
  $sqrt: real('$sqrt', Math.sqrt),
  $exp: real('$exp', Math.exp),
  $ln: real('$ln', Math.log),
  $log10: real('$log10', Math.log10),
  $rand: () => new Double(Math.random()),
};
