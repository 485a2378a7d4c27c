import { compare, copy, isEqual, type StringOrder } from '../bson/compare.ts';
import { type Document, field, isDocument, setField, type Value } from '../bson/value.ts';
import { CommandError, notOffered } from '../errors.ts';
import type { Variables } from '../expression/evaluate.ts';
import { updateStages } from '../pipeline/transform.ts';
import { compileElement, compileFilter, isOperatorDocument } from '../query/match.ts';
import { valueAt } from '../query/path.ts';
import { updateOperators } from './operators.ts';
import { type Change, changeAt, type Positions } from './path.ts';

export interface UpdateOptions {
  readonly now: Date;
  readonly arrayFilters?: readonly Document[];
  readonly strings?: StringOrder | undefined;
  readonly variables?: Variables | undefined;
}

/** Makes the new document from the old one (which is used up) and the place where the query matched an array. */
export type Update = (document: Document, matched: number | undefined, inserting: boolean) => Document;

interface Step {
  readonly path: string;
  readonly change: Change;
  readonly create: boolean;
  readonly onInsertOnly: boolean;
}

/** Compiles an update: operators, a replacement, or a pipeline. */
export function compileUpdate(update: Value, options: UpdateOptions): Update {
  if (Array.isArray(update)) {
    if (options.arrayFilters?.length)
      throw new CommandError(9, 'Cannot specify arrayFilters when the update is a pipeline');
    return keepingId(updateStages(update, options.variables));
  }
  if (!isDocument(update)) throw new CommandError(9, 'Update argument must be either an object or an array');
  if (!isModifier(update)) return replacement(update);
  const filters = compileArrayFilters(options.arrayFilters ?? [], options.strings);
  const steps = compileSteps(update, options);
  const unused = [...filters.keys()].find((name) => !steps.some((step) => step.path.includes(`$[${name}]`)));
  if (unused !== undefined) {
    throw new CommandError(9, `The array filter for identifier '${unused}' was not used in the update`);
  }
  return keepingId((document, matched, inserting) => {
    const positions: Positions = { matched, filters };
    const renames = compileRenames(update, document, positions);
    const wanted = steps.filter((step) => inserting || !step.onInsertOnly);
    for (const step of [...wanted, ...renames]) changeAt(document, step.path, step.change, step.create, positions);
    return document;
  });
}

export function isModifier(update: Document): boolean {
  const names = Object.keys(update);
  const dollars = names.filter((name) => name.startsWith('$')).length;
  if (dollars > 0 && dollars < names.length) {
    const field =
      names.find((name) => (names[0]?.startsWith('$') ? !name.startsWith('$') : name.startsWith('$'))) ?? '';
    throw names[0]?.startsWith('$')
      ? new CommandError(
          9,
          `Unknown modifier: ${field}. Expected a valid update modifier or pipeline-style update specified as an array`,
        )
      : new CommandError(
          52,
          `The dollar ($) prefixed field '${field}' is not allowed in the context of an update's replacement document.`,
        );
  }
  return dollars > 0;
}

function compileSteps(update: Document, options: UpdateOptions): Step[] {
  const context = { now: options.now, strings: options.strings };
  const steps: Step[] = [];
  const paths: string[] = [];
  for (const name of Object.keys(update)) {
    const changes = update[name];
    const operator = Object.hasOwn(updateOperators, name) ? updateOperators[name] : undefined;
    if (!operator && name !== '$rename') {
      throw new CommandError(
        9,
        `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    if (!isDocument(changes))
      throw new CommandError(9, `Modifiers operate on fields but we found type ${typeof changes} instead`);
    for (const path of Object.keys(changes)) {
      const argument = changes[path] as Value;
      paths.push(path);
      if (!operator) paths.push(String(argument));
      else {
        steps.push({
          path,
          change: operator.change(argument, path, context),
          create: operator.create,
          onInsertOnly: name === '$setOnInsert',
        });
      }
    }
  }
  refuseConflicts(paths);
  // New fields appear in the order of their names, as MongoDB's update tree makes them.
  return steps.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function refuseConflicts(paths: readonly string[]): void {
  const sorted = [...paths].sort();
  for (const [i, path] of sorted.entries()) {
    for (const other of sorted.slice(i + 1)) {
      if (other === path || other.startsWith(`${path}.`)) {
        throw new CommandError(40, `Updating the path '${other}' would create a conflict at '${path}'`);
      }
      if (!other.startsWith(path)) break;
    }
  }
}

function compileRenames(update: Document, document: Document, positions: Positions): Step[] {
  const renames = update.$rename;
  if (!isDocument(renames)) return [];
  return Object.keys(renames).flatMap((from) => {
    const to = renames[from];
    if (typeof to !== 'string') throw new CommandError(2, "The 'to' field for $rename must be a string");
    if (to === from) throw new CommandError(2, `The source and target field for $rename must differ: ${from}`);
    const value = valueAt(document, from.split('.'));
    if (value === undefined) return [];
    changeAt(document, from, () => undefined, false, positions);
    return [{ path: to, change: () => value, create: true, onInsertOnly: false }];
  });
}

function compileArrayFilters(
  filters: readonly Document[],
  strings: StringOrder | undefined,
): Map<string, (value: Value) => boolean> {
  const compiled = new Map<string, (value: Value) => boolean>();
  for (const filter of filters) {
    const names = new Set(Object.keys(filter).map((path) => path.split('.')[0] as string));
    const [name] = names;
    if (names.size !== 1 || name === undefined)
      throw new CommandError(9, 'Expected a single top-level field name in an array filter');
    if (name.startsWith('$')) throw notOffered(`an array filter with ${name} at the top`);
    if (compiled.has(name))
      throw new CommandError(9, `Found multiple array filters with the same top-level field name ${name}`);
    const onElement = field(filter, name);
    if (onElement !== undefined && Object.keys(filter).length === 1 && isOperatorDocument(onElement)) {
      compiled.set(name, compileElement(onElement, { strings }));
    } else {
      const matcher = compileFilter(filter, { strings });
      compiled.set(name, (value) => matcher({ [name]: value }));
    }
  }
  return compiled;
}

function replacement(document: Document): Update {
  return keepingId((old) => {
    const result: Document = {};
    const id = field(document, '_id') ?? field(old, '_id');
    if (id !== undefined) result._id = id;
    for (const name of Object.keys(document)) if (name !== '_id') setField(result, name, copy(document[name] as Value));
    return result;
  });
}

/** The _id never changes, and stands first. */
function keepingId(update: Update): Update {
  return (document, matched, inserting) => {
    const id = field(document, '_id');
    const before = id === undefined ? undefined : copy(id);
    const result = update(document, matched, inserting);
    const after = field(result, '_id');
    if (before !== undefined && after === undefined) {
      throw new CommandError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
    }
    if (before !== undefined && (compare(before, after) !== 0 || !isEqual(before, after))) {
      throw new CommandError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
    }
    return result;
  };
}

/** What an upsert starts from: the equalities of its query. */
export function documentFromFilter(filter: Document): Document {
  const result: Document = {};
  collect(filter, result);
  return result;
}

function collect(filter: Document, result: Document): void {
  for (const name of Object.keys(filter)) {
    const value = filter[name] as Value;
    if (name === '$and' || name === '$or') {
      const clauses = Array.isArray(value) ? value : [];
      if (name === '$and' || clauses.length === 1)
        for (const clause of clauses) if (isDocument(clause)) collect(clause, result);
      continue;
    }
    if (name.startsWith('$')) continue;
    const wanted = equalityOf(value);
    if (wanted !== undefined)
      changeAt(result, name, () => copy(wanted), true, { matched: undefined, filters: new Map() });
  }
}

function equalityOf(value: Value): Value | undefined {
  if (!isOperatorDocument(value)) return isRegex(value) ? undefined : value;
  const equal = field(value, '$eq');
  if (equal !== undefined) return equal;
  for (const name of ['$in', '$all']) {
    const list = field(value, name);
    const only = Array.isArray(list) && list.length === 1 ? list[0] : undefined;
    if (only !== undefined && !isRegex(only) && !isOperatorDocument(only)) return only;
  }
  return undefined;
}

function isRegex(value: Value): boolean {
  return typeof value === 'object' && value !== null && '_bsontype' in value && value._bsontype === 'BSONRegExp';
}
