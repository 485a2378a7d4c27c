import { Int32, Long } from 'bson';
import { isIntegral } from '../bson/number.ts';
import { isNumeric, typeName } from '../bson/value.ts';
import { typeMismatch } from '../errors.ts';
import { isNothing, list, single } from './arguments.ts';
import type { ExpressionOperator, ExpressionOperators, Result } from './evaluate.ts';
import { bigintOf } from './exact.ts';

function bits(name: string, value: Result): Int32 | Long {
  if (!isNumeric(value) || !isIntegral(value))
    throw typeMismatch(`${name} only supports int and long operands, not ${typeName(value)}`);
  return value;
}

function combined(name: string, start: bigint, combine: (a: bigint, b: bigint) => bigint): ExpressionOperator {
  return (argument, scope) => {
    const values = list(argument, scope);
    if (values.some(isNothing)) return null;
    const whole = values.map((value) => bits(name, value));
    const result = whole.reduce((all, value) => combine(all, bigintOf(value)), start);
    return whole.some((value) => value instanceof Long) ? Long.fromBigInt(result) : new Int32(Number(result));
  };
}

export const bitOperators: ExpressionOperators = {
  $bitAnd: combined('$bitAnd', -1n, (a, b) => a & b),
  $bitOr: combined('$bitOr', 0n, (a, b) => a | b),
  $bitXor: combined('$bitXor', 0n, (a, b) => a ^ b),
  $bitNot: (argument, scope) => {
    const value = single('$bitNot', argument, scope);
    if (isNothing(value)) return null;
    const whole = bits('$bitNot', value);
    return whole instanceof Long ? whole.not() : new Int32(~whole.value);
  },
};
