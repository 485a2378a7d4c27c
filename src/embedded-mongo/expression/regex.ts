import { BSONRegExp, Int32 } from 'bson';
import type { Document, Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { compileRegex } from '../query/regex.ts';
import { isNothing, named, text } from './arguments.ts';
import { type ExpressionOperators, evaluate, type Scope } from './evaluate.ts';

interface Search {
  readonly input: string;
  readonly expression: RegExp;
}

/** What `$regexMatch` and its like look for, and in what; undefined where one of both is null. */
function search(name: string, argument: Value, scope: Scope): Search | undefined {
  const options = named(name, argument, ['input', 'regex', 'options']);
  const input = evaluate(options.input ?? null, scope);
  const regex = evaluate(options.regex ?? null, scope);
  const given = options.options === undefined ? null : evaluate(options.options, scope);
  const flags = isNothing(given) ? '' : text(name, given, 51106);
  if (!isNothing(input)) text(name, input, 51104);
  if (isNothing(regex)) return undefined;
  if (regex instanceof BSONRegExp && regex.options !== '' && flags !== '')
    throw new CommandError(51107, `${name}: found regex option(s) specified in both 'regex' and 'option' fields`);
  const expression =
    regex instanceof BSONRegExp
      ? compileRegex(regex.pattern, flags || regex.options)
      : compileRegex(text(name, regex, 51105), flags);
  return isNothing(input) ? undefined : { input: text(name, input, 51104), expression };
}

/** A match with the place where it begins, counted in code points. */
function described(match: RegExpExecArray, input: string): Document {
  return {
    match: match[0],
    idx: new Int32([...input.slice(0, match.index)].length),
    captures: match.slice(1).map((group: string | undefined) => group ?? null),
  };
}

export const regexOperators: ExpressionOperators = {
  $regexMatch: (argument, scope) => {
    const wanted = search('$regexMatch', argument, scope);
    return wanted?.expression.test(wanted.input) ?? false;
  },
  $regexFind: (argument, scope) => {
    const wanted = search('$regexFind', argument, scope);
    const match = wanted?.expression.exec(wanted.input);
    return wanted && match ? described(match, wanted.input) : null;
  },
  $regexFindAll: (argument, scope) => {
    const wanted = search('$regexFindAll', argument, scope);
    if (!wanted) return [];
    const every = new RegExp(wanted.expression.source, `${wanted.expression.flags}g`);
    return [...wanted.input.matchAll(every)].map((match) => described(match, wanted.input));
  },
};
