import { Int32 } from 'bson';
import { compareBytes } from '../bson/compare.ts';
import { isNumeric, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { exactly, isNothing, list, named, single, text, wholeNumber } from './arguments.ts';
import { convertToString } from './conversion.ts';
import { type ExpressionOperator, type ExpressionOperators, evaluate, type Result, type Scope } from './evaluate.ts';

function concat(argument: Value, scope: Scope): Result {
  const values = list(argument, scope);
  if (values.some(isNothing)) return null;
  return values.map((value) => text('$concat', value, 16702)).join('');
}

/** Strings as they are, null as nothing, numbers and dates as text. */
function loose(name: string, value: Result): string {
  if (isNothing(value)) return '';
  if (typeof value === 'string' || isNumeric(value) || value instanceof Date) return convertToString(value) ?? '';
  throw new CommandError(16007, `can't convert the argument of ${name} to a string`);
}

function letters(name: string, change: (value: string) => string): ExpressionOperator {
  return (argument, scope) => change(loose(name, single(name, argument, scope)));
}

const lower = (value: string) => value.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const upper = (value: string) => value.replace(/[a-z]/g, (letter) => letter.toUpperCase());

function substrCP(argument: Value, scope: Scope): Result {
  const [value, start, count] = exactly('$substrCP', 3, argument, scope);
  const points = [...loose('$substrCP', value)];
  if (!isNumeric(start)) throw new CommandError(34450, '$substrCP: starting index must be a numeric type');
  const first = wholeNumber('$substrCP', start, 34451);
  if (!isNumeric(count)) throw new CommandError(34452, '$substrCP: length must be a numeric type');
  const length = wholeNumber('$substrCP', count, 34453);
  if (length < 0) throw new CommandError(34454, '$substrCP: length must be a nonnegative integer.');
  if (first < 0) throw new CommandError(34455, '$substrCP: the starting index must be nonnegative integer.');
  return points.slice(first, first + length).join('');
}

function substrBytes(argument: Value, scope: Scope): Result {
  const [value, start, count] = exactly('$substrBytes', 3, argument, scope);
  const bytes = Buffer.from(loose('$substrBytes', value));
  const first = wholeNumber('$substrBytes', start, 16034);
  if (first < 0) throw new CommandError(50752, `$substrBytes: starting index must be non-negative (got: ${first})`);
  const length = wholeNumber('$substrBytes', count, 16035);
  const part = length < 0 ? bytes.subarray(first) : bytes.subarray(first, first + length);
  const result = part.toString();
  if (Buffer.byteLength(result) !== part.length)
    throw new CommandError(28656, '$substrBytes: the range cuts a UTF-8 character');
  return result;
}

function split(argument: Value, scope: Scope): Result {
  const [value, separator] = exactly('$split', 2, argument, scope);
  if (isNothing(value) || isNothing(separator)) return null;
  const by = text('$split', separator, 40086);
  if (by === '') throw new CommandError(40087, '$split requires a non-empty separator');
  return text('$split', value, 40085).split(by);
}

function trim(name: string, left: boolean, right: boolean): ExpressionOperator {
  return (argument, scope) => {
    const options = named(name, argument, ['input', 'chars']);
    const input = evaluate(options.input ?? null, scope);
    if (isNothing(input)) return null;
    const chars = options.chars === undefined ? undefined : evaluate(options.chars, scope);
    if (options.chars !== undefined && isNothing(chars)) return null;
    const wanted = chars === undefined ? undefined : new Set(text(name, chars, 50700));
    const drop = (letter: string | undefined) =>
      letter !== undefined && (wanted ? wanted.has(letter) : /[\s\0]/u.test(letter));
    const points = [...text(name, input, 50699)];
    let start = 0;
    let stop = points.length;
    while (left && start < stop && drop(points[start])) start++;
    while (right && stop > start && drop(points[stop - 1])) stop--;
    return points.slice(start, stop).join('');
  };
}

/** Where a text is found, counted in the units that `split` makes of a string. */
function indexOf(
  name: string,
  codes: IndexCodes,
  units: (value: string) => readonly (string | number)[],
): ExpressionOperator {
  return (argument, scope) => {
    const [value, wanted, start, stop] = list(argument, scope);
    if (isNothing(value)) return null;
    const all = units(text(name, value, codes.input));
    const sought = units(text(name, wanted, codes.wanted));
    const from = start === undefined ? 0 : place(name, start);
    const to = Math.min(all.length, stop === undefined ? all.length : place(name, stop));
    for (let at = from; at + sought.length <= to; at++)
      if (sought.every((unit, i) => all[at + i] === unit)) return new Int32(at);
    return new Int32(-1);
  };
}

interface IndexCodes {
  readonly input: number;
  readonly wanted: number;
}

function place(name: string, value: Result): number {
  const at = wholeNumber(name, value, 40096);
  if (at < 0) throw new CommandError(40097, `${name} requires a nonnegative index, found: ${at}`);
  return at;
}

function replace(name: string, all: boolean): ExpressionOperator {
  return (argument, scope) => {
    const options = named(name, argument, ['input', 'find', 'replacement']);
    const [input, find, replacement] = [options.input, options.find, options.replacement].map((part) =>
      evaluate(part ?? null, scope),
    );
    if (isNothing(input) || isNothing(find) || isNothing(replacement)) return null;
    const within = text(name, input, 51746);
    const wanted = text(name, find, 51745);
    const by = text(name, replacement, 51744);
    return all ? within.replaceAll(wanted, () => by) : within.replace(wanted, () => by);
  };
}

export const stringOperators: ExpressionOperators = {
  $concat: concat,
  $toLower: letters('$toLower', lower),
  $toUpper: letters('$toUpper', upper),
  $substr: substrBytes,
  $substrBytes: substrBytes,
  $substrCP: substrCP,
  $split: split,
  $trim: trim('$trim', true, true),
  $ltrim: trim('$ltrim', true, false),
  $rtrim: trim('$rtrim', false, true),
  $indexOfBytes: indexOf('$indexOfBytes', { input: 40091, wanted: 40092 }, (value) => [...Buffer.from(value)]),
  $indexOfCP: indexOf('$indexOfCP', { input: 40093, wanted: 40094 }, (value) => [...value]),
  $replaceOne: replace('$replaceOne', false),
  $replaceAll: replace('$replaceAll', true),
  $strLenCP: (argument, scope) => new Int32([...text('$strLenCP', single('$strLenCP', argument, scope))].length),
  $strLenBytes: (argument, scope) =>
    new Int32(Buffer.byteLength(text('$strLenBytes', single('$strLenBytes', argument, scope), 34473))),
  $strcasecmp: (argument, scope) => {
    const [a, b] = exactly('$strcasecmp', 2, argument, scope);
    return new Int32(Math.sign(compareBytes(upper(loose('$strcasecmp', a)), upper(loose('$strcasecmp', b)))));
  },
};
