import { namesOf } from '../../bson/names.ts';
import { type Document, isDocument, setField, type Value } from '../../bson/value.ts';
import { CommandError } from '../../errors.ts';
import { evaluate, type Scope } from '../../expression/evaluate.ts';
import type { MatchDetails } from '../match.ts';
import type { Action, Fields } from './action.ts';

export type Context = Scope;

/** The fields of a document that a projection leaves, in their order, and those that it adds. */
export function apply(
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
    if (action?.kind === 'elemMatch') continue;
    const kept = action ? applyAction(value, action, including, context, details) : including ? undefined : value;
    if (kept !== undefined) setField(result, name, kept);
  }
  for (const [name, action] of fields) {
    // What $elemMatch finds comes after the other fields, wherever it stood.
    const found = action.kind === 'elemMatch' && Object.hasOwn(document, name);
    if (Object.hasOwn(document, name) && action.kind !== 'compute' && !found) continue;
    const value = found
      ? applyAction(document[name] as Value, action, including, context, details)
      : computed(action, context);
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
