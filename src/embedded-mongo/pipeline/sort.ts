import { type Document, isDocument, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { ExpressionOptions } from '../expression/evaluate.ts';
import { compileSort } from '../query/sort.ts';
import { Memory, sizeOf } from './limits.ts';
import { lazily, type Stage } from './stage.ts';

/** `$sort`. With `most` (from a `$limit` behind it; 0 means all) only so many documents are kept. */
export function sort(argument: Value, options: ExpressionOptions, most: number): Stage {
  if (!isDocument(argument)) throw new CommandError(15973, 'the $sort key specification must be an object');
  if (Object.keys(argument).length === 0) throw new CommandError(15976, '$sort stage must have at least one sort key');
  const order = compileSort(argument, options.strings);
  return lazily((input) => {
    let kept: { document: Document; key: ReturnType<typeof order.keyOf> }[] = [];
    const memory = Memory.ofSort();
    const bounded = most > 0 && most < 10_000;
    const cut = () => {
      kept.sort((a, b) => order.compareKeys(a.key, b.key));
      if (most > 0) kept = kept.slice(0, most);
    };
    for (const document of input) {
      if (!bounded || kept.length < most) memory.add(sizeOf(document));
      kept.push({ document, key: order.keyOf(document) });
      if (bounded && kept.length >= most * 2 + 100) cut();
    }
    cut();
    return kept.map(({ document }) => document);
  });
}
