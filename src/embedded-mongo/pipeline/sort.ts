import { type Document, isDocument, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { sortInSlices } from '../query/run.ts';
import { compileSort } from '../query/sort.ts';
import { Memory, sizeOf } from './limits.ts';
import { each, type PipelineContext, type Stage } from './stage.ts';

/** `$sort`. With `most` (from a `$limit` behind it; 0 means all) only so many documents are kept. */
export function sort(argument: Value, context: PipelineContext, most: number): Stage {
  if (!isDocument(argument)) throw new CommandError(15973, 'the $sort key specification must be an object');
  if (Object.keys(argument).length === 0) throw new CommandError(15976, '$sort stage must have at least one sort key');
  const order = compileSort(argument, context.strings);
  type Kept = { readonly document: Document; readonly key: ReturnType<typeof order.keyOf> };
  const compareKept = (a: Kept, b: Kept): number => order.compareKeys(a.key, b.key);
  const bounded = most > 0 && most < 10_000;
  return function* (input) {
    let kept: Kept[] = [];
    const memory = Memory.ofSort();
    yield* each(input, (document) => {
      if (!bounded || kept.length < most) memory.add(sizeOf(document));
      kept.push({ document, key: order.keyOf(document) });
      if (bounded && kept.length >= most * 2 + 100) kept = kept.sort(compareKept).slice(0, most);
    });
    const sorted = yield* sortInSlices(kept, compareKept, context.work);
    for (const { document } of most > 0 ? sorted.slice(0, most) : sorted) yield document;
  };
}
