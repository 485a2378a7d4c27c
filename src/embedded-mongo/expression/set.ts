import type { StringOrder } from '../bson/compare.ts';
import type { Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { collationKey } from '../query/collation.ts';
import { array, exactly, isNothing, list } from './arguments.ts';
import type { ExpressionOperators } from './evaluate.ts';

/** Gives a text that two values share exactly where they are equal. */
type Identity = (value: Value) => string;

function identityUnder(strings: StringOrder | undefined): Identity {
  return (value) => collationKey(value, strings);
}

/** Without repetitions, in the order of first appearance. */
function distinctValues(values: Iterable<Value>, identity: Identity): Value[] {
  const seen = new Map<string, Value>();
  for (const value of values) {
    const key = identity(value);
    if (!seen.has(key)) seen.set(key, value);
  }
  return [...seen.values()];
}

function keys(values: readonly Value[], identity: Identity): Set<string> {
  return new Set(values.map(identity));
}

export const setOperators: ExpressionOperators = {
  $setUnion: (argument, scope) => {
    const values = list(argument, scope);
    if (values.some(isNothing)) return null;
    return distinctValues(
      values.flatMap((value) => array('$setUnion', value, 17043)),
      identityUnder(scope.strings),
    );
  },
  $setIntersection: (argument, scope) => {
    const values = list(argument, scope);
    if (values.some(isNothing)) return null;
    const identity = identityUnder(scope.strings);
    const [first = [], ...others] = values.map((value) => array('$setIntersection', value, 17047));
    const sets = others.map((other) => keys(other, identity));
    return distinctValues(
      first.filter((element) => sets.every((set) => set.has(identity(element)))),
      identity,
    );
  },
  $setDifference: (argument, scope) => {
    const [a, b] = exactly('$setDifference', 2, argument, scope);
    if (isNothing(a) || isNothing(b)) return null;
    const identity = identityUnder(scope.strings);
    const all = array('$setDifference', a, 17048);
    const without = keys(array('$setDifference', b, 17049), identity);
    return distinctValues(
      all.filter((element) => !without.has(identity(element))),
      identity,
    );
  },
  $setIsSubset: (argument, scope) => {
    const [a, b] = exactly('$setIsSubset', 2, argument, scope);
    const identity = identityUnder(scope.strings);
    const part = array('$setIsSubset', a, 17046);
    const whole = keys(array('$setIsSubset', b, 17042), identity);
    return part.every((element) => whole.has(identity(element)));
  },
  $setEquals: (argument, scope) => {
    const identity = identityUnder(scope.strings);
    const sets = list(argument, scope).map((value) => keys(array('$setEquals', value, 17044), identity));
    if (sets.length < 2) throw new CommandError(17045, '$setEquals needs at least two arguments');
    const [first = new Set<string>()] = sets;
    return sets.every((set) => set.symmetricDifference(first).size === 0);
  },
};
