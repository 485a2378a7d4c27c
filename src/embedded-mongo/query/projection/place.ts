import { namesOf } from '../../bson/names.ts';
import { toNumber } from '../../bson/number.ts';
import { isDocument, isNumeric, type Value } from '../../bson/value.ts';
import { CommandError, notOffered } from '../../errors.ts';
import { checkExpression } from '../../expression/evaluate.ts';
import { compileElement, compileFilter, isOperatorDocument } from '../match.ts';
import type { ProjectionOptions } from '../projection.ts';
import type { Action, Fields } from './action.ts';

/** Whether a projection names what to keep or what to leave out: the first field that says so decides. */
export class Modes {
  mode: 'keep' | 'drop' | undefined;
  positional = false;
  element = false;

  keep(path: string): void {
    if (this.mode === 'drop')
      throw new CommandError(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
    this.mode = 'keep';
  }

  drop(path: string): void {
    if (this.mode === 'keep')
      throw new CommandError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
    this.mode = 'drop';
  }

  compute(): void {
    if (this.mode === 'drop')
      throw new CommandError(31252, 'Cannot use expression other than $meta in exclusion projection');
    this.mode = 'keep';
  }

  /** What cannot stand together in one projection. */
  check(): void {
    if (this.positional && this.element)
      throw new CommandError(31256, 'Cannot specify positional operator and $elemMatch.');
  }
}

function checkPath(path: string, parts: readonly string[]): void {
  if (path === '') throw new CommandError(40352, 'FieldPath cannot be constructed with empty string');
  if (path.endsWith('.')) throw new CommandError(40353, "FieldPath must not end with a '.'.");
  if (parts.includes('')) throw new CommandError(15998, 'FieldPath field names may not be empty strings.');
  if (parts.slice(1).includes('$'))
    throw new CommandError(31394, 'Positional projection may only be used at the end of a path.');
  if (parts.some((part) => part.startsWith('$')))
    throw new CommandError(
      16410,
      "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
    );
}

/** Puts what a projection says of one path to its place among the fields. */
export function place(fields: Fields, path: string, value: Value, options: ProjectionOptions, modes: Modes): void {
  let parts = path.split('.');
  let action: Action;
  if (options.ofFind && parts.length > 1 && parts.at(-1) === '$') {
    parts = parts.slice(0, -1);
    action = { kind: 'positional' };
    if (modes.positional)
      throw new CommandError(31276, 'Cannot specify more than one positional projection per query.');
    modes.positional = true;
    modes.keep(path);
  } else if (isDocument(value) && !isOperatorDocument(value)) {
    if (Object.keys(value).length === 0) throw new CommandError(51270, 'An empty sub-projection is not a valid value');
    for (const name of namesOf(value)) place(fields, `${path}.${name}`, value[name] as Value, options, modes);
    return;
  } else action = leaf(path, value, options, modes);
  checkPath(path, parts);
  put(fields, parts, action, path);
}

function put(fields: Fields, parts: readonly string[], action: Action, path: string): void {
  const [name = '', ...rest] = parts;
  const there = fields.get(name);
  if (rest.length === 0) {
    if (there) throw new CommandError(31250, `Path collision at ${path}`);
    fields.set(name, action);
    return;
  }
  if (there && there.kind !== 'inside') throw new CommandError(31249, `Path collision at ${path}`);
  const inside = there ?? { kind: 'inside' as const, fields: new Map<string, Action>() };
  fields.set(name, inside);
  put(inside.fields, rest, action, path);
}

function leaf(path: string, value: Value, options: ProjectionOptions, modes: Modes): Action {
  if (typeof value === 'boolean' || isNumeric(value)) {
    const kind = value === true || (isNumeric(value) && toNumber(value) !== 0) ? 'keep' : 'drop';
    modes[kind](path);
    return { kind };
  }
  if (options.ofFind && isOperatorDocument(value)) {
    if (Object.hasOwn(value, '$slice') && !isExpressionSlice(value.$slice)) return sliceAction(value.$slice);
    if (Object.hasOwn(value, '$elemMatch')) {
      const condition = value.$elemMatch;
      if (!isDocument(condition)) throw new CommandError(31274, 'elemMatch: Invalid argument, object required');
      if (path.includes('.')) throw new CommandError(31275, 'Cannot use $elemMatch projection on a nested field.');
      modes.element = true;
      modes.keep(path);
      if (isOperatorDocument(condition)) return { kind: 'elemMatch', test: compileElement(condition, { whole: true }) };
      const matcher = compileFilter(condition);
      return { kind: 'elemMatch', test: (element) => isDocument(element) && matcher(element) };
    }
    if (Object.hasOwn(value, '$meta')) throw notOffered('$meta');
  }
  checkExpression(value, options.variables);
  modes.compute();
  return { kind: 'compute', expression: value };
}

function isExpressionSlice(value: Value | undefined): boolean {
  return Array.isArray(value) && !isNumeric(value[0]);
}

function sliceAction(value: Value | undefined): Action {
  const numbers = (Array.isArray(value) ? value : [value]).map((v) => (isNumeric(v) ? toNumber(v) : Number.NaN));
  const [first = Number.NaN, second] = numbers;
  if (numbers.some(Number.isNaN)) throw new CommandError(28667, '$slice needs numbers');
  if (second !== undefined && second <= 0) throw new CommandError(28724, '$slice limit must be positive');
  return second === undefined
    ? { kind: 'slice', skip: undefined, count: first }
    : { kind: 'slice', skip: first, count: second };
}
