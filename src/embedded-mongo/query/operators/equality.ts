import { BSONRegExp, type Double } from 'bson';
import { compare, type StringOrder } from '../../bson/compare.ts';
import { toNumber } from '../../bson/number.ts';
import { isNumeric, orderOf, typeOrder, type Value } from '../../bson/value.ts';
import { badValue } from '../../errors.ts';
import type { ValueTest } from '../operators.ts';

export function equalityTest(wanted: Value, strings: StringOrder): ValueTest {
  if (wanted === null) return (value) => orderOf(value) === typeOrder.null;
  const order = orderOf(wanted);
  return (value) => value !== undefined && orderOf(value) === order && compare(value, wanted, strings) === 0;
}

/** Compares within one type only: a number is neither above nor below a string. */
export function inequality(
  argument: Value,
  strings: StringOrder,
  accept: (difference: number) => boolean,
  withEqual: boolean,
): ValueTest {
  if (argument instanceof BSONRegExp) throw badValue("Can't have RegEx as arg to predicate over field");
  const order = orderOf(argument);
  if (order === typeOrder.minKey || order === typeOrder.maxKey) {
    return (value) => value !== undefined && accept(compare(value, argument, strings));
  }
  if (argument === null) return (value) => withEqual && orderOf(value) === typeOrder.null;
  const nan = isNumeric(argument) && Number.isNaN(toNumber(argument));
  return (value) => {
    if (value === undefined || orderOf(value) !== order) return false;
    // NaN equals itself and is neither above nor below any number.
    if (order === typeOrder.number) {
      const isNan = Number.isNaN(toNumber(value as Double));
      if (isNan || nan) return withEqual && isNan && nan;
    }
    return accept(compare(value, argument, strings));
  };
}
