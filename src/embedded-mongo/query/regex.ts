import { BSONRegExp } from 'bson';
import type { Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { Pattern } from './regex/guard.ts';
import { translate } from './regex/translate.ts';

/**
 * The JavaScript expression for MongoDB's PCRE2. Captured groups are named `g1`, `g2` and so on there; others are not the
 * pattern's own. A match that takes too long throws 51156. Throws 51091 for what is no expression, 51108 for an unknown
 * option, NotImplemented for what only PCRE has.
 */
export function compileRegex(pattern: string, options: string): Pattern {
  for (const option of options)
    if (!'imsxu'.includes(option)) throw new CommandError(51108, `invalid flag in regex options: ${option}`);
  if (pattern.includes('\0')) throw new CommandError(51109, 'Regular expression cannot contain an embedded null byte');
  const part = translate(pattern, options);
  try {
    return new Pattern(part, options.includes('i') ? 'iu' : 'u');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new CommandError(51091, `Regular expression is invalid: ${error.message}`);
  }
}

/** The strings that every match of a case-sensitive `^prefix` begins with. */
export function regexPrefix(value: Value): { prefix: string } | undefined {
  if (!(value instanceof BSONRegExp) || value.options !== '') return undefined;
  const match = /^(?:\^|\\A)((?:[A-Za-z0-9_ @:/,;'"<>=!%&~-]|\\[.\-/@+*?()[\]{}|^$\\])+)/.exec(value.pattern);
  if (!match || value.pattern.includes('|')) return undefined;
  let literal = (match[1] as string).replace(/\\(.)/g, '$1');
  // A quantifier belongs to the last letter, which then may be absent.
  if (/^[*?{]/.test(value.pattern.slice(match[0].length))) literal = literal.slice(0, -1);
  return literal === '' ? undefined : { prefix: literal };
}
