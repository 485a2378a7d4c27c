import { keyString } from '../bson/key.ts';
import type { Value } from '../bson/value.ts';
import { array, exactly, isNothing, list } from './arguments.ts';
import type { ExpressionOperators } from './evaluate.ts';

/** Without repetitions, in the order of first appearance. */
export function distinctValues(values: Iterable<Value>): Value[] {
  const seen = new Map<string, Value>();
  for (const value of values) {
    const key = keyString(value);
    if (!seen.has(key)) seen.set(key, value);
  }
  return [...seen.values()];
}

function keys(values: readonly Value[]): Set<string> {
  return new Set(values.map((value) => keyString(value)));
}

export const setOperators: ExpressionOperators = {
  $setUnion: (argument, scope) => {
    const values = list(argument, scope);
    if (values.some(isNothing)) return null;
    return distinctValues(values.flatMap((value) => array('$setUnion', value, 17043)));
  },
  $setIntersection: (argument, scope) => {
    const values = list(argument, scope);
    if (values.some(isNothing)) return null;
    const [first = [], ...others] = values.map((value) => array('$setIntersection', value, 17047));
    const sets = others.map(keys);
    return distinctValues(first.filter((element) => sets.every((set) => set.has(keyString(element)))));
  },
  $setDifference: (argument, scope) => {
    const [a, b] = exactly('$setDifference', 2, argument, scope);
    if (isNothing(a) || isNothing(b)) return null;
    const without = keys(array('$setDifference', b, 17049));
    return distinctValues(array('$setDifference', a, 17048).filter((element) => !without.has(keyString(element))));
  },
  $setIsSubset: (argument, scope) => {
    const [a, b] = exactly('$setIsSubset', 2, argument, scope);
    const whole = keys(array('$setIsSubset', b, 17042));
    return array('$setIsSubset', a, 17046).every((element) => whole.has(keyString(element)));
  },
  $setEquals: (argument, scope) => {
    const sets = list(argument, scope).map((value) => keys(array('$setEquals', value, 17044)));
    const [first = new Set<string>()] = sets;
    return sets.every((set) => set.symmetricDifference(first).size === 0);
  },
};
