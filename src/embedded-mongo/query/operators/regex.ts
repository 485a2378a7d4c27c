import { BSONRegExp, BSONSymbol } from 'bson';
import { keyString } from '../../bson/key.ts';
import type { Document, Value } from '../../bson/value.ts';
import { badValue } from '../../errors.ts';
import type { ValueTest } from '../operators.ts';
import { compileRegex } from '../regex.ts';

/** `$regex`, with its `$options` among the siblings, or an expression as a value. */
export function compileRegexTest(argument: Value, siblings: Document): ValueTest {
  const given = siblings.$options;
  if (given !== undefined && typeof given !== 'string') throw badValue('$options has to be a string');
  let expression: RegExp;
  if (argument instanceof BSONRegExp) expression = compileRegex(argument.pattern, given ?? argument.options);
  else if (typeof argument === 'string') expression = compileRegex(argument, given ?? '');
  else throw badValue('$regex has to be a string');
  const literal = argument instanceof BSONRegExp ? keyString(argument) : undefined;
  return (value) => {
    if (typeof value === 'string') return expression.test(value);
    if (value instanceof BSONSymbol) return expression.test(value.value);
    return literal !== undefined && value instanceof BSONRegExp && keyString(value) === literal;
  };
}
