import { compare, copy } from '../bson/compare.ts';
import { toNumber } from '../bson/number.ts';
import { type Document, isDocument, isNumeric, typeName, type Value } from '../bson/value.ts';
import { badValue } from '../errors.ts';
import { compileSort } from '../query/sort.ts';
import type { OperatorContext } from './operators.ts';
import type { Change } from './path.ts';

const modifiers = ['$each', '$position', '$slice', '$sort'];

/** `$push`, with its modifiers: add, then sort, then cut. */
export function pushChange(argument: Value, path: string, context: OperatorContext): Change {
  const options: Document = isDocument(argument) && Object.hasOwn(argument, '$each') ? argument : { $each: [argument] };
  for (const name of Object.keys(options))
    if (!modifiers.includes(name)) throw badValue(`Unrecognized clause in $push: ${name}`);
  const each = options.$each;
  if (!Array.isArray(each))
    throw badValue(`The argument to $each in $push must be an array but it was of type: ${typeName(each)}`);
  const position = whole(options, '$position');
  const slice = whole(options, '$slice');
  const order = sorting(options.$sort, context);
  return (old) => {
    if (old !== undefined && !Array.isArray(old)) {
      throw badValue(`The field '${path}' must be an array but is of type ${typeName(old)}`);
    }
    const list = old === undefined ? [] : [...old];
    list.splice(position ?? list.length, 0, ...copy(each));
    if (order) list.sort(order);
    if (slice === undefined) return list;
    return slice < 0 ? list.slice(slice) : list.slice(0, slice);
  };
}

function whole(options: Document, name: string): number | undefined {
  const value = options[name];
  if (value === undefined) return undefined;
  if (!isNumeric(value) || !Number.isInteger(toNumber(value)))
    throw badValue(`The value for ${name} must be an integer value`);
  return toNumber(value);
}

function sorting(sort: Value | undefined, context: OperatorContext): ((a: Value, b: Value) => number) | undefined {
  if (sort === undefined) return undefined;
  if (isDocument(sort)) {
    const paths = Object.keys(sort);
    if (paths.length === 0) throw badValue('The $sort pattern is empty when it should be a set of fields.');
    for (const path of paths) {
      directionOf(sort[path]);
      if (path.split('.').includes(''))
        throw badValue(`The $sort field is a dotted field but has an empty part: ${path}`);
    }
    const compiled = compileSort(sort, context.strings);
    return (a, b) => compiled.compare(isDocument(a) ? a : {}, isDocument(b) ? b : {});
  }
  const direction = directionOf(sort);
  return (a, b) => direction * compare(a, b, context.strings);
}

function directionOf(value: Value | undefined): number {
  const direction = isNumeric(value) ? toNumber(value) : 0;
  if (direction !== 1 && direction !== -1) throw badValue('The $sort element value must be either 1 or -1');
  return direction;
}
