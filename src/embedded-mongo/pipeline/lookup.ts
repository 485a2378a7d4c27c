import { type Document, isDocument, type Value } from '../bson/value.ts';
import { CommandError, notOffered } from '../errors.ts';
import { checkExpression, evaluate, type Variables } from '../expression/evaluate.ts';
import { visitPath } from '../query/path.ts';
import { gathered, pause } from '../query/work.ts';
import { compilePipeline, type PipelineContext, placed, type Stage } from './pipeline.ts';

const known = ['from', 'localField', 'foreignField', 'as', 'let', 'pipeline'];

/** `$lookup`, by equality of two fields, by a pipeline, or both. */
export function lookup(argument: Value, context: PipelineContext): Stage {
  if (!isDocument(argument)) throw new CommandError(9, 'the $lookup specification must be an Object');
  for (const name of Object.keys(argument))
    if (!known.includes(name)) throw new CommandError(9, `unknown argument to $lookup: ${name}`);
  const { from, localField, foreignField, as, pipeline, let: vars } = argument;
  if (isDocument(from)) throw notOffered('$lookup from another database');
  if (typeof from !== 'string' || typeof as !== 'string') throw new CommandError(9, "$lookup needs 'from' and 'as'");
  const byField = typeof localField === 'string' && typeof foreignField === 'string';
  if (!byField && !Array.isArray(pipeline))
    throw new CommandError(9, "$lookup requires both or neither of 'localField' and 'foreignField' to be specified");
  if (pipeline !== undefined && !Array.isArray(pipeline))
    throw new CommandError(14, "'pipeline' option must be specified as an array");
  if (vars !== undefined && !isDocument(vars)) throw new CommandError(9, '$lookup let must be an object');
  if (vars) checkExpression(vars);
  // Compiled once to refuse what is wrong; again for each document, whose variables differ.
  if (pipeline) compilePipeline(pipeline, { ...context, variables: { ...context.variables, ...names(vars) } });
  return function* (input) {
    for (const document of input) {
      if (document === pause) {
        yield pause;
        continue;
      }
      const variables = { ...context.variables, ...bound(vars, document, context.variables) };
      const filter = byField ? equality(document, localField, foreignField) : {};
      const [first, ...rest] = pipeline ?? [];
      const leading = isDocument(first) && isDocument(first.$match) ? first.$match : undefined;
      const stages = leading ? rest : (pipeline ?? []);
      const query = leading ? { $and: [filter, leading] } : filter;
      const found = compilePipeline(stages, { ...context, variables })(context.find(from, query, variables));
      yield placed(document, as.split('.'), yield* gathered(found));
      if (context.work?.isDue()) yield pause;
    }
  };
}

function names(vars: Document | undefined): Variables {
  return Object.fromEntries(Object.keys(vars ?? {}).map((name) => [name, null]));
}

function bound(vars: Document | undefined, document: Document, variables: Variables | undefined): Variables {
  return Object.fromEntries(
    Object.entries(vars ?? {}).map(([name, expression]) => [name, evaluate(expression, { root: document, variables })]),
  );
}

/** A local array means any of its elements; what is missing is looked up as null. */
function equality(document: Document, localField: string, foreignField: string): Document {
  const values: Value[] = [];
  visitPath(document, localField.split('.'), false, (value) => {
    if (Array.isArray(value)) values.push(...value);
    else values.push(value ?? null);
    return false;
  });
  return { [foreignField]: values.length === 1 ? { $eq: values[0] as Value } : { $in: values } };
}
