import { Decimal128 } from 'mongodb';
import { Failure } from './failure.ts';
import { decimal, decimalParts, double, int, isNumber, long, type Value } from './value.ts';

const fitsInt = (whole: bigint): boolean => BigInt.asIntN(32, whole) === whole;
const fitsLong = (whole: bigint): boolean => BigInt.asIntN(64, whole) === whole;

const whole = (value: Value): bigint =>
  value.kind === 'int' ? BigInt(value.number) : value.kind === 'long' ? value.integer : 0n;

const floating = (value: Value): number =>
  value.kind === 'int' || value.kind === 'double' ? value.number : Number(whole(value));

/** A double becomes a decimal of fifteen digits. */
function asDecimal(value: Value): { readonly coefficient: bigint; readonly exponent: number } {
  if (value.kind === 'decimal') return decimalParts(value.text);
  if (value.kind !== 'double') return { coefficient: whole(value), exponent: 0 };
  if (value.number === 0) return { coefficient: 0n, exponent: 0 };
  const [digits = '', power = '0'] = value.number.toExponential(14).split('e');
  return { coefficient: BigInt(digits.replace('.', '')), exponent: Number(power) - 14 };
}

const written = (coefficient: bigint, exponent: number): Value =>
  decimal(Decimal128.fromString(`${coefficient}E${exponent}`).toString());

/** `$inc` and `$mul`: the wider type of the two; whole numbers grow from 32 to 64 bits and fail beyond. */
export function calculate(operation: '$inc' | '$mul', one: Value, other: Value): Value {
  if (!isNumber(one) || !isNumber(other)) throw new Failure(14);
  const kinds = [one.kind, other.kind];
  if (kinds.includes('decimal')) {
    const left = asDecimal(one);
    const right = asDecimal(other);
    if (operation === '$mul') return written(left.coefficient * right.coefficient, left.exponent + right.exponent);
    const exponent = Math.min(left.exponent, right.exponent);
    const at = (part: typeof left): bigint => part.coefficient * 10n ** BigInt(part.exponent - exponent);
    return written(at(left) + at(right), exponent);
  }
  if (kinds.includes('double')) {
    const [left, right] = [floating(one), floating(other)];
    return double(operation === '$inc' ? left + right : left * right);
  }
  const result = operation === '$inc' ? whole(one) + whole(other) : whole(one) * whole(other);
  if (kinds.includes('long')) {
    if (!fitsLong(result)) throw new Failure(2);
    return long(result);
  }
  return fitsInt(result) ? int(Number(result)) : long(result);
}
