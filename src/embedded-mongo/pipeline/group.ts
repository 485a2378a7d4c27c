import { namesOf } from '../bson/names.ts';
import { type Document, isDocument, setField, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { compileExpression, type Expression, type ExpressionOptions } from '../expression/evaluate.ts';
import { collationKey } from '../query/collation.ts';
import type { Pause } from '../query/work.ts';
import { accumulatorNamed } from './accumulator.ts';
import { Memory, sizeOf } from './limits.ts';
import { type Gatherer, type Gathering, rankedAccumulator } from './ranked.ts';
import { type Documents, each, type Stage } from './stage.ts';

interface GroupField {
  readonly name: string;
  readonly gather: Gatherer;
}

export function compileAccumulators(
  spec: Document,
  options: ExpressionOptions,
  without: readonly string[] = [],
): GroupField[] {
  return namesOf(spec)
    .filter((name) => !without.includes(name))
    .map((name) => {
      if (name.includes('.')) throw new CommandError(40235, `The field name '${name}' cannot contain '.'`);
      if (name.startsWith('$')) throw new CommandError(40236, `The field name '${name}' cannot be an operator name`);
      const value = spec[name];
      const operators = isDocument(value) ? Object.keys(value) : [];
      const [operator] = operators;
      if (operator === undefined || !isDocument(value))
        throw new CommandError(40234, `The field '${name}' must be an accumulator object`);
      if (operators.length > 1) throw new CommandError(40238, `The field '${name}' must specify one accumulator`);
      return { name, gather: gathererOf(operator, value[operator] as Value, options) };
    });
}

function gathererOf(operator: string, argument: Value, options: ExpressionOptions): Gatherer {
  const ranked = rankedAccumulator(operator, argument, options);
  if (ranked) return ranked;
  const make = accumulatorNamed(operator);
  if (operator === '$count') {
    if (!isDocument(argument) || Object.keys(argument).length > 0)
      throw new CommandError(9, '$count takes no arguments, i.e. $count:{}');
  } else if (Array.isArray(argument)) throw new CommandError(40237, `The ${operator} accumulator is a unary operator`);
  const expression = compileExpression(argument, options);
  return () => {
    const accumulator = make(options.strings);
    return { add: (document) => accumulator.add(expression(document)), result: () => accumulator.result() };
  };
}

/** `$group`: one document for each value of `_id`, in the order in which they appeared. */
export function group(argument: Value, options: ExpressionOptions): Stage {
  if (!isDocument(argument)) throw new CommandError(15947, "a group's fields must be specified in an object");
  const id = argument._id;
  if (id === undefined) throw new CommandError(15955, 'a group specification must include an _id');
  const expression = compileExpression(id, options);
  const fields = compileAccumulators(argument, options, ['_id']);
  return (input) => collect(input, fields, expression, options);
}

/** Groups by what an expression gives; what is missing goes with null. */
export function* collect(
  input: Documents,
  fields: readonly GroupField[],
  idOf: Expression,
  options: ExpressionOptions,
): Generator<Document | Pause> {
  const groups = new Map<string, { id: Value; gatherings: Gathering[] }>();
  const memory = Memory.ofStage('$group');
  yield* each(input, (document) => {
    const id = idOf(document) ?? null;
    const key = collationKey(id, options.strings);
    let found = groups.get(key);
    if (!found) {
      memory.add(sizeOf(id) + 128 * (fields.length + 1));
      found = { id, gatherings: fields.map(({ gather }) => gather(id)) };
      groups.set(key, found);
    }
    for (const gathering of found.gatherings) gathering.add(document);
  });
  for (const { id, gatherings } of groups.values()) {
    const result: Document = { _id: id };
    for (const [i, { name }] of fields.entries()) setField(result, name, gatherings[i]?.result() ?? null);
    yield result;
  }
}
