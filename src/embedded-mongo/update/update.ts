import type { StringOrder } from '../bson/compare.ts';
import { namesOf } from '../bson/names.ts';
import { type Document, isDocument, typeName, type Value } from '../bson/value.ts';
import { badValue, CommandError } from '../errors.ts';
import type { Variables } from '../expression/evaluate.ts';
import { updateStages } from '../pipeline/transform.ts';
import { type ArrayFilters, checkIdentifiers, compileArrayFilters } from './arrayFilters.ts';
import { concretePaths, placeholder } from './concrete.ts';
import { updateOperators } from './operators.ts';
import { comparePaths, refuseConflicts } from './order.ts';
import { changeAt } from './path.ts';
import { checkRename, rename } from './rename.ts';
import { keepingId, replacement } from './replacement.ts';

export { documentFromFilter } from './upsertBase.ts';

export interface UpdateOptions {
  readonly now: Date;
  readonly arrayFilters?: readonly Document[];
  readonly strings?: StringOrder | undefined;
  readonly variables?: Variables | undefined;
}

/** Makes the new document from the old one (which is used up) and the place where the query matched an array. */
export type Update = (document: Document, matched: number | undefined, inserting: boolean) => Document;

interface Step {
  readonly path: readonly string[];
  /** Whether the path has placeholders, which stand for other elements in each document. */
  readonly dynamic: boolean;
  readonly onInsertOnly: boolean;
  /** Further paths that nothing else may change. */
  readonly also: readonly (readonly string[])[];
  readonly run: (document: Document, path: readonly string[]) => void;
}

/** Compiles an update: operators, a replacement, or a pipeline. */
export function compileUpdate(update: Value, options: UpdateOptions): Update {
  const filters = options.arrayFilters ?? [];
  if (Array.isArray(update)) {
    if (filters.length > 0) throw new CommandError(9, 'arrayFilters may not be specified for pipeline-syle updates');
    const { strings, variables, now } = options;
    return keepingId(updateStages(update, { strings, variables: { NOW: now, ...variables } }));
  }
  if (!isDocument(update)) throw new CommandError(9, 'Update argument must be either an object or an array');
  if (!isModifier(update)) {
    if (filters.length > 0)
      throw new CommandError(9, 'arrayFilters may not be specified for replacement-style updates');
    return replacement(update);
  }
  return withOperators(update, compileArrayFilters(filters, options), options);
}

/** Whether an update has operators; one of operators and of fields is refused. */
export function isModifier(update: Document): boolean {
  const names = namesOf(update);
  const operators = names[0]?.startsWith('$') === true;
  const other = names.find((name) => name.startsWith('$') !== operators);
  if (other === undefined) return operators;
  if (operators) throw unknownModifier(other);
  throw new CommandError(
    52,
    `The dollar ($) prefixed field '${other}' is not allowed in the context of an update's replacement document.`,
  );
}

function unknownModifier(name: string): CommandError {
  return new CommandError(
    9,
    `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
  );
}

function withOperators(update: Document, filters: ArrayFilters, options: UpdateOptions): Update {
  const steps = compileSteps(update, options);
  const paths = steps.flatMap(({ path, also }) => [path, ...also]);
  refuseConflicts(paths);
  checkIdentifiers(paths, filters);
  steps.sort((a, b) => comparePaths(a.path, b.path));
  const always = steps.filter((step) => !step.onInsertOnly);
  return keepingId((document, matched, inserting) => {
    const wanted = inserting ? steps : always;
    if (!wanted.some((step) => step.dynamic)) for (const step of wanted) step.run(document, step.path);
    else runConcrete(document, wanted, (path) => concretePaths(document, path, { matched, filters }));
    return document;
  });
}

/** Finds first what all placeholders stand for: two of them may mean the same element. */
function runConcrete(
  document: Document,
  steps: readonly Step[],
  find: (path: readonly string[]) => readonly (readonly string[])[],
): void {
  const found = steps.flatMap((step) => (step.dynamic ? find(step.path) : [step.path]).map((path) => ({ step, path })));
  refuseConflicts(found.flatMap(({ step, path }) => [path, ...step.also]));
  found.sort((a, b) => comparePaths(a.path, b.path));
  for (const { step, path } of found) step.run(document, path);
}

function compileSteps(update: Document, options: UpdateOptions): Step[] {
  const context = { now: options.now, strings: options.strings };
  return namesOf(update).flatMap((name) => {
    const changes = update[name];
    const operator = Object.hasOwn(updateOperators, name) ? updateOperators[name] : undefined;
    if (!operator && name !== '$rename') throw unknownModifier(name);
    if (!isDocument(changes))
      throw new CommandError(
        9,
        `Modifiers operate on fields but we found type ${typeName(changes)} instead. For example: {$mod: {<field>: ...}}`,
      );
    return namesOf(changes).map((path): Step => {
      const argument = changes[path] as Value;
      const parts = partsOf(path);
      if (!operator) {
        const to = checkRename(parts, argument);
        partsOf(to.join('.'));
        const run = (document: Document): void => rename(document, parts, to);
        return { path: to, dynamic: false, onInsertOnly: false, also: [parts], run };
      }
      const change = operator.change(argument, path, context);
      return {
        path: parts,
        dynamic: parts.some((part) => part === '$' || placeholder(part) !== undefined),
        onInsertOnly: name === '$setOnInsert',
        also: [],
        run: (document, at) => changeAt(document, at, change, operator.missing),
      };
    });
  });
}

function partsOf(path: string): string[] {
  const parts = path.split('.');
  if (path === '') throw new CommandError(56, 'An empty update path is not valid.');
  if (parts.includes(''))
    throw new CommandError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
  const [first = ''] = parts;
  if (first === '$' || placeholder(first) !== undefined)
    throw badValue(`Cannot have positional or array filter element in the first position in path '${path}'`);
  if (parts.filter((part) => part === '$').length > 1)
    throw badValue(`Too many positional (i.e. '$') elements found in path '${path}'`);
  return parts;
}
