import { Failure } from './failure.ts';
import { itemMatches } from './match.ts';
import { calculate } from './number.ts';
import { compare, equal, type Fields, get, int, isNumber, list, nil, type Value } from './value.ts';

/** What becomes of a value, or of a field that is not there; undefined takes it away. */
export type Change = (old: Value | undefined) => Value | undefined;

const creators = ['$set', '$setOnInsert', '$inc', '$mul', '$min', '$max', '$push', '$addToSet'];
export const creates = (operator: string): boolean => creators.includes(operator);

/** Refuses an operand that is wrong whatever the document is. */
export function checkOperand(operator: string, operand: Value): void {
  if ((operator === '$inc' || operator === '$mul') && !isNumber(operand)) throw new Failure(14);
}

export function changeOf(operator: string, operand: Value): Change {
  switch (operator) {
    case '$set':
    case '$setOnInsert':
      return () => operand;
    case '$unset':
      return () => undefined;
    case '$inc':
      return (old) => (old === undefined ? operand : calculate('$inc', old, operand));
    case '$mul':
      return (old) => calculate('$mul', old ?? int(0), operand);
    case '$min':
      return (old) => (old === undefined || compare(operand, old) < 0 ? operand : old);
    case '$max':
      return (old) => (old === undefined || compare(operand, old) > 0 ? operand : old);
    case '$push':
      return (old) => list(pushed(itemsOf(old, 2), operand));
    case '$addToSet':
      return (old) => list(added(itemsOf(old, 2), each(operand)));
    case '$pull':
      return (old) => list(itemsOf(old, 2).filter((item) => !pulls(item, operand)));
    case '$pop':
      return (old) => {
        const items = itemsOf(old, 14);
        return list(compare(operand, int(0)) > 0 ? items.slice(0, -1) : items.slice(1));
      };
    default:
      throw new Error(`the model does not know ${operator}`);
  }
}

function itemsOf(old: Value | undefined, code: number): readonly Value[] {
  if (old === undefined) return [];
  if (old.kind !== 'array') throw new Failure(code);
  return old.items;
}

const modifier = (operand: Value, name: string): Value | undefined =>
  operand.kind === 'document' && get(operand, '$each') !== undefined ? get(operand, name) : undefined;

function each(operand: Value): readonly Value[] {
  const several = modifier(operand, '$each');
  return several?.kind === 'array' ? several.items : [operand];
}

const number = (value: Value | undefined): number | null => (value?.kind === 'int' ? value.number : null);

function pushed(old: readonly Value[], operand: Value): readonly Value[] {
  const position = number(modifier(operand, '$position')) ?? old.length;
  const at = position >= 0 ? Math.min(position, old.length) : Math.max(0, old.length + position);
  const items = [...old.slice(0, at), ...each(operand), ...old.slice(at)];
  const sort = modifier(operand, '$sort');
  if (sort !== undefined) items.sort((one, other) => compareBy(sort, one, other));
  const slice = number(modifier(operand, '$slice'));
  if (slice === null) return items;
  return slice >= 0 ? items.slice(0, slice) : items.slice(slice);
}

function compareBy(sort: Value, one: Value, other: Value): number {
  if (sort.kind !== 'document') return compare(one, other) * (number(sort) ?? 1);
  const part = (item: Value, name: string): Value => (item.kind === 'document' ? get(item, name) : undefined) ?? nil;
  for (const [name, direction] of sort.fields) {
    const result = compare(part(one, name), part(other, name)) * (number(direction) ?? 1);
    if (result !== 0) return result;
  }
  return 0;
}

function added(old: readonly Value[], values: readonly Value[]): readonly Value[] {
  const items = [...old];
  for (const value of values) if (!items.some((item) => equal(item, value))) items.push(value);
  return items;
}

const pulls = (item: Value, operand: Value): boolean =>
  operand.kind === 'document' ? itemMatches(item, operand) : equal(item, operand);

/** What a filter asks to be equal. */
export function equalities(filter: Fields): (readonly [path: string, value: Value])[] {
  return filter.fields.flatMap(([name, condition]): (readonly [string, Value])[] => {
    if (name === '$and' && condition.kind === 'array')
      return condition.items.flatMap((part) => (part.kind === 'document' ? equalities(part) : []));
    if (name.startsWith('$')) return [];
    if (condition.kind !== 'document' || !condition.fields[0]?.[0].startsWith('$')) return [[name, condition]];
    const asked = get(condition, '$eq');
    return asked === undefined ? [] : [[name, asked]];
  });
}

const isAbove = (one: string, other: string): boolean => one === other || other.startsWith(`${one}.`);

/** What an upsert begins with. A path and one above it are an error, 54. A replacement takes the `_id` alone. */
export function startOf(filter: Fields, replaces: boolean): readonly (readonly [path: string, value: Value])[] {
  const found = equalities(filter).filter(([path]) => path === '_id' || !replaces);
  for (const [at, [path]] of found.entries()) {
    if (found.slice(at + 1).some(([other]) => isAbove(path, other) || isAbove(other, path))) throw new Failure(54);
  }
  return found;
}
