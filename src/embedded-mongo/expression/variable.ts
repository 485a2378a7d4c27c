import type { Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { named } from './arguments.ts';
import { type ExpressionOperators, evaluate, type Result, type Scope } from './evaluate.ts';

/** The scope with some more variables in it. */
export function withVariables(scope: Scope, more: Readonly<Record<string, Value | undefined>>): Scope {
  return { root: scope.root, strings: scope.strings, variables: { ...scope.variables, ...more } };
}

function letIn(argument: Value, scope: Scope): Result {
  const options = named('$let', argument, ['vars', 'in']);
  if (options.in === undefined) throw new CommandError(16877, "Missing 'in' parameter to $let");
  const more: Record<string, Value | undefined> = {};
  for (const [name, value] of Object.entries(named('$let', options.vars ?? {}, Object.keys(options.vars ?? {})))) {
    more[name] = evaluate(value, scope);
  }
  return evaluate(options.in, withVariables(scope, more));
}

export const variableOperators: ExpressionOperators = {
  $let: letIn,
  $literal: (argument) => argument,
  $const: (argument) => argument,
};
