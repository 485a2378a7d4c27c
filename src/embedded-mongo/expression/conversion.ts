import { Decimal128, Double, Int32, Long, ObjectId, Timestamp } from 'bson';
import { integer, toNumber } from '../bson/number.ts';
import { millisecondsOf } from '../bson/rare.ts';
import { isNumeric, typeName, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { isNothing, single } from './arguments.ts';
import type { ExpressionOperator, ExpressionOperators } from './evaluate.ts';
import { asDecimal128, truncated } from './exact.ts';
import { isDate, momentFrom } from './moment.ts';
import { truthy } from './truth.ts';

/** The only error that `onError` of `$convert` answers for. */
function failure(value: Value, target: string): CommandError {
  return new CommandError(
    241,
    `Unsupported conversion from ${typeName(value)} to ${target} in $convert with no onError value`,
  );
}

/** The text of a scalar, undefined where it has none. */
export function convertToString(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Double) return doubleText(value.value);
  return isNumeric(value) ? value.toString() : undefined;
}

function doubleText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

function toText(value: Value): Value {
  const result = convertToString(value);
  if (result === undefined) throw failure(value, 'string');
  return result;
}

function whole(value: Value, target: 'int' | 'long'): Value {
  let exact: bigint | undefined;
  if (typeof value === 'boolean') exact = value ? 1n : 0n;
  else if (isDate(value) && target === 'long') exact = millisecondsOf(value);
  else if (isNumeric(value)) exact = truncated(value);
  else if (typeof value === 'string' && /^[+-]?\d+$/.test(value)) exact = BigInt(value.replace('+', ''));
  if (exact === undefined) throw failure(value, target);
  const result = integer(exact, target);
  if (!result || (target === 'int' && !(result instanceof Int32)))
    throw new CommandError(241, `Conversion would overflow target type in $convert with no onError value`);
  return result;
}

const numberText = /^[+-]?(\d+\.?\d*|\.\d+)(E[+-]?\d+)?$/i;

function toDouble(value: Value): Value {
  if (typeof value === 'boolean') return new Double(value ? 1 : 0);
  if (isNumeric(value)) {
    const number = toNumber(value);
    if (value instanceof Decimal128 && !Number.isFinite(number) && /\d/.test(value.toString()))
      throw new CommandError(241, 'Conversion would overflow target type in $convert with no onError value');
    return new Double(number);
  }
  if (isDate(value)) return new Double(Number(millisecondsOf(value)));
  if (typeof value === 'string' && numberText.test(value) && Number.isFinite(Number(value)))
    return new Double(Number(value));
  throw failure(value, 'double');
}

function toDecimal(value: Value): Value {
  if (typeof value === 'boolean') return Decimal128.fromString(value ? '1' : '0');
  if (isNumeric(value)) return asDecimal128(value);
  if (isDate(value)) return Decimal128.fromString(String(millisecondsOf(value)));
  if (typeof value === 'string' && numberText.test(value)) return Decimal128.fromStringWithRounding(value);
  throw failure(value, 'decimal');
}

function toDate(value: Value): Value {
  if (isDate(value)) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.getHighBits() * 1000);
  if (value instanceof Long || value instanceof Double || value instanceof Decimal128) {
    const milliseconds = truncated(value);
    if (milliseconds === undefined || BigInt.asIntN(64, milliseconds) !== milliseconds) throw failure(value, 'date');
    return momentFrom(milliseconds);
  }
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value)) {
    // A date without a zone is UTC to MongoDB, local time to JavaScript.
    const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(value) || !value.includes(':') ? value : `${value}Z`;
    const date = new Date(zoned);
    if (!Number.isNaN(date.getTime())) return date;
  }
  throw failure(value, 'date');
}

function toObjectId(value: Value): Value {
  if (value instanceof ObjectId) return value;
  if (typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value)) return ObjectId.createFromHexString(value);
  throw failure(value, 'objectId');
}

/** By the name of the type that comes out. */
export const conversions: Readonly<Record<string, (value: Value) => Value>> = {
  string: toText,
  int: (value) => whole(value, 'int'),
  long: (value) => whole(value, 'long'),
  double: toDouble,
  decimal: toDecimal,
  bool: (value) => truthy(value),
  date: toDate,
  objectId: toObjectId,
};

function conversion(name: string, convert: ((value: Value) => Value) | undefined): ExpressionOperator {
  return (argument, scope) => {
    const value = single(name, argument, scope);
    return isNothing(value) ? null : (convert?.(value) ?? null);
  };
}

export const conversionOperators: ExpressionOperators = {
  $toString: conversion('$toString', conversions.string),
  $toInt: conversion('$toInt', conversions.int),
  $toLong: conversion('$toLong', conversions.long),
  $toDouble: conversion('$toDouble', conversions.double),
  $toDecimal: conversion('$toDecimal', conversions.decimal),
  $toBool: conversion('$toBool', conversions.bool),
  $toDate: conversion('$toDate', conversions.date),
  $toObjectId: conversion('$toObjectId', conversions.objectId),
  $type: (argument, scope) => typeName(single('$type', argument, scope)),
  $isNumber: (argument, scope) => isNumeric(single('$isNumber', argument, scope)),
};
