import type { StringOrder } from '../bson/compare.ts';
import { type Document, isDocument, type Value } from '../bson/value.ts';
import { badValue, CommandError } from '../errors.ts';
import type { Variables } from '../expression/evaluate.ts';
import { compileFilter } from '../query/match.ts';
import { placeholder } from './concrete.ts';

export type ArrayFilters = ReadonlyMap<string, (value: Value) => boolean>;

/** The filters by the identifier that their conditions begin with; each must have one, and no two the same. */
export function compileArrayFilters(
  filters: readonly Document[],
  options: { readonly strings?: StringOrder | undefined; readonly variables?: Variables | undefined },
): ArrayFilters {
  const compiled = new Map<string, (value: Value) => boolean>();
  for (const filter of filters) {
    const [name, other] = identifiers(filter);
    if (name === undefined)
      throw new CommandError(9, 'Cannot use an expression without a top-level field name in arrayFilters');
    if (other !== undefined)
      throw new CommandError(
        9,
        `Error parsing array filter: Expected a single top-level field name, found '${name}' and '${other}'`,
      );
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
      throw badValue(
        `The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    if (compiled.has(name))
      throw new CommandError(9, `Found multiple array filters with the same top-level field name ${name}`);
    const matches = compileFilter(filter, options);
    compiled.set(name, (value) => matches({ [name]: value }));
  }
  return compiled;
}

/** The first parts of all paths in a filter, also inside of `$and`, `$or` and `$nor`. */
function identifiers(filter: Document): Set<string> {
  const found = new Set<string>();
  for (const path of Object.keys(filter)) {
    if (!path.startsWith('$')) {
      found.add(path.split('.')[0] as string);
      continue;
    }
    const clauses = filter[path];
    if (Array.isArray(clauses))
      for (const clause of clauses) if (isDocument(clause)) for (const name of identifiers(clause)) found.add(name);
  }
  return found;
}

/** Refuses placeholders without a filter, and filters without a placeholder. */
export function checkIdentifiers(paths: readonly (readonly string[])[], filters: ArrayFilters): void {
  const used = new Set<string>();
  for (const path of paths) {
    for (const part of path) {
      const name = placeholder(part);
      if (name === undefined || name === '') continue;
      if (!filters.has(name))
        throw badValue(`No array filter found for identifier '${name}' in path '${path.join('.')}'`);
      used.add(name);
    }
  }
  for (const name of filters.keys())
    if (!used.has(name))
      throw new CommandError(9, `The array filter for identifier '${name}' was not used in the update`);
}
