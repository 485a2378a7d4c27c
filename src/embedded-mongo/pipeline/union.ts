import { isDocument, type Value } from '../bson/value.ts';
import { CommandError, notOffered } from '../errors.ts';
import { compilePipeline } from './pipeline.ts';
import type { PipelineContext, Stage } from './stage.ts';

/** `$unionWith`: behind the documents those of another collection, through a pipeline where there is one. */
export function unionWith(argument: Value, context: PipelineContext): Stage {
  if (typeof argument !== 'string' && !isDocument(argument))
    throw new CommandError(9, 'the $unionWith stage specification must be an object or string');
  const { coll, pipeline = [], ...others } = isDocument(argument) ? argument : { coll: argument, pipeline: [] };
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new CommandError(40415, `BSON field '$unionWith.${unknown}' is an unknown field.`);
  if (!Array.isArray(pipeline))
    throw new CommandError(14, "BSON field '$unionWith.pipeline' is the wrong type, expected type 'array'");
  if (coll === undefined) throw notOffered('$unionWith without a collection');
  if (typeof coll !== 'string')
    throw new CommandError(14, "BSON field '$unionWith.coll' is the wrong type, expected type 'string'");
  const stage = compilePipeline(pipeline, { ...context, place: 'unionWith' });
  return function* (input) {
    yield* input;
    yield* stage(context.find(coll, {}, context.variables));
  };
}
