import { toNumber } from '../bson/number.ts';
import { type Document, isDocument, isNumeric, type Numeric, typeName, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { evaluate, type Result, type Scope } from './evaluate.ts';

/** The arguments of an operator, evaluated: `{ $op: [a, b] }` or, for one, `{ $op: a }`. */
export function list(argument: Value, scope: Scope): Result[] {
  if (Array.isArray(argument)) return argument.map((element) => evaluate(element, scope));
  return [evaluate(argument, scope)];
}

/** As {@link list}, where the number of arguments is fixed. */
export function exactly(name: string, count: number, argument: Value, scope: Scope): Result[] {
  const values = list(argument, scope);
  if (values.length !== count) {
    throw new CommandError(
      16020,
      `Expression ${name} takes exactly ${count} arguments. ${values.length} were passed in.`,
    );
  }
  return values;
}

export function single(name: string, argument: Value, scope: Scope): Result {
  return exactly(name, 1, argument, scope)[0];
}

export function isNothing(value: Result): value is null | undefined {
  return value === null || value === undefined;
}

/** The options of an operator such as `{ $filter: { input, as, cond } }`, not yet evaluated. */
export function named(name: string, argument: Value, allowed: readonly string[]): Document {
  if (!isDocument(argument)) throw new CommandError(28646, `${name} only supports an object as its argument`);
  for (const key of Object.keys(argument)) {
    if (!allowed.includes(key)) throw new CommandError(28647, `Unrecognized parameter to ${name}: ${key}`);
  }
  return argument;
}

export function numeric(name: string, value: Result, code = 14): Numeric {
  if (!isNumeric(value)) throw new CommandError(code, `${name} only supports numeric types, not ${typeName(value)}`);
  return value;
}

export function wholeNumber(name: string, value: Result, code = 40100): number {
  const number = isNumeric(value) ? toNumber(value) : Number.NaN;
  if (!Number.isInteger(number))
    throw new CommandError(code, `${name} needs an integral value, not ${typeName(value)}`);
  return number;
}

export function text(name: string, value: Result, code = 34471): string {
  if (typeof value !== 'string')
    throw new CommandError(code, `${name} requires a string argument, found: ${typeName(value)}`);
  return value;
}

export function array(name: string, value: Result, code = 28690): Value[] {
  if (!Array.isArray(value))
    throw new CommandError(code, `The argument to ${name} must be an array, but is ${typeName(value)}`);
  return value;
}
