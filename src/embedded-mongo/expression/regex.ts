import { BSONRegExp, Int32 } from 'bson';
import type { Document, Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { compileRegex } from '../query/regex.ts';
import { isNothing, named, text } from './arguments.ts';
import { type ExpressionOperators, evaluate, type Scope } from './evaluate.ts';

interface Search {
  readonly input: string;
  readonly expression: ReturnType<typeof compileRegex>;
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

/** What the pattern's own groups caught, which are named g1, g2 and so on. */
function captures(match: RegExpExecArray): Value[] {
  const caught: Value[] = [];
  for (let i = 1; match.groups && `g${i}` in match.groups; i++) caught.push(match.groups[`g${i}`] ?? null);
  return caught;
}

/** A match with the place where it begins, counted in code points. */
function described(match: RegExpExecArray, input: string): Document {
  return {
    match: match[0],
    idx: new Int32([...input.slice(0, match.index)].length),
    captures: captures(match),
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
    const found: Document[] = [];
    if (!wanted) return found;
    const { input, expression } = wanted;
    let match = expression.exec(input);
    while (match) {
      found.push(described(match, input));
      const end = match.index + match[0].length;
      // An empty match is not found again at the same place.
      const next = match[0] === '' ? end + ((input.codePointAt(end) ?? 0) > 0xffff ? 2 : 1) : end;
      match = next > input.length ? null : expression.exec(input, next);
    }
    return found;
  },
};
