import { namesOf } from '../bson/names.ts';
import { type Document, field, isDocument, setField, typeName, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { isNothing, list, named, single, text } from './arguments.ts';
import { type ExpressionOperators, evaluate, type Result, type Scope } from './evaluate.ts';

/** Later documents win; null and missing are passed over. */
export function mergeDocuments(values: Iterable<Result>): Document {
  const result: Document = {};
  for (const value of values) {
    if (isNothing(value)) continue;
    if (!isDocument(value))
      throw new CommandError(40400, `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`);
    for (const name of namesOf(value)) setField(result, name, value[name] as Value);
  }
  return result;
}

function merge(argument: Value, scope: Scope): Result {
  const values = list(argument, scope);
  const [only] = values;
  return mergeDocuments(values.length === 1 && Array.isArray(only) ? only : values);
}

function objectToArray(argument: Value, scope: Scope): Result {
  const value = single('$objectToArray', argument, scope);
  if (isNothing(value)) return null;
  if (!isDocument(value))
    throw new CommandError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
  return namesOf(value).map((k) => ({ k, v: value[k] as Value }));
}

function getField(argument: Value, scope: Scope): Result {
  const whole = isDocument(argument) && !Object.keys(argument)[0]?.startsWith('$');
  const options = whole ? named('$getField', argument, ['field', 'input']) : undefined;
  const name = text('$getField', evaluate(options?.field ?? argument, scope), 5654602);
  const input =
    options?.input === undefined ? (scope.variables?.CURRENT ?? scope.root) : evaluate(options.input, scope);
  return isDocument(input) ? field(input, name) : isNothing(input) ? null : undefined;
}

function withField(operator: string, argument: Value, scope: Scope, remove: boolean): Result {
  const options = named(operator, argument, ['field', 'input', 'value']);
  const input = evaluate(options.input ?? null, scope);
  if (isNothing(input)) return null;
  if (!isDocument(input)) throw new CommandError(4161105, `${operator} requires 'input' to evaluate to type Object`);
  const name = text(operator, evaluate(options.field ?? null, scope), 4161106);
  const value = remove ? undefined : evaluate(options.value ?? null, scope);
  const result = { ...input };
  if (value === undefined) delete result[name];
  else setField(result, name, value);
  return result;
}

export const objectOperators: ExpressionOperators = {
  $mergeObjects: merge,
  $objectToArray: objectToArray,
  $getField: getField,
  $setField: (argument, scope) => withField('$setField', argument, scope, false),
  $unsetField: (argument, scope) => withField('$unsetField', argument, scope, true),
};
