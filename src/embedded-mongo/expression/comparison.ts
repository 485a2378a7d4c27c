import { Int32 } from 'bson';
import { compare, type StringOrder } from '../bson/compare.ts';
import { isDocument, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { array, exactly, isNothing, named, single } from './arguments.ts';
import { type ExpressionOperator, type ExpressionOperators, evaluate, type Result, type Scope } from './evaluate.ts';
import { truthy } from './truth.ts';

/** In expressions a missing value is below null. */
export function compareResults(a: Result, b: Result, strings: StringOrder | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return compare(a, b, strings);
}

function comparison(name: string, accept: (difference: number) => boolean): ExpressionOperator {
  return (argument, scope) => {
    const [a, b] = exactly(name, 2, argument, scope);
    return accept(compareResults(a, b, scope.strings));
  };
}

function parts(argument: Value): readonly Value[] {
  return Array.isArray(argument) ? argument : [argument];
}

function cond(argument: Value, scope: Scope): Result {
  const branches = isDocument(argument) ? [argument.if, argument.then, argument.else] : parts(argument);
  const [condition, yes, no] = branches;
  if (branches.length !== 3 || condition === undefined || yes === undefined || no === undefined) {
    throw new CommandError(17080, "Missing 'if', 'then' or 'else' parameter to $cond");
  }
  return evaluate(truthy(evaluate(condition, scope)) ? yes : no, scope);
}

function ifNull(argument: Value, scope: Scope): Result {
  const all = parts(argument);
  if (all.length < 2) throw new CommandError(1257300, '$ifNull needs at least two arguments');
  let value: Result;
  for (const part of all) {
    value = evaluate(part, scope);
    if (!isNothing(value)) return value;
  }
  return value;
}

function switchOn(argument: Value, scope: Scope): Result {
  const options = named('$switch', argument, ['branches', 'default']);
  if (!Array.isArray(options.branches) || options.branches.length === 0) {
    throw new CommandError(40068, '$switch requires at least one branch');
  }
  for (const branch of options.branches) {
    const { case: condition, then } = named('$switch', branch, ['case', 'then']);
    if (condition === undefined || then === undefined) throw new CommandError(40067, '$switch needs case and then');
    if (truthy(evaluate(condition, scope))) return evaluate(then, scope);
  }
  if (options.default === undefined) {
    throw new CommandError(
      40066,
      '$switch could not find a matching branch for an input, and no default was specified',
    );
  }
  return evaluate(options.default, scope);
}

export const comparisonOperators: ExpressionOperators = {
  $eq: comparison('$eq', (d) => d === 0),
  $ne: comparison('$ne', (d) => d !== 0),
  $gt: comparison('$gt', (d) => d > 0),
  $gte: comparison('$gte', (d) => d >= 0),
  $lt: comparison('$lt', (d) => d < 0),
  $lte: comparison('$lte', (d) => d <= 0),
  $cmp: (argument, scope) => {
    const [a, b] = exactly('$cmp', 2, argument, scope);
    return new Int32(Math.sign(compareResults(a, b, scope.strings)));
  },
  $and: (argument, scope) => parts(argument).every((part) => truthy(evaluate(part, scope))),
  $or: (argument, scope) => parts(argument).some((part) => truthy(evaluate(part, scope))),
  $not: (argument, scope) => !truthy(exactly('$not', 1, argument, scope)[0]),
  $cond: cond,
  $ifNull: ifNull,
  $switch: switchOn,
  $anyElementTrue: (argument, scope) => {
    return array('$anyElementTrue', single('$anyElementTrue', argument, scope), 17041).some(truthy);
  },
  $allElementsTrue: (argument, scope) => {
    return array('$allElementsTrue', single('$allElementsTrue', argument, scope), 17040).every(truthy);
  },
};
