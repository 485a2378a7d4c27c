import { ObjectId } from 'bson';
import { emptyArray, type KeyValue } from '../../bson/key.ts';
import { isDocument, isNumeric, typeOrder } from '../../bson/value.ts';
import type { Condition } from '../bounds.ts';

/** A value as `explain` shows it among the bounds of an index. */
export function showValue(value: KeyValue): string {
  if (value === emptyArray) return 'undefined';
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'boolean' || isNumeric(value)) return String(value);
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (Array.isArray(value)) return `[ ${value.map(showValue).join(', ')} ]`;
  if (isDocument(value))
    return `{ ${Object.keys(value)
      .map((name) => `${name}: ${showValue(value[name])}`)
      .join(', ')} }`;
  return String(value);
}

/** The ends of a type's values, with their brackets. */
export function limitsOf(order: number): readonly [string, string] {
  switch (order) {
    case typeOrder.number:
      return ['[-inf.0', 'inf.0]'];
    case typeOrder.string:
      return ['[""', '{})'];
    case typeOrder.object:
      return ['[{}', '[])'];
    case typeOrder.bool:
      return ['[false', 'true]'];
    case typeOrder.date:
      return ['[new Date(-9223372036854775808)', 'new Date(9223372036854775807)]'];
    default:
      return ['[first', 'last]'];
  }
}

/** The bounds of one field of an index, as `explain` lists them in the direction in which the index is read. */
export function showBounds(condition: Condition | undefined, backwards: boolean): string[] {
  if (!condition) return [backwards ? '[MaxKey, MinKey]' : '[MinKey, MaxKey]'];
  if (condition.kind === 'range') return [(backwards ? turned(condition.shown) : condition.shown).join(', ')];
  const shown = condition.values.map((value) => `[${showValue(value)}, ${showValue(value)}]`);
  return backwards ? shown.reverse() : shown;
}

function turned([low, high]: readonly [string, string]): readonly [string, string] {
  const open = high.endsWith(']') ? '[' : '(';
  const close = low.startsWith('[') ? ']' : ')';
  return [`${open}${high.slice(0, -1)}`, `${low.slice(1)}${close}`];
}
