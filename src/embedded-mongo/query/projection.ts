import type { StringOrder } from '../bson/compare.ts';
import { namesOf } from '../bson/names.ts';
import { toNumber } from '../bson/number.ts';
import { type Document, field, isDocument, isNumeric, setField, type Value } from '../bson/value.ts';
import { CommandError, notOffered } from '../errors.ts';
import { checkExpression, evaluate, type Scope, type Variables } from '../expression/evaluate.ts';
import { compileElement, compileFilter, isOperatorDocument, type MatchDetails } from './match.ts';

type Action =
  | { readonly kind: 'keep' | 'drop' }
  | { readonly kind: 'compute'; readonly expression: Value }
  | { readonly kind: 'slice'; readonly skip: number | undefined; readonly count: number }
  | { readonly kind: 'elemMatch'; readonly test: (value: Value) => boolean }
  | { readonly kind: 'positional' }
  | { readonly kind: 'inside'; readonly fields: Map<string, Action> };
type Fields = Map<string, Action>;

export type Projection = (document: Document, details?: MatchDetails) => Document;

export interface ProjectionOptions {
  /** `find` has `$slice`, `$elemMatch` and `$` in projections; `$project` has not. */
  readonly ofFind: boolean;
  readonly variables?: Variables | undefined;
  /** The order of strings under the collation of the command. */
  readonly strings?: StringOrder | undefined;
}

/** Compiles a projection of `find` or `$project`. Undefined where it changes nothing. */
export function compileProjection(spec: Document, options: ProjectionOptions): Projection | undefined {
  if (Object.keys(spec).length === 0) return undefined;
  const fields: Fields = new Map();
  const modes = new Set<'keep' | 'drop'>();
  let id: boolean | undefined;
  for (const path of namesOf(spec)) {
    const value = spec[path] as Value;
    if (path === '_id' && (typeof value === 'boolean' || isNumeric(value))) {
      id = value === true || (isNumeric(value) && toNumber(value) !== 0);
      continue;
    }
    place(fields, path, value, options, modes);
  }
  if (modes.size === 2) throw mixed();
  const slices = [...fields.values()].every((action) => action.kind === 'slice');
  const including = modes.has('keep') || (modes.size === 0 && (id === true || (!slices && fields.size > 0)));
  if (including) {
    if (id !== false && !fields.has('_id')) fields.set('_id', { kind: 'keep' });
  } else if (id === false) fields.set('_id', { kind: 'drop' });
  return (document, details) =>
    apply(
      document,
      fields,
      including,
      { root: document, variables: options.variables, strings: options.strings },
      details,
    );
}

/** The fields of a projection that only keeps some whole: their values need not be read. Undefined for any other. */
export function keptFields(spec: Document): readonly string[] | undefined {
  const isOne = (value: Value | undefined) => value === true || (isNumeric(value) && toNumber(value) !== 0);
  const names = Object.keys(spec).filter((name) => name !== '_id');
  const plain = names.every((name) => isOne(spec[name]) && !/^\$|\./.test(name) && name !== '');
  if (names.length === 0 || !plain) return undefined;
  const id = field(spec, '_id');
  if (id === undefined || isOne(id)) return ['_id', ...names];
  return id === false || isNumeric(id) ? names : undefined;
}

function mixed(): CommandError {
  return new CommandError(31254, 'Cannot do exclusion in inclusion projection, or inclusion in exclusion projection');
}

function place(
  fields: Fields,
  path: string,
  value: Value,
  options: ProjectionOptions,
  modes: Set<'keep' | 'drop'>,
): void {
  if (path === '' || path.startsWith('$') || path.split('.').includes('')) {
    throw new CommandError(16410, `FieldPath '${path}' is not a valid field path`);
  }
  let parts = path.split('.');
  let action: Action;
  if (options.ofFind && parts.at(-1) === '$') {
    parts = parts.slice(0, -1);
    action = { kind: 'positional' };
    modes.add('keep');
  } else if (isDocument(value) && !isOperatorDocument(value)) {
    if (Object.keys(value).length === 0) throw new CommandError(51270, 'An empty sub-projection is not a valid value');
    for (const name of namesOf(value)) place(fields, `${path}.${name}`, value[name] as Value, options, modes);
    return;
  } else action = leaf(value, options, modes);
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

function leaf(value: Value, options: ProjectionOptions, modes: Set<'keep' | 'drop'>): Action {
  if (typeof value === 'boolean' || isNumeric(value)) {
    const kind = value === true || (isNumeric(value) && toNumber(value) !== 0) ? 'keep' : 'drop';
    modes.add(kind);
    return { kind };
  }
  if (options.ofFind && isOperatorDocument(value)) {
    if (Object.hasOwn(value, '$slice') && !isExpressionSlice(value.$slice)) return sliceAction(value.$slice);
    if (Object.hasOwn(value, '$elemMatch')) {
      const condition = value.$elemMatch;
      if (!isDocument(condition)) throw new CommandError(31274, 'elemMatch: Invalid argument, object required');
      modes.add('keep');
      if (isOperatorDocument(condition)) return { kind: 'elemMatch', test: compileElement(condition, { whole: true }) };
      const matcher = compileFilter(condition);
      return { kind: 'elemMatch', test: (element) => isDocument(element) && matcher(element) };
    }
    if (Object.hasOwn(value, '$meta')) throw notOffered('$meta');
  }
  checkExpression(value, options.variables);
  modes.add('keep');
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

type Context = Scope;

function apply(
  document: Document,
  fields: Fields,
  including: boolean,
  context: Context,
  details?: MatchDetails,
): Document {
  const result: Document = {};
  for (const name of namesOf(document)) {
    const value = document[name] as Value;
    const action = fields.get(name);
    const kept = action ? applyAction(value, action, including, context, details) : including ? undefined : value;
    if (kept !== undefined) setField(result, name, kept);
  }
  for (const [name, action] of fields) {
    if (Object.hasOwn(document, name) && action.kind !== 'compute') continue;
    const value = computed(action, context);
    if (value !== undefined) setField(result, name, value);
  }
  return result;
}

/** Fields that the document does not have, but that the projection calculates. */
function computed(action: Action, context: Context): Value | undefined {
  if (action.kind === 'compute') return evaluate(action.expression, context);
  if (action.kind !== 'inside') return undefined;
  const result: Document = {};
  let some = false;
  for (const [name, inner] of action.fields) {
    const value = computed(inner, context);
    if (value !== undefined) setField(result, name, value);
    some ||= inner.kind === 'compute' || value !== undefined;
  }
  return some ? result : undefined;
}

function applyAction(
  value: Value,
  action: Action,
  including: boolean,
  context: Context,
  details?: MatchDetails,
): Value | undefined {
  switch (action.kind) {
    case 'keep':
      return value;
    case 'drop':
      return undefined;
    case 'compute':
      return undefined;
    case 'slice': {
      if (!Array.isArray(value)) return value;
      if (action.skip === undefined) return action.count < 0 ? value.slice(action.count) : value.slice(0, action.count);
      const start = action.skip < 0 ? Math.max(0, value.length + action.skip) : action.skip;
      return value.slice(start, start + action.count);
    }
    case 'elemMatch': {
      const found = Array.isArray(value) ? value.find((element) => action.test(element)) : undefined;
      return found === undefined ? undefined : [found];
    }
    case 'positional': {
      if (!Array.isArray(value)) return value;
      const found = details?.position === undefined ? undefined : value[details.position];
      if (found === undefined)
        throw new CommandError(
          51246,
          "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
        );
      return [found];
    }
    case 'inside':
      return inside(value, action.fields, including, context, details);
  }
}

function inside(
  value: Value,
  fields: Fields,
  including: boolean,
  context: Context,
  details?: MatchDetails,
): Value | undefined {
  if (isDocument(value)) return apply(value, fields, including, context, details);
  if (Array.isArray(value)) {
    const kept: Value[] = [];
    for (const element of value) {
      const part = inside(element, fields, including, context, details);
      if (part !== undefined) kept.push(part);
    }
    return kept;
  }
  if (including && [...fields.values()].some((action) => action.kind === 'compute'))
    return computed({ kind: 'inside', fields }, context);
  return including ? undefined : value;
}

/** `$addFields`: every path is an expression; documents are gone into, arrays element by element. */
export function addField(document: Document, parts: readonly string[], value: Value): Document {
  const [name = '', ...rest] = parts;
  const result = { ...document };
  if (rest.length === 0) {
    setField(result, name, value);
    return result;
  }
  const there = field(document, name);
  const into = (old: Value | undefined): Value => {
    if (Array.isArray(old)) return old.map(into);
    return addField(isDocument(old) ? old : {}, rest, value);
  };
  setField(result, name, into(there));
  return result;
}
