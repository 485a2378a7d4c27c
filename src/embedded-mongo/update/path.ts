import { type Document, field, isDocument, setField, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { isIndex } from '../query/path.ts';

/** The new value at a path, from the old one; undefined takes it away. */
export type Change = (old: Value | undefined) => Value | undefined;

/**
 * What happens where a path does not lead anywhere: `create` makes what is missing, `refuse` leaves it but refuses a path that
 * could not be made, `ignore` leaves it in any case.
 */
export type Missing = 'create' | 'refuse' | 'ignore';

const mostBackfill = 1_500_000;

/** Changes a document in place at a path without placeholders. */
export function changeAt(document: Document, parts: readonly string[], change: Change, missing: Missing): void {
  changeIn(document, parts, 0, change, missing);
}

type Container = Document | Value[];

function changeIn(
  container: Container,
  parts: readonly string[],
  depth: number,
  change: Change,
  missing: Missing,
): void {
  const part = parts[depth] as string;
  if (Array.isArray(container) && !isIndex(part)) {
    if (missing !== 'ignore')
      throw new CommandError(28, `Cannot create field '${part}' in element {${parts[depth - 1]}: array}`);
    return;
  }
  const value = read(container, part);
  if (depth === parts.length - 1) {
    if (value === undefined && missing !== 'create') return;
    const changed = change(value);
    if (changed !== undefined || value !== undefined) write(container, part, changed);
    return;
  }
  if (isDocument(value) || Array.isArray(value)) {
    changeIn(value, parts, depth + 1, change, missing);
    return;
  }
  if (value !== undefined && missing !== 'ignore')
    throw new CommandError(28, `Cannot create field '${parts[depth + 1]}' in element {${part}: ${String(value)}}`);
  if (missing !== 'create') return;
  const made: Document = {};
  changeIn(made, parts, depth + 1, change, missing);
  write(container, part, made);
}

function read(container: Container, part: string): Value | undefined {
  return Array.isArray(container) ? container[Number(part)] : field(container, part);
}

function write(container: Container, part: string, value: Value | undefined): void {
  if (!Array.isArray(container)) {
    if (value === undefined) delete container[part];
    else setField(container, part, value);
    return;
  }
  const index = Number(part);
  if (index > mostBackfill + container.length) throw new CommandError(10003, "can't backfill an array that far");
  while (container.length < index) container.push(null);
  // Taking away an array element leaves a null, so that the others keep their places.
  container[index] = value ?? null;
}
