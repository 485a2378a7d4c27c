import { type Document, field, isDocument, typeName, type Value } from '../bson/value.ts';
import { badValue, CommandError } from '../errors.ts';
import { placeholder } from './concrete.ts';
import { changeAt } from './path.ts';

const isDynamic = (part: string): boolean => part === '$' || placeholder(part) !== undefined;

/** The target of a `$rename`; refuses what no document could be renamed by. */
export function checkRename(from: readonly string[], target: Value): readonly string[] {
  if (typeof target !== 'string')
    throw badValue(`The 'to' field for $rename must be a string: ${from.join('.')}: ${typeName(target)}`);
  const to = target.split('.');
  const shorter = Math.min(from.length, to.length);
  if (from.slice(0, shorter).join('.') === to.slice(0, shorter).join('.'))
    throw badValue(
      `The source and target field for $rename must differ, and not be on the same path: ${from.join('.')}`,
    );
  if (from.some(isDynamic)) throw badValue(`The source field for $rename may not be dynamic: ${from.join('.')}`);
  if (to.some(isDynamic)) throw badValue(`The destination field for $rename may not be dynamic: ${target}`);
  return to;
}

/** Moves a value. Neither path may lead through an array; a source that is not there changes nothing. */
export function rename(document: Document, from: readonly string[], to: readonly string[]): void {
  const found = lookUp(document, from);
  if (found.value === undefined) return;
  if (found.array !== undefined)
    throw badValue(
      `The source field cannot be an array element, '${from.join('.')}' has an array field called '${found.array}'`,
    );
  const target = lookUp(document, to, false);
  if (target.array !== undefined)
    throw badValue(
      `The destination field cannot be an array element, '${to.join('.')}' has an array field called '${target.array}'`,
    );
  const value = found.value;
  changeAt(document, to, () => value, 'create');
  changeAt(document, from, () => undefined, 'ignore');
}

/** What a path leads to, and the array that it leads through. A source that could not be there is refused. */
function lookUp(
  document: Document,
  path: readonly string[],
  refuse = true,
): { readonly value: Value | undefined; readonly array: string | undefined } {
  let value: Value | undefined = document;
  let array: string | undefined;
  for (const [i, part] of path.entries()) {
    if (Array.isArray(value)) {
      array ??= path[i - 1];
      if (refuse && !/^\d+$/.test(part)) throw notViable(path, part);
      value = value[Number(part)];
    } else if (isDocument(value)) value = field(value, part);
    else {
      if (value !== undefined && refuse) throw notViable(path, part);
      return { value: undefined, array };
    }
  }
  return { value, array };
}

function notViable(path: readonly string[], part: string): CommandError {
  return new CommandError(28, `cannot use the part (${part} of ${path.join('.')}) to traverse the element`);
}
