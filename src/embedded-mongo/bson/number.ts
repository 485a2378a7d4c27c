import { Decimal128, Double, Int32, Long } from 'bson';
import { addDecimals, type Decimal, decimal128, decimalOfDouble, multiplyDecimals, parseDecimal } from './decimal.ts';
import type { Numeric } from './value.ts';

const longMin = -(2n ** 63n);
const longMax = 2n ** 63n - 1n;

export function toNumber(value: Numeric): number {
  if (value instanceof Int32 || value instanceof Double) return value.value;
  return value instanceof Long ? value.toNumber() : Number(value.toString());
}

/** The exact value, undefined for NaN and the infinities. */
export function toDecimal(value: Numeric): Decimal | undefined {
  if (value instanceof Decimal128) return parseDecimal(value.toString());
  if (value instanceof Long) return { coefficient: value.toBigInt(), exponent: 0 };
  if (value instanceof Int32) return { coefficient: BigInt(value.value), exponent: 0 };
  return Number.isFinite(value.value) ? decimalOfDouble(value.value) : undefined;
}

/** An integer in the smallest type that holds it, not smaller than `least`; undefined beyond 64 bits. */
export function integer(value: bigint, least: 'int' | 'long'): Int32 | Long | undefined {
  if (least === 'int' && value >= -(2n ** 31n) && value < 2n ** 31n) return new Int32(Number(value));
  return value >= longMin && value <= longMax ? Long.fromBigInt(value) : undefined;
}

/** A number without its fraction, and whether it had none; undefined beyond 64 bits and for what is no number. */
export function wholeNumber(value: Numeric): { readonly value: bigint; readonly exact: boolean } | undefined {
  const decimal = toDecimal(value);
  if (!decimal) return undefined;
  const { coefficient, exponent } = decimal;
  // Far from 64 bits on either side: powers of ten so large are not worked out.
  if (exponent > 19 && coefficient !== 0n) return undefined;
  const scale = 10n ** BigInt(Math.min(Math.abs(exponent), 2000));
  const whole = coefficient === 0n ? 0n : exponent >= 0 ? coefficient * scale : coefficient / scale;
  if (whole < longMin || whole > longMax) return undefined;
  return { value: whole, exact: exponent >= 0 || whole * scale === coefficient };
}

export function isIntegral(value: Numeric): value is Int32 | Long {
  return value instanceof Int32 || value instanceof Long;
}

function toBigInt(value: Int32 | Long): bigint {
  return value instanceof Int32 ? BigInt(value.value) : value.toBigInt();
}

export interface Operation {
  readonly ofIntegers: (a: bigint, b: bigint) => bigint;
  readonly ofDoubles: (a: number, b: number) => number;
  readonly ofDecimals: (a: Decimal, b: Decimal) => Decimal;
}

export const addition: Operation = {
  ofIntegers: (a, b) => a + b,
  ofDoubles: (a, b) => a + b,
  ofDecimals: addDecimals,
};

export const subtraction: Operation = {
  ofIntegers: (a, b) => a - b,
  ofDoubles: (a, b) => a - b,
  ofDecimals: (a, b) => addDecimals(a, { coefficient: -b.coefficient, exponent: b.exponent }),
};

export const multiplication: Operation = {
  ofIntegers: (a, b) => a * b,
  ofDoubles: (a, b) => a * b,
  ofDecimals: multiplyDecimals,
};

/**
 * Calculates in the wider of the two types. An integer result beyond 64 bits is undefined: updates refuse it,
 * expressions go on with a double.
 */
export function calculate(operation: Operation, a: Numeric, b: Numeric): Numeric | undefined {
  if (isIntegral(a) && isIntegral(b)) {
    const least = a instanceof Int32 && b instanceof Int32 ? 'int' : 'long';
    return integer(operation.ofIntegers(toBigInt(a), toBigInt(b)), least);
  }
  if (a instanceof Decimal128 || b instanceof Decimal128) {
    const x = toDecimal(a);
    const y = toDecimal(b);
    if (x && y) return decimal128(operation.ofDecimals(x, y));
    const special = operation.ofDoubles(toNumber(a), toNumber(b));
    return Decimal128.fromString(String(special));
  }
  return new Double(operation.ofDoubles(toNumber(a), toNumber(b)));
}
