import { isDocument, typeName, type Value } from '../bson/value.ts';
import { CommandError, notOffered } from '../errors.ts';
import { absentExpressions, type Options, offeredExpressions, type Shape } from './catalog.ts';
import { checkName, checkReference, type Names } from './names.ts';

/**
 * Refuses an expression that is not one, before any document is read: unknown operators, numbers of operands, options,
 * variables and paths. `variables` names what `let` or the command has defined.
 */
export function checkExpression(expression: Value, variables: Readonly<Record<string, unknown>> | undefined): void {
  check(expression, new Set(Object.keys(variables ?? {})));
}

function check(expression: Value, names: Names): void {
  if (typeof expression === 'string') {
    if (expression.startsWith('$')) checkReference(expression, names);
  } else if (Array.isArray(expression)) for (const element of expression) check(element, names);
  else if (isDocument(expression)) checkObject(expression, names);
}

function checkObject(expression: Readonly<Record<string, Value>>, names: Names): void {
  const keys = Object.keys(expression);
  const first = keys[0];
  if (first?.startsWith('$')) {
    if (keys.length > 1)
      throw new CommandError(15983, 'An object representing an expression must have exactly one field');
    checkOperator(first, expression[first] as Value, names);
    return;
  }
  for (const key of keys) {
    if (key.startsWith('$')) throw new CommandError(16410, `FieldPath field names may not start with '$': '${key}'`);
    if (key.includes('.')) throw new CommandError(16412, `FieldPath field names may not contain '.': '${key}'`);
    check(expression[key] as Value, names);
  }
}

/** The shape of an operator that is offered; any other is refused. */
export function shapeOf(name: string): Shape {
  const shape = Object.hasOwn(offeredExpressions, name) ? offeredExpressions[name] : undefined;
  if (shape) return shape;
  if (absentExpressions.has(name)) throw notOffered(`the expression ${name}`);
  throw new CommandError(168, `Unrecognized expression '${name}'`);
}

function checkOperator(name: string, argument: Value, names: Names): void {
  const shape = shapeOf(name);
  switch (shape.kind) {
    case 'operands':
      checkOperands(name, shape.least, shape.most, argument, names);
      return;
    case 'options':
      checkOptions(name, shape.options, argument, names);
      return;
    case 'either':
      if (isDocument(argument) && (shape.by === '' ? !isOperator(argument) : Object.hasOwn(argument, shape.by)))
        checkOptions(name, shape.options, argument, names);
      else checkOperands(name, shape.operands[0], shape.operands[1], argument, names);
      return;
    case 'own':
      checkOwn(name, argument, names);
  }
}

function isOperator(argument: Readonly<Record<string, Value>>): boolean {
  return Object.keys(argument)[0]?.startsWith('$') === true;
}

function checkOperands(name: string, least: number, most: number, argument: Value, names: Names): void {
  const count = Array.isArray(argument) ? argument.length : 1;
  if (count < least || count > most) {
    if (least === most)
      throw new CommandError(16020, `Expression ${name} takes exactly ${least} arguments. ${count} were passed in.`);
    throw name === '$ifNull'
      ? new CommandError(1257300, `$ifNull needs at least two arguments, had: ${count}`)
      : name === '$setEquals'
        ? new CommandError(17045, `$setEquals needs at least two arguments had: ${count}`)
        : new CommandError(
            28667,
            `Expression ${name} takes at least ${least} arguments, and at most ${most}, but ${count} were passed in.`,
          );
  }
  check(argument, names);
}

function checkOptions(name: string, options: Options, argument: Value, names: Names): void {
  if (!isDocument(argument))
    throw new CommandError(
      options.notObject,
      `${name} only supports an object as its argument, not ${typeName(argument)}`,
    );
  for (const key of Object.keys(argument)) {
    if (!Object.hasOwn(options.required, key) && !options.optional.includes(key))
      throw new CommandError(options.unknown, `Unrecognized parameter to ${name}: ${key}`);
  }
  for (const key of Object.keys(options.required)) {
    if (!Object.hasOwn(argument, key))
      throw new CommandError(options.required[key] ?? 9, `Missing '${key}' parameter to ${name}`);
  }
  for (const key of Object.keys(argument)) {
    if (options.plain?.includes(key)) continue;
    check(
      argument[key] as Value,
      options.binds?.inside === key ? bound(options.binds.names, argument.as, names) : names,
    );
  }
}

function bound(given: readonly string[], as: Value | undefined, names: Names): Names {
  if (as === undefined) return new Set([...names, ...given]);
  if (typeof as !== 'string') throw new CommandError(9, 'a variable needs a name');
  checkName(as);
  return new Set([...names, as]);
}

function checkOwn(name: string, argument: Value, names: Names): void {
  if (name === '$let') checkLet(argument, names);
  else if (name === '$switch') checkSwitch(argument, names);
  else if (name === '$getField') checkGetField(argument, names);
  else if (name === '$rand') {
    const empty = Array.isArray(argument)
      ? argument.length === 0
      : isDocument(argument) && Object.keys(argument).length === 0;
    if (!empty) throw new CommandError(10065, '$rand takes no arguments');
  }
}

function checkLet(argument: Value, names: Names): void {
  if (!isDocument(argument)) throw new CommandError(16874, '$let only supports an object as its argument');
  for (const key of Object.keys(argument))
    if (key !== 'vars' && key !== 'in') throw new CommandError(16875, `Unrecognized parameter to $let: ${key}`);
  const { vars, in: inside } = argument;
  if (vars === undefined) throw new CommandError(16876, "Missing 'vars' parameter to $let");
  if (inside === undefined) throw new CommandError(16877, "Missing 'in' parameter to $let");
  if (!isDocument(vars)) throw new CommandError(10065, 'invalid parameter: expected an object (vars)');
  for (const key of Object.keys(vars)) {
    checkName(key);
    check(vars[key] as Value, names);
  }
  check(inside, new Set([...names, ...Object.keys(vars)]));
}

function checkSwitch(argument: Value, names: Names): void {
  if (!isDocument(argument)) throw new CommandError(40060, '$switch requires an object as an argument');
  for (const key of Object.keys(argument))
    if (key !== 'branches' && key !== 'default')
      throw new CommandError(40067, `$switch found an unknown argument: ${key}`);
  const { branches = [], default: other } = argument;
  if (!Array.isArray(branches)) throw new CommandError(40061, "$switch expected an array for 'branches'");
  for (const branch of branches) {
    if (!isDocument(branch)) throw new CommandError(40062, '$switch expected each branch to be an object');
    for (const key of Object.keys(branch))
      if (key !== 'case' && key !== 'then')
        throw new CommandError(40063, `$switch found an unknown argument to a branch: ${key}`);
    if (branch.case === undefined)
      throw new CommandError(40064, "$switch requires each branch have a 'case' expression");
    if (branch.then === undefined)
      throw new CommandError(40065, "$switch requires each branch have a 'then' expression");
    check(branch.case, names);
    check(branch.then, names);
  }
  if (branches.length === 0) throw new CommandError(40068, '$switch requires at least one branch.');
  if (other !== undefined) check(other, names);
}

function checkGetField(argument: Value, names: Names): void {
  let field: Value = argument;
  if (isDocument(argument) && !isOperator(argument)) {
    for (const key of Object.keys(argument))
      if (key !== 'field' && key !== 'input')
        throw new CommandError(3041701, `$getField found an unknown argument: ${key}`);
    if (argument.input === undefined) throw new CommandError(3041702, "$getField requires 'input' to be specified");
    if (argument.field === undefined) throw new CommandError(3041703, "$getField requires 'field' to be specified");
    field = argument.field;
    check(argument.input, names);
  }
  check(field, names);
}
