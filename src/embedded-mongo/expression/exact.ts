import { Decimal128, Double, Int32, type Long } from 'bson';
import { type Decimal, decimal128 } from '../bson/decimal.ts';
import { calculate, isIntegral, type Operation, toDecimal, toNumber } from '../bson/number.ts';
import type { Numeric } from '../bson/value.ts';

/** The whole number of a value of a whole type. */
export function bigintOf(value: Int32 | Long): bigint {
  return value instanceof Int32 ? BigInt(value.value) : value.toBigInt();
}

/** The whole part, without what stands behind the point; undefined for NaN and the infinities. */
export function truncated(value: Numeric): bigint | undefined {
  if (isIntegral(value)) return bigintOf(value);
  const decimal = toDecimal(value);
  if (!decimal) return undefined;
  const { coefficient, exponent } = decimal;
  return exponent >= 0 ? coefficient * 10n ** BigInt(exponent) : coefficient / 10n ** BigInt(-exponent);
}

/** The whole number that a value of any type is, undefined where it is none. */
export function wholeOf(value: Numeric): bigint | undefined {
  const whole = truncated(value);
  if (whole === undefined || isIntegral(value)) return whole;
  const decimal = toDecimal(value) as Decimal;
  if (decimal.exponent >= 0) return whole;
  return whole * 10n ** BigInt(-decimal.exponent) === decimal.coefficient ? whole : undefined;
}

/** A double meets decimals with the fifteen digits that it surely has. */
export function asDecimal128(value: Numeric): Decimal128 {
  if (value instanceof Decimal128) return value;
  if (!(value instanceof Double)) return Decimal128.fromString(value.toString());
  if (Number.isFinite(value.value)) return Decimal128.fromString(value.value.toPrecision(15));
  return Decimal128.fromString(String(value.value));
}

/** Calculates in the wider of two types, undefined where whole numbers leave 64 bits. */
export function calculateExactly(operation: Operation, a: Numeric, b: Numeric): Numeric | undefined {
  if (!(a instanceof Decimal128) && !(b instanceof Decimal128)) return calculate(operation, a, b);
  return calculate(operation, asDecimal128(a), asDecimal128(b));
}

/** Integers beyond 64 bits go on as doubles. */
export function calculateWide(operation: Operation, a: Numeric, b: Numeric): Numeric {
  return calculateExactly(operation, a, b) ?? new Double(operation.ofDoubles(toNumber(a), toNumber(b)));
}

export type Rounding = 'even' | 'zero' | 'up' | 'down';

/** Rounds to so many digits behind the point (before it, where negative); the result has exactly these digits. */
export function rounded(value: Decimal, digits: number, mode: Rounding): Decimal {
  const drop = -digits - value.exponent;
  if (drop <= 0) {
    const padded = { coefficient: value.coefficient * 10n ** BigInt(-drop), exponent: -digits };
    return String(padded.coefficient).replace('-', '').length <= 34 ? padded : value;
  }
  const by = 10n ** BigInt(drop);
  let quotient = value.coefficient / by;
  const rest = value.coefficient % by;
  if (rest !== 0n) {
    const sign = rest < 0n ? -1n : 1n;
    const twice = rest * sign * 2n;
    if (mode === 'even' && (twice > by || (twice === by && quotient % 2n !== 0n))) quotient += sign;
    if (mode === 'up' && rest > 0n) quotient += 1n;
    if (mode === 'down' && rest < 0n) quotient -= 1n;
  }
  return { coefficient: quotient, exponent: -digits };
}

/** As {@link decimal128}, where more digits follow that were not calculated. */
export function inexactDecimal128(value: Decimal): Decimal128 {
  const sign = value.coefficient < 0n ? -1n : 1n;
  return decimal128({ coefficient: value.coefficient * 10n + sign, exponent: value.exponent - 1 });
}
