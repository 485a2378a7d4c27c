import { type Document, field, isDocument, type Value } from '../bson/value.ts';

/** Called with each value that a path leads to and the index of the outermost array that was gone through. */
export type Visit = (value: Value | undefined, position: number | undefined) => boolean;

export function isIndex(part: string): boolean {
  return /^(0|[1-9]\d*)$/.test(part);
}

/**
 * Visits what a dotted path means to a query: arrays on the way are entered, elements that are documents are followed,
 * numbers may be indexes or names. With `expand` an array at the end gives its elements and then itself. Stops and
 * answers true as soon as a visit does.
 */
export function visitPath(document: Document, parts: readonly string[], expand: boolean, visit: Visit): boolean {
  return enter(document, parts, 0, expand, undefined, visit);
}

function enter(
  document: Document,
  parts: readonly string[],
  depth: number,
  expand: boolean,
  position: number | undefined,
  visit: Visit,
): boolean {
  return follow(field(document, parts[depth] as string), parts, depth + 1, expand, position, visit);
}

function follow(
  value: Value | undefined,
  parts: readonly string[],
  depth: number,
  expand: boolean,
  position: number | undefined,
  visit: Visit,
): boolean {
  if (depth === parts.length) {
    if (expand && Array.isArray(value)) {
      for (const [i, element] of value.entries()) if (visit(element, position ?? i)) return true;
    }
    return visit(value, position);
  }
  if (isDocument(value)) return enter(value, parts, depth, expand, position, visit);
  if (!Array.isArray(value)) return visit(undefined, position);
  for (const [i, element] of value.entries()) {
    if (isDocument(element) && enter(element, parts, depth, expand, position ?? i, visit)) return true;
  }
  const part = parts[depth] as string;
  if (!isIndex(part) || Number(part) >= value.length) return false;
  return follow(value[Number(part)], parts, depth + 1, expand, position, visit);
}

/** The first value at a path, arrays not entered except by index. */
export function valueAt(value: Value | undefined, parts: readonly string[]): Value | undefined {
  let current = value;
  for (const part of parts) {
    if (isDocument(current)) current = field(current, part);
    else if (Array.isArray(current) && isIndex(part)) current = current[Number(part)];
    else return undefined;
  }
  return current;
}
