import { BSONRegExp } from 'bson';
import { type Document, isDocument, type Value } from '../bson/value.ts';
import { CommandError, notOffered } from '../errors.ts';
import { compileExpression, type Expression, type Variables } from '../expression/evaluate.ts';
import { checkName } from '../expression/names.ts';
import { visitPath } from '../query/path.ts';
import { gathered, pause } from '../query/work.ts';
import { compilePipeline } from './pipeline.ts';
import { placed } from './placed.ts';
import type { PipelineContext, Stage } from './stage.ts';

interface Lookup {
  readonly from: string;
  readonly as: string;
  readonly fields: { readonly local: readonly string[]; readonly foreign: string } | undefined;
  readonly pipeline: readonly Value[];
  readonly variables: Document;
}

/**
 * `$lookup`, by equality of two fields, by a pipeline, or both. The pipeline is compiled once: its variables are an object
 * whose values change from document to document.
 */
export function lookup(argument: Value, context: PipelineContext): Stage {
  const { from, as, fields, pipeline, variables: definitions } = read(argument);
  const names = Object.keys(definitions);
  const expressions = new Map<string, Expression>();
  for (const name of names) {
    checkName(name);
    expressions.set(name, compileExpression(definitions[name] as Value, context));
  }
  const variables: Record<string, Value | undefined> = { ...context.variables };
  for (const name of names) variables[name] = null;
  const inner: PipelineContext = { ...context, variables, place: 'lookup' };
  const [first, ...rest] = pipeline;
  const leading =
    isDocument(first) && Object.keys(first).length === 1 && isDocument(first.$match) ? first.$match : undefined;
  // Also the leading $match goes through the compiler once, so that it is refused without documents too.
  compilePipeline(pipeline, inner);
  const stages = compilePipeline(leading ? rest : pipeline, inner);
  const path = as.split('.');
  return function* (input) {
    for (const document of input) {
      if (document === pause) {
        yield pause;
        continue;
      }
      Object.assign(variables, context.variables, valuesOf(expressions, document));
      const clauses: Document[] = [];
      if (fields) clauses.push(equality(document, fields.local, fields.foreign));
      if (leading) clauses.push(leading);
      const [only = {}] = clauses;
      const filter = clauses.length > 1 ? { $and: clauses } : only;
      yield placed(document, path, yield* gathered(stages(context.find(from, filter, variables))));
      if (context.work?.isDue()) yield pause;
    }
  };
}

const known = ['from', 'localField', 'foreignField', 'as', 'let', 'pipeline'];

function read(argument: Value): Lookup {
  if (!isDocument(argument)) throw new CommandError(9, 'the $lookup specification must be an Object');
  for (const name of Object.keys(argument))
    if (!known.includes(name)) throw new CommandError(9, `unknown argument to $lookup: ${name}`);
  const { from, localField, foreignField, as, pipeline, let: variables } = argument;
  if (pipeline !== undefined && !Array.isArray(pipeline))
    throw new CommandError(14, "A pipeline stage specification must be an array: 'pipeline'");
  if (variables !== undefined && !isDocument(variables))
    throw new CommandError(9, '$lookup argument let must be an object');
  if (isDocument(from)) throw notOffered('$lookup from another database');
  for (const [name, value] of Object.entries({ from, localField, foreignField, as }))
    if (value !== undefined && typeof value !== 'string')
      throw new CommandError(9, `$lookup argument '${name}' must be a string`);
  if (typeof as !== 'string') throw new CommandError(9, "must specify 'as' field for a $lookup");
  if (typeof from !== 'string') {
    if (pipeline !== undefined) throw notOffered('$lookup without a collection');
    throw new CommandError(9, "missing 'from' option to $lookup stage specification");
  }
  checkPath(as);
  if ((localField === undefined) !== (foreignField === undefined))
    throw new CommandError(9, "$lookup requires both or neither of 'localField' and 'foreignField' to be specified");
  if (localField === undefined && pipeline === undefined)
    throw new CommandError(
      9,
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  if (variables !== undefined && pipeline === undefined)
    throw new CommandError(9, "$lookup with a 'let' argument must also specify 'pipeline'");
  const fields =
    typeof localField === 'string' && typeof foreignField === 'string'
      ? { local: checkPath(localField), foreign: checkPath(foreignField).join('.') }
      : undefined;
  return { from, as, fields, pipeline: pipeline ?? [], variables: variables ?? {} };
}

function checkPath(path: string): string[] {
  const parts = path.split('.');
  if (path === '') throw new CommandError(40352, 'FieldPath cannot be constructed with empty string');
  if (parts.some((part) => part.startsWith('$')))
    throw new CommandError(16410, `FieldPath field names may not start with '$': '${path}'`);
  if (parts.includes('')) throw new CommandError(15998, 'FieldPath field names may not be empty strings.');
  return parts;
}

function valuesOf(expressions: ReadonlyMap<string, Expression>, document: Document): Variables {
  const values: Record<string, Value | undefined> = {};
  for (const [name, expression] of expressions) values[name] = expression(document);
  return values;
}

/** A local array means any of its elements; what is missing is looked up as null. */
function equality(document: Document, local: readonly string[], foreign: string): Document {
  const values: Value[] = [];
  visitPath(document, local, false, (value) => {
    if (Array.isArray(value)) values.push(...value);
    else values.push(value ?? null);
    return false;
  });
  const [only] = values;
  if (values.length === 1) return { [foreign]: { $eq: only as Value } };
  // In $in an expression would be a pattern; here it is a value.
  if (values.some((value) => value instanceof BSONRegExp))
    return { $or: values.map((value) => ({ [foreign]: { $eq: value } })) };
  return { [foreign]: { $in: values } };
}
