import { namesOf } from '../bson/names.ts';
import { type Document, isDocument, typeName, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { compileExpression, type ExpressionOptions } from '../expression/evaluate.ts';
import { isOperatorDocument } from '../query/match.ts';
import { addField, compileProjection } from '../query/projection.ts';
import { isStageName } from './catalog.ts';

export type Transform = (document: Document) => Document;

/** Stages that make one document of one: also what a pipeline update may hold. */
export function transformStage(name: string, argument: Value, options: ExpressionOptions): Transform | undefined {
  switch (name) {
    case '$project': {
      if (!isDocument(argument) || Object.keys(argument).length === 0) {
        throw new CommandError(
          51272,
          'Invalid $project :: caused by :: projection specification must have at least one field',
        );
      }
      return compileProjection(argument, { ofFind: false, ...options });
    }
    case '$addFields':
    case '$set':
      return addFields(name, argument, options);
    case '$unset':
      return unset(argument);
    case '$replaceRoot': {
      if (!isDocument(argument))
        throw new CommandError(40229, 'expected an object as specification for $replaceRoot stage');
      const other = Object.keys(argument).find((option) => option !== 'newRoot');
      if (other !== undefined) throw new CommandError(40415, `BSON field '$replaceRoot.${other}' is an unknown field.`);
      if (argument.newRoot === undefined)
        throw new CommandError(40414, "BSON field '$replaceRoot.newRoot' is missing but a required field");
      return replaceRoot(argument.newRoot, options);
    }
    case '$replaceWith':
      return replaceRoot(argument, options);
    default:
      return undefined;
  }
}

/** The update of an update pipeline. */
export function updateStages(stages: readonly Value[], options: ExpressionOptions): Transform {
  const transforms = stages.map((stage) => {
    if (!isDocument(stage)) throw new CommandError(14, "Each element of the 'pipeline' array must be an object");
    const [name, ...more] = Object.keys(stage);
    if (name === undefined || more.length > 0)
      throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
    if (!isStageName(name)) throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
    const transform = transformStage(name, stage[name] as Value, options);
    if (!transform) throw new CommandError(72, `${name} is not allowed to be used within an update`);
    return transform;
  });
  return (document) => transforms.reduce((current, transform) => transform(current), document);
}

function flatten(name: string, path: string, value: Value, into: [string[], Value][]): void {
  const parts = path.split('.');
  for (const part of parts) {
    if (part === '') throw new CommandError(15998, 'FieldPath field names may not be empty strings.');
    if (part.startsWith('$')) throw new CommandError(16410, `FieldPath field names may not start with '$': ${name}`);
  }
  if (isDocument(value) && !isOperatorDocument(value)) {
    const names = namesOf(value);
    if (names.length === 0)
      throw new CommandError(40180, `an empty object is not a valid value. Found empty object at path ${path}`);
    for (const inner of names) flatten(name, `${path}.${inner}`, value[inner] as Value, into);
    return;
  }
  for (const [other] of into)
    if (parts.every((part, i) => other[i] === undefined || other[i] === part))
      throw new CommandError(40176, `specification contains two conflicting paths: ${path} and ${other.join('.')}`);
  into.push([parts, value]);
}

function addFields(name: string, argument: Value, options: ExpressionOptions): Transform {
  if (!isDocument(argument)) throw new CommandError(40272, `${name} specification stage must be an object`);
  const paths: [string[], Value][] = [];
  const names = namesOf(argument);
  if (names.length === 0) throw new CommandError(40177, 'specification must have at least one field');
  for (const path of names) flatten(name, path, argument[path] as Value, paths);
  const fields = paths.map(([parts, value]) => ({ parts, expression: compileExpression(value, options) }));
  return (document) => {
    let result = document;
    for (const { parts, expression } of fields) {
      const value = expression(document);
      result = value === undefined ? without(result, parts) : addField(result, parts, value);
    }
    return result;
  };
}

function without(document: Document, parts: readonly string[]): Document {
  const [name = '', ...rest] = parts;
  if (!Object.hasOwn(document, name)) return document;
  const result = { ...document };
  const inner = document[name] as Value;
  if (rest.length === 0) delete result[name];
  else if (isDocument(inner)) result[name] = without(inner, rest);
  else if (Array.isArray(inner))
    result[name] = inner.map((element) => (isDocument(element) ? without(element, rest) : element));
  return result;
}

function unset(argument: Value): Transform {
  if (typeof argument !== 'string' && !Array.isArray(argument))
    throw new CommandError(31002, '$unset specification must be a string or an array');
  const paths = Array.isArray(argument) ? argument : [argument];
  if (paths.length === 0)
    throw new CommandError(31119, '$unset specification must be a string or an array with at least one field');
  const split = paths.map((path) => {
    if (typeof path !== 'string')
      throw new CommandError(31120, '$unset specification must be a string or an array containing only string values');
    const parts = path.split('.');
    if (path === '') throw new CommandError(40352, 'FieldPath cannot be constructed with empty string');
    if (parts.some((part) => part.startsWith('$')))
      throw new CommandError(16410, `FieldPath field names may not start with '$': '${path}'`);
    if (parts.includes('')) throw new CommandError(15998, 'FieldPath field names may not be empty strings.');
    return parts;
  });
  return (document) => split.reduce(without, document);
}

function replaceRoot(expression: Value, options: ExpressionOptions): Transform {
  const compiled = compileExpression(expression, options);
  return (document) => {
    const root = compiled(document);
    if (!isDocument(root))
      throw new CommandError(40228, `'newRoot' expression must evaluate to an object, but it is ${typeName(root)}`);
    return root;
  };
}
