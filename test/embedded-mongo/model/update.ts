import { Failure } from './failure.ts';
import { type Change, changeOf, checkOperand, creates } from './operators.ts';
import { doc, equal, type Fields, get, list, nil, put, type Value, without } from './value.ts';

/** One path that an update touches, and how. */
type Step = { readonly path: readonly string[]; readonly operator: string; readonly operand: Value };

/** Where an update stands: what `$` means, and whether a document is being made by an upsert. */
export type Standing = { readonly place: number; readonly inserting: boolean };

export const isReplacement = (update: Fields): boolean => !update.fields[0]?.[0].startsWith('$');

/** The steps in MongoDB's order: by the parts of their paths. Paths in each other's way are an error, 40. */
function stepsOf(update: Fields): Step[] {
  const steps = update.fields.flatMap(([operator, paths]) =>
    paths.kind === 'document'
      ? paths.fields.map(([path, operand]) => ({ path: path.split('.'), operator, operand }))
      : [],
  );
  const taken: (readonly string[])[] = [];
  for (const { operator, path, operand } of steps) {
    checkOperand(operator, operand);
    const target = operator === '$rename' && operand.kind === 'string' ? operand.text.split('.') : null;
    if (target !== null && onOnePath(path, target)) throw new Failure(2);
    for (const each of target === null ? [path] : [path, target]) {
      if (taken.some((other) => onOnePath(each, other))) throw new Failure(40);
      taken.push(each);
    }
  }
  const place = ({ path, operator, operand }: Step): string =>
    (operator === '$rename' && operand.kind === 'string' ? operand.text.split('.') : path).join('\0');
  return steps.sort((one, other) => (place(one) < place(other) ? -1 : 1));
}

const onOnePath = (one: readonly string[], other: readonly string[]): boolean =>
  one.every((part, at) => other[at] === undefined || other[at] === part);

/** Refuses an update that is wrong whatever the document is. */
export function checkUpdate(update: Fields): void {
  if (!isReplacement(update)) stepsOf(update);
}

/** The document after an update; throws what MongoDB would answer. */
export function updated(document: Fields, update: Fields, standing: Standing): Fields {
  const id = get(document, '_id');
  const after = isReplacement(update) ? replaced(document, update) : changed(document, update, standing);
  if (id !== undefined) {
    const now = get(after, '_id');
    if (now === undefined || !equal(id, now)) throw new Failure(66);
  }
  return after;
}

function replaced(document: Fields, replacement: Fields): Fields {
  const id = get(document, '_id') ?? get(replacement, '_id');
  const given = get(replacement, '_id');
  if (id !== undefined && given !== undefined && !equal(id, given)) throw new Failure(66);
  return id === undefined ? replacement : doc([['_id', given ?? id], ...without(replacement, '_id').fields]);
}

function changed(document: Fields, update: Fields, standing: Standing): Fields {
  let result: Value = document;
  for (const { path, operator, operand } of stepsOf(update)) {
    if (operator === '$setOnInsert' && !standing.inserting) continue;
    if (operator === '$rename') {
      result = renamed(result, path, operand.kind === 'string' ? operand.text.split('.') : []);
      continue;
    }
    const actual = path.map((part) => {
      if (part !== '$') return part;
      if (standing.place === -1) throw new Failure(2);
      return String(standing.place);
    });
    result = alter(result, actual, changeOf(operator, operand), creates(operator), operator === '$unset');
  }
  if (result.kind !== 'document') throw new Error('a document stays one');
  return result;
}

/** Changes what stands at a path. `lenient`: a way that cannot be gone is no error ($unset). */
function alter(value: Value, path: readonly string[], change: Change, makes: boolean, lenient: boolean): Value {
  const [part = '', ...rest] = path;
  if (part === '$[]') {
    if (value.kind !== 'array') throw new Failure(2);
    return list(
      value.items.map((item) =>
        rest.length === 0 ? (change(item) ?? nil) : alter(item, rest, change, makes, lenient),
      ),
    );
  }
  if (value.kind === 'document') {
    const child = get(value, part);
    if (child === undefined && rest.includes('$[]')) throw new Failure(2);
    if (child !== undefined && rest.length > 0) return put(value, part, alter(child, rest, change, makes, lenient));
    if (child === undefined && !makes) return value;
    const after = rest.length > 0 ? made(rest, change) : change(child);
    return after === undefined ? without(value, part) : put(value, part, after);
  }
  if (value.kind === 'array' && /^\d+$/.test(part)) {
    const at = Number(part);
    const item = value.items[at];
    if (item !== undefined) {
      const after = rest.length > 0 ? alter(item, rest, change, makes, lenient) : (change(item) ?? nil);
      return list(value.items.map((each, index) => (index === at ? after : each)));
    }
    if (!makes) return value;
    const gap = Array.from({ length: at - value.items.length }, () => nil);
    return list([...value.items, ...gap, made(rest, change)]);
  }
  if (lenient) return value;
  throw new Failure(28);
}

/** What a path that is not there yet becomes: documents, also for whole numbers. */
function made(path: readonly string[], change: Change): Value {
  const [part, ...rest] = path;
  return part === undefined ? (change(undefined) ?? nil) : doc([[part, made(rest, change)]]);
}

function renamed(document: Value, from: readonly string[], to: readonly string[]): Value {
  const source = look(document, from);
  if (!source.possible) throw new Failure(28);
  const { value } = source;
  if (value === undefined) return document;
  if (source.throughArray || look(document, to).throughArray) throw new Failure(2);
  return alter(
    alter(document, to, () => value, true, false),
    from,
    () => undefined,
    false,
    true,
  );
}

type Look = { readonly value: Value | undefined; readonly throughArray: boolean; readonly possible: boolean };

function look(document: Value, path: readonly string[]): Look {
  let value: Value | undefined = document;
  let throughArray = false;
  for (const part of path) {
    throughArray ||= value.kind === 'array';
    if (value.kind === 'document') value = get(value, part);
    else if (value.kind === 'array' && /^\d+$/.test(part)) value = value.items[Number(part)];
    else return { value: undefined, throughArray, possible: false };
    if (value === undefined) break;
  }
  return { value, throughArray, possible: true };
}
