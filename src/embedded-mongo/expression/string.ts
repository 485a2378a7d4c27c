import { BSONRegExp, Int32 } from 'bson';
import { compareBytes } from '../bson/compare.ts';
import { isNumeric, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { compileRegex } from '../query/regex.ts';
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
  const first = wholeNumber('$substrCP', start, 34450);
  return points.slice(first, first + wholeNumber('$substrCP', count, 34452)).join('');
}

function substrBytes(argument: Value, scope: Scope): Result {
  const [value, start, count] = exactly('$substrBytes', 3, argument, scope);
  const bytes = Buffer.from(loose('$substrBytes', value));
  const first = wholeNumber('$substrBytes', start, 16034);
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
    if (chars === null) return null;
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

function indexOfCP(argument: Value, scope: Scope): Result {
  const [value, wanted, start, stop] = list(argument, scope);
  if (isNothing(value)) return null;
  const points = [...text('$indexOfCP', value, 40093)];
  const from = start === undefined ? 0 : wholeNumber('$indexOfCP', start, 40096);
  const to = stop === undefined ? points.length : wholeNumber('$indexOfCP', stop, 40096);
  const part = points.slice(0, to);
  const at = part.join('').indexOf(text('$indexOfCP', wanted, 40094), part.slice(0, from).join('').length);
  return new Int32(at < 0 || from > part.length ? -1 : [...part.join('').slice(0, at)].length);
}

function regexMatch(argument: Value, scope: Scope): Result {
  const options = named('$regexMatch', argument, ['input', 'regex', 'options']);
  const input = evaluate(options.input ?? null, scope);
  const regex = evaluate(options.regex ?? null, scope);
  if (isNothing(input) || isNothing(regex)) return false;
  const flags = options.options === undefined ? '' : text('$regexMatch', evaluate(options.options, scope), 51106);
  const compiled =
    regex instanceof BSONRegExp
      ? compileRegex(regex.pattern, flags || regex.options)
      : compileRegex(text('$regexMatch', regex, 51105), flags);
  return compiled.test(text('$regexMatch', input, 51104));
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
  $indexOfCP: indexOfCP,
  $regexMatch: regexMatch,
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
