import { field } from '../../bson/value.ts';
import type { Matcher } from '../match.ts';
import type { ValueTest } from '../operators.ts';
import { visitPath } from '../path.ts';

/** A test of what a path leads to; with `whole` of one value as it is, else of an array's elements too. */
export function onPath(parts: readonly string[], test: ValueTest, whole = false): Matcher {
  if (whole) return (document) => test(field(document, parts[0] as string));
  if (parts.length === 1) {
    const name = parts[0] as string;
    return (document, details) => {
      const value = field(document, name);
      if (!Array.isArray(value)) return test(value);
      for (const [i, element] of value.entries()) {
        if (test(element)) {
          if (details) details.position ??= i;
          return true;
        }
      }
      return test(value);
    };
  }
  return (document, details) =>
    visitPath(document, parts, true, (value, position) => {
      if (!test(value)) return false;
      if (details && position !== undefined) details.position ??= position;
      return true;
    });
}

export function negate(matcher: Matcher): Matcher {
  return (document) => !matcher(document);
}
