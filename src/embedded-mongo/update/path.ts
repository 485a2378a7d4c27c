import { type Document, field, isDocument, setField, type Value } from '../bson/value.ts';
import { badValue, CommandError } from '../errors.ts';
import { isIndex } from '../query/path.ts';

/** Which array elements `$` and `$[name]` stand for. */
export interface Positions {
  readonly matched: number | undefined;
  readonly filters: ReadonlyMap<string, (value: Value) => boolean>;
}

/** The new value at a path, from the old one; undefined takes it away. */
export type Change = (old: Value | undefined) => Value | undefined;

/** Changes a document in place at a dotted path. With `create` what is missing on the way is made. */
export function changeAt(
  document: Document,
  path: string,
  change: Change,
  create: boolean,
  positions: Positions,
): void {
  const parts = path.split('.');
  if (parts.includes(''))
    throw new CommandError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
  changeIn(document, parts, 0, change, create, positions);
}

function changeIn(
  container: Document | Value[],
  parts: readonly string[],
  depth: number,
  change: Change,
  create: boolean,
  positions: Positions,
): void {
  const part = parts[depth] as string;
  if (Array.isArray(container)) {
    for (const index of elementsFor(container, part, create, positions)) {
      changeSlot(
        container[index],
        (value) => {
          while (container.length < index) container.push(null);
          // Taking away an array element leaves a null, so that the others keep their places.
          container[index] = value ?? null;
        },
        parts,
        depth,
        change,
        create,
        positions,
        container,
      );
    }
    return;
  }
  if (part.startsWith('$[') || part === '$') {
    throw badValue(`Cannot apply array updates to non-array element ${parts[depth - 1] ?? part}`);
  }
  changeSlot(
    field(container, part),
    (value) => {
      if (value === undefined) delete container[part];
      else setField(container, part, value);
    },
    parts,
    depth,
    change,
    create,
    positions,
    container,
  );
}

function changeSlot(
  value: Value | undefined,
  write: (value: Value | undefined) => void,
  parts: readonly string[],
  depth: number,
  change: Change,
  create: boolean,
  positions: Positions,
  container: Document | Value[],
): void {
  if (depth === parts.length - 1) {
    const changed = change(value);
    if (changed !== undefined || value !== undefined) write(changed);
    return;
  }
  if (isDocument(value) || Array.isArray(value)) {
    changeIn(value, parts, depth + 1, change, create, positions);
    return;
  }
  if (!create) return;
  if (value !== undefined) {
    const at = Array.isArray(container) ? 'array' : parts[depth];
    throw new CommandError(28, `Cannot create field '${parts[depth + 1]}' in element {${at}: ${String(value)}}`);
  }
  const made: Document = {};
  changeIn(made, parts, depth + 1, change, create, positions);
  write(made);
}

function elementsFor(list: readonly Value[], part: string, create: boolean, positions: Positions): number[] {
  if (part === '$') {
    if (positions.matched === undefined) {
      throw badValue('The positional operator did not find the match needed from the query.');
    }
    return positions.matched < list.length || create ? [positions.matched] : [];
  }
  if (part === '$[]') return [...list.keys()];
  const name = /^\$\[(\w+)\]$/.exec(part)?.[1];
  if (name !== undefined) {
    const test = positions.filters.get(name);
    if (!test) throw badValue(`No array filter found for identifier '${name}' in path`);
    return [...list.keys()].filter((i) => test(list[i] as Value));
  }
  if (isIndex(part)) {
    const index = Number(part);
    if (index > 1_500_000 + list.length) throw new CommandError(10003, "can't backfill an array that far");
    return index < list.length || create ? [index] : [];
  }
  if (!create) return [];
  throw new CommandError(28, `Cannot create field '${part}' in an array`);
}
