import { BSONRegExp } from 'bson';
import { compare, compareBytes, type StringOrder } from '../../bson/compare.ts';
import { keyString } from '../../bson/key.ts';
import { isDocument, type Value } from '../../bson/value.ts';
import { badValue } from '../../errors.ts';
import type { ValueTest } from '../operators.ts';
import { equalityTest } from './equality.ts';
import { compileRegexTest } from './regex.ts';

export function compileIn(argument: Value, strings: StringOrder): ValueTest {
  if (!Array.isArray(argument)) throw badValue('$in needs an array');
  const regexes: ValueTest[] = [];
  const plain: Value[] = [];
  for (const wanted of argument) {
    if (wanted instanceof BSONRegExp) regexes.push(compileRegexTest(wanted, {}));
    else if (isDocument(wanted) && Object.keys(wanted)[0]?.startsWith('$') && !Object.hasOwn(wanted, '$ref')) {
      throw badValue('cannot nest $ under $in');
    } else plain.push(wanted);
  }
  if (plain.length > 8) {
    const among = strings === compareBytes ? amongKeys(plain) : amongSorted(plain, strings);
    return (value) => among(value) || regexes.some((test) => test(value));
  }
  const tests = plain.map((value) => equalityTest(value, strings));
  return (value) => tests.some((test) => test(value)) || regexes.some((test) => test(value));
}

function amongKeys(wanted: readonly Value[]): ValueTest {
  const keys = new Set(wanted.map((value) => keyString(value)));
  return (value) => keys.has(keyString(value));
}

/** Under a collation values that are equal need not have the same bytes: they are sought in a sorted list. */
function amongSorted(wanted: readonly Value[], strings: StringOrder): ValueTest {
  const sorted = wanted.toSorted((a, b) => compare(a, b, strings));
  return (value) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(sorted[middle], value, strings) < 0) low = middle + 1;
      else high = middle;
    }
    return low < sorted.length && compare(sorted[low], value, strings) === 0;
  };
}
