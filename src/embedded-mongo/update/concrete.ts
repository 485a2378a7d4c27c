import { type Document, field, isDocument, type Value } from '../bson/value.ts';
import { badValue } from '../errors.ts';
import { isIndex } from '../query/path.ts';

/** Which array elements `$` and `$[name]` stand for. */
export interface Positions {
  readonly matched: number | undefined;
  readonly filters: ReadonlyMap<string, (value: Value) => boolean>;
}

/** The name in `$[name]`, empty for `$[]`, undefined for any other part of a path. */
export function placeholder(part: string): string | undefined {
  return /^\$\[(.*)\]$/.exec(part)?.[1];
}

/** The paths that one with `$`, `$[]` and `$[name]` means for a document. */
export function concretePaths(document: Document, path: readonly string[], positions: Positions): string[][] {
  return expand(document, path, [], positions);
}

function expand(
  value: Value | undefined,
  rest: readonly string[],
  taken: readonly string[],
  positions: Positions,
): string[][] {
  const [part, ...more] = rest;
  if (part === undefined) return [[...taken]];
  if (part === '$') {
    if (positions.matched === undefined)
      throw badValue('The positional operator did not find the match needed from the query.');
    return step(value, String(positions.matched), more, taken, positions);
  }
  const name = placeholder(part);
  if (name === undefined) return step(value, part, more, taken, positions);
  if (value === undefined)
    throw badValue(`The path '${taken.join('.')}' must exist in the document in order to apply array updates.`);
  if (!Array.isArray(value)) throw badValue(`Cannot apply array updates to non-array element ${taken.join('.')}`);
  const test = name === '' ? () => true : positions.filters.get(name);
  return value.flatMap((element, i) => {
    return test?.(element) ? expand(element, more, [...taken, String(i)], positions) : [];
  });
}

function step(
  value: Value | undefined,
  part: string,
  more: readonly string[],
  taken: readonly string[],
  positions: Positions,
): string[][] {
  let inner: Value | undefined;
  if (isDocument(value)) inner = field(value, part);
  else if (Array.isArray(value) && isIndex(part)) inner = value[Number(part)];
  return expand(inner, more, [...taken, part], positions);
}
