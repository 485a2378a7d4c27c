import { CommandError, notOffered } from '../errors.ts';

/** The variables that an expression may use. */
export type Names = ReadonlySet<string>;

const systemNames = new Set(['ROOT', 'CURRENT', 'REMOVE', 'NOW']);
const absentNames = new Set([
  'CLUSTER_TIME',
  'DESCEND',
  'PRUNE',
  'KEEP',
  'SEARCH_META',
  'USER_ROLES',
  'JS_SCOPE',
  'IS_MR',
]);

/** The name of a variable that a query may define. */
export function checkName(name: string): void {
  if (name === '') throw new CommandError(9, 'empty variable names are not allowed');
  if (name === 'CURRENT') return;
  if (!/^[a-z\u{80}-\u{10ffff}]/u.test(name))
    throw new CommandError(9, `'${name}' starts with an invalid character for a user variable name`);
  if (!/^[\w\u{80}-\u{10ffff}]*$/u.test(name))
    throw new CommandError(9, `'${name}' contains an invalid character for a variable name`);
}

/** Refuses a path, or a variable, that cannot be. */
export function checkReference(text: string, names: Names): void {
  const path = text.startsWith('$$') ? text.slice(2) : text.slice(1);
  if (path === '') {
    throw text === '$'
      ? new CommandError(16872, "'$' by itself is not a valid FieldPath")
      : new CommandError(9, 'empty variable names are not allowed');
  }
  if (path.endsWith('.')) throw new CommandError(40353, `FieldPath must not end with a '.': '${path}'`);
  const parts = path.split('.');
  for (const [i, part] of parts.entries()) {
    if (part === '') throw new CommandError(15998, 'FieldPath field names may not be empty strings.');
    if (i > 0 && part.startsWith('$'))
      throw new CommandError(16410, `FieldPath field names may not start with '$': '${part}'`);
  }
  if (!text.startsWith('$$')) return;
  const name = parts[0] as string;
  if (names.has(name) || systemNames.has(name)) return;
  if (absentNames.has(name)) throw notOffered(`the variable $$${name}`);
  throw new CommandError(17276, `Use of undefined variable: ${name}`);
}
