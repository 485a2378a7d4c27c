import { toNumber } from '../../bson/number.ts';
import { isNumeric, typeName, typeNumbers, type Value } from '../../bson/value.ts';
import { badValue, CommandError } from '../../errors.ts';
import type { ValueTest } from '../operators.ts';

export function compileType(argument: Value): ValueTest {
  const wanted = new Set<string>();
  if (Array.isArray(argument) && argument.length === 0) throw new CommandError(9, 'field must match at least one type');
  for (const type of Array.isArray(argument) ? argument : [argument]) {
    if (type === 'number') for (const name of ['int', 'double', 'long', 'decimal']) wanted.add(name);
    else if (typeof type === 'string') {
      if (!Object.hasOwn(typeNumbers, type)) throw badValue(`Unknown type name alias: ${type}`);
      wanted.add(type);
    } else if (isNumeric(type)) {
      const number = toNumber(type);
      const name = Object.keys(typeNumbers).find((key) => typeNumbers[key] === number);
      if (name === undefined) throw badValue(`Invalid numerical type code: ${number}`);
      wanted.add(name);
    } else throw badValue('type must be represented as a number or a string');
  }
  return (value) => value !== undefined && wanted.has(typeName(value));
}

export function compileSize(argument: Value): ValueTest {
  if (!isNumeric(argument)) throw badValue('Failed to parse $size. Expected a number');
  const size = toNumber(argument);
  if (!Number.isInteger(size)) throw badValue('Failed to parse $size. Expected an integer');
  if (size < 0) throw badValue('Failed to parse $size. Expected a non-negative number');
  return (value) => Array.isArray(value) && value.length === size;
}
