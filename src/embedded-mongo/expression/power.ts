import { Decimal128, Double, Int32 } from 'bson';
import { type Decimal, decimal128, divideDecimals, multiplyDecimals } from '../bson/decimal.ts';
import { integer, isIntegral, toDecimal, toNumber } from '../bson/number.ts';
import { type Numeric, typeName, type Value } from '../bson/value.ts';
import { CommandError, notOffered } from '../errors.ts';
import { exactly, isNothing, numeric, single } from './arguments.ts';
import type { ExpressionOperator, ExpressionOperators, Result, Scope } from './evaluate.ts';
import { asDecimal128, bigintOf, inexactDecimal128, wholeOf } from './exact.ts';

function pow(argument: Value, scope: Scope): Result {
  const [base, exponent] = exactly('$pow', 2, argument, scope);
  if (isNothing(base) || isNothing(exponent)) return null;
  const a = numeric('$pow', base, 28762);
  const b = numeric('$pow', exponent, 28763);
  if (toNumber(a) === 0 && toNumber(b) < 0)
    throw new CommandError(28764, '$pow cannot take a base of 0 and a negative exponent');
  if (a instanceof Decimal128 || b instanceof Decimal128) return decimalPower(asDecimal128(a), b);
  if (isIntegral(a) && isIntegral(b)) {
    const exact = wholePower(bigintOf(a), bigintOf(b));
    const least = a instanceof Int32 && b instanceof Int32 ? 'int' : 'long';
    const fitting = exact === undefined ? undefined : integer(exact, least);
    if (fitting) return fitting;
  }
  return new Double(toNumber(a) ** toNumber(b));
}

/** The power where it is a whole number that may fit 64 bits. */
function wholePower(base: bigint, exponent: bigint): bigint | undefined {
  if (base === 1n || base === 0n) return exponent === 0n ? 1n : base;
  if (base === -1n) return exponent % 2n === 0n ? 1n : -1n;
  return exponent < 0n || exponent > 63n ? undefined : base ** exponent;
}

function decimalPower(base: Decimal128, exponent: Numeric): Decimal128 {
  const decimal = toDecimal(base);
  const times = wholeOf(exponent);
  if (!decimal || times === undefined || times > 6144n || times < -6144n)
    throw notOffered('$pow of decimals with such an exponent');
  const power = decimalTimes(decimal, times < 0n ? -times : times);
  return decimal128(times < 0n ? divideDecimals({ coefficient: 1n, exponent: 0 }, power) : power);
}

function decimalTimes(base: Decimal, times: bigint): Decimal {
  let result: Decimal = { coefficient: 1n, exponent: 0 };
  let square = base;
  for (let rest = times; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = multiplyDecimals(result, square);
    if (rest > 1n) square = multiplyDecimals(square, square);
  }
  return result;
}

function squareRoot(argument: Value, scope: Scope): Result {
  const value = single('$sqrt', argument, scope);
  if (isNothing(value)) return null;
  const number = numeric('$sqrt', value, 28765);
  if (toNumber(number) < 0) throw new CommandError(28714, "$sqrt's argument must be greater than or equal to 0");
  if (!(number instanceof Decimal128)) return new Double(Math.sqrt(toNumber(number)));
  const decimal = toDecimal(number);
  return decimal ? decimalRoot(decimal) : number;
}

function decimalRoot(value: Decimal): Decimal128 {
  const odd = value.exponent % 2 !== 0;
  let exponent = (odd ? value.exponent - 1 : value.exponent) / 2;
  const digits = 40;
  const scaled = value.coefficient * (odd ? 10n : 1n) * 10n ** BigInt(2 * digits);
  let root = wholeRoot(scaled);
  const exact = root * root === scaled;
  exponent -= digits;
  if (!exact) return inexactDecimal128({ coefficient: root, exponent });
  while (root !== 0n && root % 10n === 0n && exponent < 0) {
    root /= 10n;
    exponent++;
  }
  return decimal128({ coefficient: root, exponent: root === 0n ? 0 : exponent });
}

function wholeRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** Of one double; `refuse` tells the code of a value that has no answer. */
function real(name: string, calculation: (value: number) => number, positive?: number): ExpressionOperator {
  return (argument, scope) => {
    const value = single(name, argument, scope);
    if (isNothing(value)) return null;
    const number = numeric(name, value, 28765);
    if (positive !== undefined && toNumber(number) <= 0)
      throw new CommandError(positive, `${name}'s argument must be a positive number`);
    if (number instanceof Decimal128) throw notOffered(`${name} of a decimal`);
    return new Double(calculation(toNumber(number)));
  };
}

function log(argument: Value, scope: Scope): Result {
  const [value, base] = exactly('$log', 2, argument, scope);
  if (isNothing(value) || isNothing(base)) return null;
  const number = numeric('$log', value, 28756);
  const by = numeric('$log', base, 28757);
  if (toNumber(number) <= 0)
    throw new CommandError(28758, `$log's argument must be a positive number, but is ${typeName(number)}`);
  if (toNumber(by) <= 0 || toNumber(by) === 1)
    throw new CommandError(28759, "$log's base must be a positive number not equal to 1");
  if (number instanceof Decimal128 || by instanceof Decimal128) throw notOffered('$log of decimals');
  return new Double(Math.log(toNumber(number)) / Math.log(toNumber(by)));
}

export const powerOperators: ExpressionOperators = {
  $pow: pow,
  $sqrt: squareRoot,
  $exp: real('$exp', Math.exp),
  $ln: real('$ln', Math.log, 28766),
  $log10: real('$log10', Math.log10, 28761),
  $log: log,
};
