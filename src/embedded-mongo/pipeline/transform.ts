import { type Document, isDocument, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { checkExpression, evaluate, type Variables } from '../expression/evaluate.ts';
import { isOperatorDocument } from '../query/match.ts';
import { addField, compileProjection } from '../query/projection.ts';

export type Transform = (document: Document) => Document;

/** Stages that make one document of one: also what a pipeline update may hold. */
export function transformStage(name: string, argument: Value, variables: Variables | undefined): Transform | undefined {
  switch (name) {
    case '$project': {
      if (!isDocument(argument) || Object.keys(argument).length === 0) {
        throw new CommandError(
          51272,
          'Invalid $project :: caused by :: projection specification must have at least one field',
        );
      }
      return compileProjection(argument, { ofFind: false, variables });
    }
    case '$addFields':
    case '$set':
      return addFields(name, argument, variables);
    case '$unset':
      return unset(argument);
    case '$replaceRoot': {
      const root = isDocument(argument) ? argument.newRoot : undefined;
      if (root === undefined) throw new CommandError(40231, 'no newRoot specified for the $replaceRoot stage');
      return replaceRoot(root, variables);
    }
    case '$replaceWith':
      return replaceRoot(argument, variables);
    default:
      return undefined;
  }
}

/** The update of an update pipeline. */
export function updateStages(stages: readonly Value[], variables: Variables | undefined): Transform {
  const transforms = stages.map((stage) => {
    const [name = ''] = isDocument(stage) ? Object.keys(stage) : [];
    const transform = isDocument(stage) ? transformStage(name, stage[name] as Value, variables) : undefined;
    if (!transform) throw new CommandError(72, `${name} is not allowed to be used within an update`);
    return transform;
  });
  return (document) => transforms.reduce((current, transform) => transform(current), document);
}

function flatten(prefix: string, value: Value, into: [string[], Value][]): void {
  if (isDocument(value) && !isOperatorDocument(value) && Object.keys(value).length > 0) {
    for (const name of Object.keys(value)) flatten(`${prefix}.${name}`, value[name] as Value, into);
  } else into.push([prefix.split('.'), value]);
}

function addFields(name: string, argument: Value, variables: Variables | undefined): Transform {
  if (!isDocument(argument)) throw new CommandError(40272, `${name} specification stage must be an object`);
  const paths: [string[], Value][] = [];
  for (const path of Object.keys(argument)) {
    if (path.startsWith('$') || path === '')
      throw new CommandError(16410, `FieldPath '${path}' is not valid in ${name}`);
    checkExpression(argument[path] as Value);
    flatten(path, argument[path] as Value, paths);
  }
  return (document) => {
    let result = document;
    for (const [parts, expression] of paths) {
      const value = evaluate(expression, { root: document, variables });
      if (value !== undefined) result = addField(result, parts, value);
      else result = without(result, parts);
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
  const paths = Array.isArray(argument) ? argument : [argument];
  const split = paths.map((path) => {
    if (typeof path !== 'string' || path === '')
      throw new CommandError(31120, '$unset specification must be a string or an array of strings');
    return path.split('.');
  });
  return (document) => split.reduce(without, document);
}

function replaceRoot(expression: Value, variables: Variables | undefined): Transform {
  checkExpression(expression);
  return (document) => {
    const root = evaluate(expression, { root: document, variables });
    if (!isDocument(root)) throw new CommandError(40228, "'newRoot' expression must evaluate to an object");
    return root;
  };
}
