import { toNumber } from '../bson/number.ts';
import { isNumeric, type Value } from '../bson/value.ts';

/** What an expression takes for true: all but false, null, missing and zero. */
export function truthy(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false) return false;
  return !(isNumeric(value) && toNumber(value) === 0);
}
