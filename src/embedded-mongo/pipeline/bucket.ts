import { Int32 } from 'bson';
import { compare } from '../bson/compare.ts';
import { type Document, isDocument, orderOf, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { compileExpression, type ExpressionOptions } from '../expression/evaluate.ts';
import { gathered } from '../query/work.ts';
import { collect, compileAccumulators } from './group.ts';
import type { Stage } from './stage.ts';

const known = ['groupBy', 'boundaries', 'default', 'output'];

/** `$bucket`: groups by ranges between boundaries, each from the first of two on and below the second. */
export function bucket(argument: Value, options: ExpressionOptions): Stage {
  if (!isDocument(argument)) throw new CommandError(40201, 'Argument to $bucket stage must be an object');
  for (const name of Object.keys(argument))
    if (!known.includes(name)) throw new CommandError(40197, `Unrecognized option to $bucket: ${name}`);
  const { groupBy, boundaries, default: other, output } = argument;
  if (groupBy === undefined || boundaries === undefined)
    throw new CommandError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  const ofPath = typeof groupBy === 'string' && groupBy.startsWith('$');
  if (!ofPath && !(isDocument(groupBy) && Object.keys(groupBy)[0]?.startsWith('$')))
    throw new CommandError(40202, "The $bucket 'groupBy' field must be defined as a $-prefixed path or an expression");
  if (output !== undefined && !isDocument(output))
    throw new CommandError(40196, "The $bucket 'output' field must be an object");
  const edges = edgesOf(boundaries, options);
  checkDefault(other, edges, options);
  const expression = compileExpression(groupBy, options);
  const fields = compileAccumulators(output ?? { count: { $sum: new Int32(1) } }, options);
  const place = (document: Document): Value => {
    const value = expression(document);
    const at = value === undefined ? -1 : edges.findLastIndex((edge) => compare(value, edge, options.strings) >= 0);
    if (at >= 0 && at < edges.length - 1) return edges[at] as Value;
    if (other === undefined)
      throw new CommandError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    return other;
  };
  return function* (input) {
    const buckets = yield* gathered(collect(input, fields, place, options));
    yield* buckets.sort((a, b) => compare(a._id, b._id, options.strings));
  };
}

function edgesOf(boundaries: Value, options: ExpressionOptions): readonly Value[] {
  if (!Array.isArray(boundaries))
    throw new CommandError(40200, "The $bucket 'boundaries' field must be an array of values");
  if (boundaries.length < 2)
    throw new CommandError(40192, "The $bucket 'boundaries' field must have at least 2 values");
  const edges = boundaries.map((boundary) => {
    const value = compileExpression(boundary, {})({});
    return value ?? null;
  });
  for (const [i, edge] of edges.entries()) {
    const before = edges[i - 1];
    if (before === undefined) continue;
    if (orderOf(before) !== orderOf(edge))
      throw new CommandError(40193, "All values in the 'boundaries' option to $bucket must have the same type");
    if (compare(before, edge, options.strings) >= 0)
      throw new CommandError(40194, "The 'boundaries' option to $bucket must be sorted in ascending order");
  }
  return edges;
}

function checkDefault(other: Value | undefined, edges: readonly Value[], options: ExpressionOptions): void {
  const [first = null, last = null] = [edges[0], edges.at(-1)];
  if (other === undefined || orderOf(other) !== orderOf(first)) return;
  if (compare(other, first, options.strings) >= 0 && compare(other, last, options.strings) < 0)
    throw new CommandError(
      40199,
      "The $bucket 'default' field must be less than the lowest boundary or not less than the highest",
    );
}
