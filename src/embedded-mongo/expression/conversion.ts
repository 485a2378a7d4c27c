import { Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import { integer, toNumber } from '../bson/number.ts';
import { isNumeric, typeName, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { isNothing, single } from './arguments.ts';
import type { ExpressionOperator, ExpressionOperators } from './evaluate.ts';
import { truthy } from './truth.ts';

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
  if (value instanceof Double) return String(value.value);
  return isNumeric(value) ? value.toString() : undefined;
}

function whole(value: Value, target: 'int' | 'long'): Value {
  let exact: bigint | undefined;
  if (typeof value === 'boolean') exact = value ? 1n : 0n;
  else if (value instanceof Long) exact = value.toBigInt();
  else if (value instanceof Date && target === 'long') exact = BigInt(value.getTime());
  else if (isNumeric(value) && Number.isFinite(toNumber(value))) exact = BigInt(Math.trunc(toNumber(value)));
  else if (typeof value === 'string' && /^[+-]?\d+$/.test(value)) exact = BigInt(value.replace('+', ''));
  if (exact === undefined) throw failure(value, target);
  const result = integer(exact, target);
  if (!result || (target === 'int' && !(result instanceof Int32)))
    throw new CommandError(241, `Conversion would overflow target type in $convert with no onError value`);
  return result;
}

function toDouble(value: Value): Value {
  if (typeof value === 'boolean') return new Double(value ? 1 : 0);
  if (isNumeric(value)) return new Double(toNumber(value));
  if (value instanceof Date) return new Double(value.getTime());
  if (typeof value === 'string' && value.trim() === value && value !== '' && !Number.isNaN(Number(value)))
    return new Double(Number(value));
  throw failure(value, 'double');
}

function toDecimal(value: Value): Value {
  if (value instanceof Decimal128) return value;
  if (typeof value === 'boolean') return Decimal128.fromString(value ? '1' : '0');
  if (isNumeric(value)) return Decimal128.fromString(value.toString());
  if (value instanceof Date) return Decimal128.fromString(String(value.getTime()));
  if (typeof value === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)(E[+-]?\d+)?$/i.test(value))
    return Decimal128.fromString(value);
  throw failure(value, 'decimal');
}

function toDate(value: Value): Value {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Long || value instanceof Double || value instanceof Decimal128) return new Date(toNumber(value));
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

function conversion(name: string, convert: (value: Value) => Value): ExpressionOperator {
  return (argument, scope) => {
    const value = single(name, argument, scope);
    return isNothing(value) ? null : convert(value);
  };
}

export const conversionOperators: ExpressionOperators = {
  $toString: conversion('$toString', (value) => {
    const result = convertToString(value);
    if (result === undefined) throw failure(value, 'string');
    return result;
  }),
  $toInt: conversion('$toInt', (value) => whole(value, 'int')),
  $toLong: conversion('$toLong', (value) => whole(value, 'long')),
  $toDouble: conversion('$toDouble', toDouble),
  $toDecimal: conversion('$toDecimal', toDecimal),
  $toBool: conversion('$toBool', (value) => truthy(value)),
  $toDate: conversion('$toDate', toDate),
  $toObjectId: conversion('$toObjectId', toObjectId),
  $type: (argument, scope) => typeName(single('$type', argument, scope)),
  $isNumber: (argument, scope) => isNumeric(single('$isNumber', argument, scope)),
};
