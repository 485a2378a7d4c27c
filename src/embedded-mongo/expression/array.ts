import { Int32 } from 'bson';
import { compare } from '../bson/compare.ts';
import { toNumber } from '../bson/number.ts';
import { type Document, isDocument, isNumeric, setField, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { compileSort } from '../query/sort.ts';
import { array, exactly, isNothing, list, named, single, text, wholeNumber } from './arguments.ts';
import { type ExpressionOperator, type ExpressionOperators, evaluate, type Result, type Scope } from './evaluate.ts';
import { truthy } from './truth.ts';
import { withVariables } from './variable.ts';

function elementAt(argument: Value, scope: Scope): Result {
  const [from, at] = exactly('$arrayElemAt', 2, argument, scope);
  if (isNothing(from) || isNothing(at)) return null;
  const all = array('$arrayElemAt', from, 28689);
  if (!isNumeric(at)) throw new CommandError(28690, `$arrayElemAt's second argument must be a numeric value`);
  return all.at(wholeNumber('$arrayElemAt', at, 28691));
}

function end(name: string, pick: (values: Value[]) => Value | undefined): ExpressionOperator {
  return (argument, scope) => {
    const value = single(name, argument, scope);
    return isNothing(value) ? null : pick(array(name, value, 28689));
  };
}

function concatArrays(argument: Value, scope: Scope): Result {
  const values = list(argument, scope);
  if (values.some(isNothing)) return null;
  return values.flatMap((value) => array('$concatArrays', value, 28664));
}

function filter(argument: Value, scope: Scope): Result {
  const options = named('$filter', argument, ['input', 'as', 'cond', 'limit']);
  const input = evaluate(options.input ?? null, scope);
  if (isNothing(input)) return null;
  const name = options.as === undefined ? 'this' : text('$filter', options.as);
  const limit = options.limit === undefined ? null : evaluate(options.limit, scope);
  const kept = array('$filter', input, 28651).filter((element) =>
    truthy(evaluate(options.cond ?? null, withVariables(scope, { [name]: element }))),
  );
  if (isNothing(limit)) return kept;
  const most = wholeNumber('$filter', limit, 327391);
  if (most < 1) throw new CommandError(327392, '$filter: limit must be greater than 0');
  return kept.slice(0, most);
}

function map(argument: Value, scope: Scope): Result {
  const options = named('$map', argument, ['input', 'as', 'in']);
  const input = evaluate(options.input ?? null, scope);
  if (isNothing(input)) return null;
  const name = options.as === undefined ? 'this' : text('$map', options.as);
  return array('$map', input, 16883).map(
    (element) => evaluate(options.in ?? null, withVariables(scope, { [name]: element })) ?? null,
  );
}

function reduce(argument: Value, scope: Scope): Result {
  const options = named('$reduce', argument, ['input', 'initialValue', 'in']);
  const input = evaluate(options.input ?? null, scope);
  if (isNothing(input)) return null;
  let value = evaluate(options.initialValue ?? null, scope);
  for (const element of array('$reduce', input, 40080)) {
    value = evaluate(options.in ?? null, withVariables(scope, { this: element, value: value ?? null }));
  }
  return value;
}

function slice(argument: Value, scope: Scope): Result {
  const values = list(argument, scope);
  if (values.some(isNothing)) return null;
  const [from, first, second] = values;
  const all = array('$slice', from, 28724);
  const a = wholeNumber('$slice', first, 28725);
  if (second === undefined) return a >= 0 ? all.slice(0, a) : all.slice(a);
  const count = wholeNumber('$slice', second, 28727);
  if (count <= 0) throw new CommandError(28729, 'Third argument to $slice must be positive');
  const start = a >= 0 ? a : Math.max(0, all.length + a);
  return all.slice(start, start + count);
}

const mostRangeElements = (100 * 1024 * 1024) / 16;

function range(argument: Value, scope: Scope): Result {
  const [from, to, by] = list(argument, scope);
  const start = wholeInt('$range', from, 34443, 34444);
  const stop = wholeInt('$range', to, 34445, 34446);
  const given = Array.isArray(argument) && argument.length > 2;
  const step = given ? wholeInt('$range', by, 34447, 34448) : 1;
  if (step === 0) throw new CommandError(34449, '$range requires a non-zero step value');
  if ((stop - start) / step >= mostRangeElements)
    throw new CommandError(146, '$range would use too much memory and cannot spill to disk');
  const values: Value[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) values.push(new Int32(i));
  return values;
}

/** A number that 32 bits hold. */
function wholeInt(name: string, value: Result, ofType: number, ofValue: number): number {
  if (!isNumeric(value)) throw new CommandError(ofType, `${name} requires a numeric value`);
  const number = wholeNumber(name, value, ofValue);
  if ((number | 0) !== number) throw new CommandError(ofValue, `${name} requires a 32-bit integer, found ${number}`);
  return number;
}

function isIn(argument: Value, scope: Scope): Result {
  const [value, among] = exactly('$in', 2, argument, scope);
  if (!Array.isArray(among)) throw new CommandError(40081, '$in requires an array as a second argument');
  return value !== undefined && among.some((element) => compare(element, value, scope.strings) === 0);
}

function indexOfArray(argument: Value, scope: Scope): Result {
  const [from, wanted, start, stop] = list(argument, scope);
  if (isNothing(from)) return null;
  const all = array('$indexOfArray', from, 40090);
  const first = start === undefined ? 0 : wholeNumber('$indexOfArray', start, 40096);
  const last = stop === undefined ? all.length : Math.min(all.length, wholeNumber('$indexOfArray', stop, 40096));
  for (let i = first; i < last; i++)
    if (wanted !== undefined && compare(all[i], wanted, scope.strings) === 0) return new Int32(i);
  return new Int32(-1);
}

function zip(argument: Value, scope: Scope): Result {
  const options = named('$zip', argument, ['inputs', 'useLongestLength', 'defaults']);
  const longest = options.useLongestLength ?? false;
  if (typeof longest !== 'boolean') throw new CommandError(34463, 'useLongestLength must be a bool');
  if (options.defaults !== undefined && !longest)
    throw new CommandError(34466, 'cannot specify defaults unless useLongestLength is true');
  const inputs = list(options.inputs ?? null, scope);
  if (inputs.some(isNothing)) return null;
  const arrays = inputs.map((input) => array('$zip', input, 34468));
  const lengths = arrays.map((values) => values.length);
  const length = longest ? Math.max(0, ...lengths) : Math.min(...lengths);
  const defaults = options.defaults === undefined ? [] : array('$zip', evaluate(options.defaults, scope), 34462);
  if (options.defaults !== undefined && defaults.length !== inputs.length)
    throw new CommandError(34467, 'defaults and inputs must have the same length');
  return Array.from({ length }, (_, i) => arrays.map((values, at) => values[i] ?? defaults[at] ?? null));
}

function arrayToObject(argument: Value, scope: Scope): Result {
  const value = single('$arrayToObject', argument, scope);
  if (isNothing(value)) return null;
  const result: Document = {};
  for (const entry of array('$arrayToObject', value, 40386)) {
    const [key, inner] = Array.isArray(entry) ? entry : isDocument(entry) ? [entry.k, entry.v] : [];
    if (inner === undefined) throw new CommandError(40392, '$arrayToObject needs pairs or documents of k and v');
    setField(result, text('$arrayToObject', key, 40395), inner);
  }
  return result;
}

function sortArray(argument: Value, scope: Scope): Result {
  const options = named('$sortArray', argument, ['input', 'sortBy']);
  const input = evaluate(options.input ?? null, scope);
  if (isNothing(input)) return null;
  const values = [...array('$sortArray', input, 2942504)];
  if (isDocument(options.sortBy)) {
    const order = compileSort(options.sortBy, scope.strings);
    return values.sort((a, b) => order.compare(isDocument(a) ? a : {}, isDocument(b) ? b : {}));
  }
  const direction = isNumeric(options.sortBy) ? toNumber(options.sortBy) : 0;
  if (direction !== 1 && direction !== -1)
    throw new CommandError(15975, '$sortArray ordering must be 1 (for ascending) or -1 (for descending)');
  return values.sort((a, b) => direction * compare(a, b, scope.strings));
}

export const arrayOperators: ExpressionOperators = {
  $arrayElemAt: elementAt,
  $first: end('$first', (values) => values[0]),
  $last: end('$last', (values) => values.at(-1)),
  $concatArrays: concatArrays,
  $filter: filter,
  $map: map,
  $reduce: reduce,
  $slice: slice,
  $range: range,
  $in: isIn,
  $indexOfArray: indexOfArray,
  $zip: zip,
  $arrayToObject: arrayToObject,
  $sortArray: sortArray,
  $isArray: (argument, scope) => Array.isArray(single('$isArray', argument, scope)),
  $size: (argument, scope) => new Int32(array('$size', single('$size', argument, scope), 17124).length),
  $reverseArray: end('$reverseArray', (values) => [...values].reverse()),
};
