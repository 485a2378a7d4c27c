import { Int32 } from 'bson';
import { compare } from '../bson/compare.ts';
import { type Document, isDocument, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { checkExpression, evaluate, type Variables } from '../expression/evaluate.ts';
import { gathered } from '../query/work.ts';
import { collect, compileAccumulators } from './group.ts';
import type { Stage } from './pipeline.ts';

/** `$bucket`: groups by ranges between boundaries. */
export function bucket(argument: Value, variables: Variables | undefined): Stage {
  if (!isDocument(argument)) throw new CommandError(40201, 'Argument to $bucket stage must be an object');
  const { groupBy, boundaries, default: other, output } = argument;
  if (groupBy === undefined || !Array.isArray(boundaries))
    throw new CommandError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  if (boundaries.length < 2)
    throw new CommandError(40192, "The $bucket 'boundaries' field must have at least 2 values");
  checkExpression(groupBy);
  const fields = compileAccumulators(isDocument(output) ? output : { count: { $sum: new Int32(1) } }, []);
  const place = (document: Document): Value => {
    const value = evaluate(groupBy, { root: document, variables });
    for (let i = 0; i < boundaries.length - 1; i++) {
      if (compare(value, boundaries[i]) >= 0 && compare(value, boundaries[i + 1]) < 0) return boundaries[i] as Value;
    }
    if (other === undefined)
      throw new CommandError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    return other;
  };
  return function* (input) {
    const buckets = yield* gathered(collect(input, fields, place, variables));
    yield* buckets.sort((a, b) => compare(a._id, b._id));
  };
}
