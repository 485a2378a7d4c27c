import { keyString } from '../bson/key.ts';
import { type Document, isDocument, setField, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { checkExpression, evaluate, type Variables } from '../expression/evaluate.ts';
import { type Pause, pause } from '../query/work.ts';
import { type Accumulator, accumulatorNamed } from './accumulator.ts';
import type { Documents, Stage } from './pipeline.ts';

interface GroupField {
  readonly name: string;
  readonly make: () => Accumulator;
  readonly expression: Value;
}

export function compileAccumulators(spec: Document, without: readonly string[]): GroupField[] {
  return Object.keys(spec)
    .filter((name) => !without.includes(name))
    .map((name) => {
      const value = spec[name];
      const operators = isDocument(value) ? Object.keys(value) : [];
      const [operator] = operators;
      if (operator === undefined || !isDocument(value))
        throw new CommandError(40234, `The field '${name}' must be an accumulator object`);
      if (operators.length > 1) throw new CommandError(40238, `The field '${name}' must specify one accumulator`);
      const make = accumulatorNamed(operator);
      const expression = value[operator] as Value;
      checkExpression(expression);
      return { name, make, expression };
    });
}

/** `$group`: one document for each value of `_id`, in the order in which they appeared. */
export function group(argument: Value, variables: Variables | undefined): Stage {
  if (!isDocument(argument)) throw new CommandError(15947, "a group's fields must be specified in an object");
  const id = argument._id;
  if (id === undefined) throw new CommandError(15955, 'a group specification must include an _id');
  checkExpression(id);
  const fields = compileAccumulators(argument, ['_id']);
  return (input) =>
    collect(input, fields, (document) => evaluate(id, { root: document, variables }) ?? null, variables);
}

export function* collect(
  input: Documents,
  fields: readonly GroupField[],
  idOf: (document: Document) => Value,
  variables: Variables | undefined,
): Generator<Document | Pause> {
  const groups = new Map<string, { id: Value; accumulators: Accumulator[] }>();
  for (const document of input) {
    if (document === pause) {
      yield pause;
      continue;
    }
    const id = idOf(document);
    const key = keyString(id);
    let found = groups.get(key);
    if (!found) {
      found = { id, accumulators: fields.map(({ make }) => make()) };
      groups.set(key, found);
    }
    for (const [i, { expression }] of fields.entries()) {
      found.accumulators[i]?.add(evaluate(expression, { root: document, variables }));
    }
  }
  for (const { id, accumulators } of groups.values()) {
    const result: Document = { _id: id };
    for (const [i, { name }] of fields.entries()) setField(result, name, accumulators[i]?.result() ?? null);
    yield result;
  }
}
