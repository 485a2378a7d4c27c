import { BSONRegExp } from 'bson';
import type { Value } from '../bson/value.ts';
import { CommandError, notOffered } from '../errors.ts';

/** A JavaScript expression for MongoDB's PCRE; what only PCRE has is refused. */
export function compileRegex(pattern: string, options: string): RegExp {
  let flags = 'u';
  let source = pattern;
  const leading = /^\(\?([imsx]+)\)/.exec(source);
  const all = new Set(options + (leading?.[1] ?? ''));
  if (leading) source = source.slice(leading[0].length);
  for (const option of all) {
    if (option === 'i' || option === 'm' || option === 's') flags += option;
    else if (option === 'x')
      source = source.replace(/\\[\s\S]|\[(?:\\.|[^\]])*\]|\s+|#.*/g, (m) => (/^[\s#]/.test(m) ? '' : m));
    else if (option !== 'u') throw new CommandError(51108, `invalid flag in regex options: ${option}`);
  }
  // JavaScript reads these letters otherwise than PCRE does.
  if (/\\[AZzGQEKRhHvX]|\(\?[>|#R&+\d]|\(\?P|\[\[:|[*+?}]\+/.test(source))
    throw notOffered(`the regular expression ${pattern}`);
  try {
    return new RegExp(source, flags);
  } catch {
    try {
      // Without `u` needless escapes such as `\-` are allowed, as in PCRE.
      return new RegExp(source, flags.replace('u', ''));
    } catch (error) {
      throw new CommandError(51091, `Regular expression is invalid: ${(error as Error).message}`);
    }
  }
}

/** The strings that every match of a case-sensitive `^prefix` begins with, and whether that is the whole meaning. */
export function regexPrefix(value: Value): { prefix: string } | undefined {
  if (!(value instanceof BSONRegExp) || value.options !== '') return undefined;
  const match = /^\^((?:[A-Za-z0-9_ @:/,;'"<>=!%&~-]|\\[.\-/@+*?()[\]{}|^$\\])+)/.exec(value.pattern);
  if (!match || value.pattern.includes('|')) return undefined;
  let literal = (match[1] as string).replace(/\\(.)/g, '$1');
  // A quantifier belongs to the last letter, which then may be absent.
  if (/^[*?{]/.test(value.pattern.slice(match[0].length))) literal = literal.slice(0, -1);
  return literal === '' ? undefined : { prefix: literal };
}
