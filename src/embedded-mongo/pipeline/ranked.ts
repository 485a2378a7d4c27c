import type { StringOrder } from '../bson/compare.ts';
import { type Document, isDocument, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { compileExpression, type ExpressionOptions, type Result } from '../expression/evaluate.ts';
import { extremes, howMany } from '../expression/gathering.ts';
import { compileSort } from '../query/sort.ts';
import type { Accumulator } from './accumulator.ts';
import { Memory, sizeOf } from './limits.ts';

/** Gathers the documents of one group themselves. */
export interface Gathering {
  add(document: Document): void;
  result(): Value;
}

/** For the documents of one group with the `_id` of the group, of which `n` may depend. */
export type Gatherer = (id: Value) => Gathering;

const several = ['$firstN', '$lastN', '$minN', '$maxN'];
const sorted = ['$top', '$bottom', '$topN', '$bottomN'];

/** `$firstN`, `$top` and their like, undefined for any other name. */
export function rankedAccumulator(name: string, argument: Value, options: ExpressionOptions): Gatherer | undefined {
  if (several.includes(name)) return severalOf(name, argument, options);
  return sorted.includes(name) ? sortedOf(name, argument, options) : undefined;
}

function read(
  name: string,
  argument: Value,
  known: readonly string[],
  codes: { object: number; unknown: number },
): Document {
  if (!isDocument(argument)) throw new CommandError(codes.object, `specification must be an object; found ${name}`);
  for (const key of Object.keys(argument))
    if (!known.includes(key)) throw new CommandError(codes.unknown, `Unknown argument to ${name} '${key}'`);
  return argument;
}

/** The `n` of each group: an expression that sees nothing but the `_id` of the group. */
function countOf(name: string, n: Value | undefined, options: ExpressionOptions): (id: Value) => number {
  if (n === undefined) throw new CommandError(5787906, `Missing value for 'n' of ${name}`);
  const expression = compileExpression(n, options);
  return (id) => howMany(name, expression({ _id: id }));
}

function severalOf(name: string, argument: Value, options: ExpressionOptions): Gatherer {
  const { input, n } = read(name, argument, ['input', 'n'], { object: 5787900, unknown: 5787901 });
  const count = countOf(name, n, options);
  if (input === undefined) throw new CommandError(5787907, `Missing value for 'input' of ${name}`);
  const expression = compileExpression(input, options);
  return (id) => {
    const most = count(id);
    const values =
      name === '$firstN' ? first(most) : name === '$lastN' ? last(most) : ends(name, most, options.strings);
    return { add: (document) => values.add(expression(document)), result: () => values.result() };
  };
}

function first(most: number): Accumulator {
  const kept: Value[] = [];
  return { add: (value) => kept.length < most && kept.push(value ?? null), result: () => kept };
}

function last(most: number): Accumulator {
  let kept: Value[] = [];
  const add = (value: Result) => {
    kept.push(value ?? null);
    if (kept.length > most * 2 + 1000) kept = kept.slice(-most);
  };
  return { add, result: () => kept.slice(-most) };
}

function ends(name: string, most: number, strings: StringOrder | undefined): Accumulator {
  const sign = name === '$minN' ? 1 : -1;
  let kept: Value[] = [];
  const memory = Memory.ofAccumulator(name);
  const cut = (): Value[] => {
    kept = extremes(kept, most, sign, strings);
    return kept;
  };
  const add = (value: Result) => {
    if (value === undefined || value === null) return;
    if (kept.length < most) memory.add(sizeOf(value));
    kept.push(value);
    if (kept.length > most * 2 + 1000) cut();
  };
  return { add, result: cut };
}

function sortedOf(name: string, argument: Value, options: ExpressionOptions): Gatherer {
  const wantsN = name.endsWith('N');
  const known = ['sortBy', 'output', ...(wantsN ? ['n'] : [])];
  const { sortBy, output, n } = read(name, argument, known, { object: 5788001, unknown: 5788002 });
  const count = wantsN ? countOf(name, n === undefined ? missing(name, 'n', 5788003) : n, options) : () => 1;
  if (output === undefined) missing(name, 'output', 5788004);
  if (sortBy === undefined) missing(name, 'sortBy', 5788005);
  if (!isDocument(sortBy)) throw new CommandError(5788604, `expected 'sortBy' to already be an object in ${name}`);
  const order = compileSort(sortBy, options.strings);
  const expression = compileExpression(output as Value, options);
  const bottom = name.startsWith('$bottom');
  return (id) => {
    const most = count(id);
    let kept: { key: ReturnType<typeof order.keyOf>; value: Value }[] = [];
    const cut = () => {
      kept.sort((a, b) => order.compareKeys(a.key, b.key));
      kept = bottom ? kept.slice(-most) : kept.slice(0, most);
    };
    return {
      add: (document) => {
        kept.push({ key: order.keyOf(document), value: expression(document) ?? null });
        if (kept.length > most * 2 + 1000) cut();
      },
      result: () => {
        cut();
        const values = kept.map(({ value }) => value);
        return wantsN ? values : (values[0] ?? null);
      },
    };
  };
}

function missing(name: string, option: string, code: number): never {
  throw new CommandError(code, `Missing value for '${option}' of ${name}`);
}
