import { Int32 } from 'bson';
import { compare } from '../bson/compare.ts';
import { toNumber } from '../bson/number.ts';
import { type Document, isDocument, isNumeric, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { ExpressionOptions } from '../expression/evaluate.ts';
import { Summation } from '../expression/summation.ts';
import { gathered, pause } from '../query/work.ts';
import { group } from './group.ts';
import { each, type Stage } from './stage.ts';

export function limit(argument: Value): Stage {
  const most = wholeNumber(argument, 5107201, '$limit');
  if (most === 0) throw new CommandError(15958, 'the limit must be positive');
  return function* (input) {
    let taken = 0;
    for (const document of input) {
      yield document;
      if (document !== pause && ++taken >= most) return;
    }
  };
}

export function skip(argument: Value): Stage {
  const past = wholeNumber(argument, 5107200, '$skip');
  return function* (input) {
    let seen = 0;
    for (const document of input) if (document === pause || seen++ >= past) yield document;
  };
}

/** A number of documents, from zero on. */
function wholeNumber(argument: Value, code: number, stage: string): number {
  const value = isNumeric(argument) ? toNumber(argument) : Number.NaN;
  if (!Number.isInteger(value) || value < 0)
    throw new CommandError(code, `invalid argument to ${stage} stage: Expected a non-negative number`);
  return value;
}

export function count(argument: Value): Stage {
  if (typeof argument !== 'string') throw new CommandError(40156, 'the count field must be a non-empty string');
  if (argument === '') throw new CommandError(40157, 'the count field must be a non-empty string');
  if (argument.startsWith('$')) throw new CommandError(40158, 'the count field cannot be a $-prefixed path');
  if (argument.includes('\0')) throw new CommandError(40159, 'the count field cannot contain a null byte');
  if (argument.includes('.')) throw new CommandError(40160, "the count field cannot contain '.'");
  return function* (input) {
    const total = new Summation();
    const one = new Int32(1);
    yield* each(input, () => total.add(one));
    if (total.count > 0) yield { [argument]: total.result() };
  };
}

/** `$sortByCount`: the greatest groups first. */
export function sortByCount(argument: Value, options: ExpressionOptions): Stage {
  const expression = typeof argument === 'string' && argument.startsWith('$');
  const operator = isDocument(argument) && Object.keys(argument)[0]?.startsWith('$') === true;
  if (!expression && !operator)
    throw isDocument(argument)
      ? new CommandError(
          40147,
          'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
        )
      : typeof argument === 'string'
        ? new CommandError(
            40148,
            'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
          )
        : new CommandError(40149, 'the sortByCount field must be specified as a string or as an object');
  const counted = group({ _id: argument, count: { $sum: new Int32(1) } }, options);
  return function* (input) {
    const groups = yield* gathered(counted(input));
    yield* groups.sort((a, b) => compare(b.count, a.count));
  };
}

/** `$sample`: so many documents, each as likely as any other. */
export function sample(argument: Value): Stage {
  if (!isDocument(argument)) throw new CommandError(28745, 'the $sample stage specification must be an object');
  for (const name of Object.keys(argument))
    if (name !== 'size') throw new CommandError(28748, `unrecognized option to $sample: ${name}`);
  if (argument.size === undefined) throw new CommandError(28749, '$sample stage must specify a size');
  if (!isNumeric(argument.size)) throw new CommandError(28746, 'size argument to $sample must be a number');
  const size = Math.trunc(toNumber(argument.size));
  if (!(size > 0)) throw new CommandError(28747, 'size argument to $sample must be a positive integer');
  return function* (input) {
    const kept: Document[] = [];
    let seen = 0;
    yield* each(input, (document) => {
      seen++;
      const at = Math.floor(Math.random() * seen);
      if (kept.length < size) kept.push(document);
      else if (at < size) kept[at] = document;
    });
    yield* kept;
  };
}
