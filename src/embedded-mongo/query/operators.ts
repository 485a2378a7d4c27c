import { Binary, BSONRegExp, BSONSymbol, type Double, Long } from 'bson';
import { compare, compareBytes, type StringOrder } from '../bson/compare.ts';
import { keyString } from '../bson/key.ts';
import { toNumber } from '../bson/number.ts';
import {
  type Document,
  isDocument,
  isNumeric,
  orderOf,
  typeName,
  typeNumbers,
  typeOrder,
  type Value,
} from '../bson/value.ts';
import { badValue, notOffered } from '../errors.ts';
import type { MatchDetails, Matcher } from './match.ts';
import { compileRegex } from './regex.ts';

export type ValueTest = (value: Value | undefined, details?: MatchDetails) => boolean;

interface Context {
  readonly strings: StringOrder;
  readonly compileFilter: (filter: Document) => Matcher;
  readonly compileElement: (operators: Document) => ValueTest;
}

export function equalityTest(wanted: Value, strings: StringOrder): ValueTest {
  if (wanted === null) return (value) => orderOf(value) === typeOrder.null;
  const order = orderOf(wanted);
  return (value) => value !== undefined && orderOf(value) === order && compare(value, wanted, strings) === 0;
}

/** Compiles one operator into a test of one value. `siblings` holds `$options` for `$regex`. */
export function compileOperator(operator: string, argument: Value, siblings: Document, context: Context): ValueTest {
  switch (operator) {
    case '$eq':
      return equalityTest(argument, context.strings);
    case '$gt':
      return inequality(argument, context.strings, (d) => d > 0, false);
    case '$gte':
      return inequality(argument, context.strings, (d) => d >= 0, true);
    case '$lt':
      return inequality(argument, context.strings, (d) => d < 0, false);
    case '$lte':
      return inequality(argument, context.strings, (d) => d <= 0, true);
    case '$in':
      return compileIn(argument, context);
    case '$regex':
      return compileRegexTest(argument, siblings);
    case '$type':
      return compileType(argument);
    case '$mod':
      return compileMod(argument);
    case '$size':
      return compileSize(argument);
    case '$elemMatch':
      return compileElemMatch(argument, context);
    case '$bitsAllSet':
    case '$bitsAllClear':
    case '$bitsAnySet':
    case '$bitsAnyClear':
      return compileBits(operator, argument);
    case '$geoWithin':
    case '$geoIntersects':
    case '$near':
    case '$nearSphere':
    case '$jsonSchema':
      throw notOffered(operator);
    default:
      throw badValue(`unknown operator: ${operator}`);
  }
}

/** Compares within one type only: a number is neither above nor below a string. */
function inequality(
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

function compileIn(argument: Value, context: Context): ValueTest {
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
    const among = context.strings === compareBytes ? amongKeys(plain) : amongSorted(plain, context.strings);
    return (value) => among(value) || regexes.some((test) => test(value));
  }
  const tests = plain.map((value) => equalityTest(value, context.strings));
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

function compileRegexTest(argument: Value, siblings: Document): ValueTest {
  const given = siblings.$options;
  if (given !== undefined && typeof given !== 'string') throw badValue('$options has to be a string');
  let expression: RegExp;
  if (argument instanceof BSONRegExp) expression = compileRegex(argument.pattern, given ?? argument.options);
  else if (typeof argument === 'string') expression = compileRegex(argument, given ?? '');
  else throw badValue('$regex has to be a string');
  const literal = argument instanceof BSONRegExp ? keyString(argument) : undefined;
  return (value) => {
    if (typeof value === 'string') return expression.test(value);
    if (value instanceof BSONSymbol) return expression.test(value.value);
    return literal !== undefined && value instanceof BSONRegExp && keyString(value) === literal;
  };
}

function compileType(argument: Value): ValueTest {
  const wanted = new Set<string>();
  for (const type of Array.isArray(argument) ? argument : [argument]) {
    if (type === 'number') for (const name of ['int', 'double', 'long', 'decimal']) wanted.add(name);
    else if (typeof type === 'string') {
      if (!Object.hasOwn(typeNumbers, type)) throw badValue(`Unknown type name alias: ${type}`);
      wanted.add(type);
    } else if (isNumeric(type)) {
      const number = toNumber(type);
      const name = Object.keys(typeNumbers).find((key) => typeNumbers[key] === number);
      if (name === undefined) throw badValue(`Invalid numerical type code: ${number}`);
      wanted.add(name);
    } else throw badValue('type must be represented as a number or a string');
  }
  return (value) => value !== undefined && wanted.has(typeName(value));
}

function compileMod(argument: Value): ValueTest {
  if (!Array.isArray(argument)) throw badValue('malformed mod, needs to be an array');
  const [divisor, remainder] = argument;
  if (argument.length !== 2)
    throw badValue(`malformed mod, ${argument.length < 2 ? 'not enough' : 'too many'} elements`);
  if (!isNumeric(divisor) || !isNumeric(remainder)) throw badValue('malformed mod, divisor not a number');
  const by = Math.trunc(toNumber(divisor));
  const rest = Math.trunc(toNumber(remainder));
  if (by === 0) throw badValue('divisor cannot be 0');
  return (value) => isNumeric(value) && Number.isFinite(toNumber(value)) && Math.trunc(toNumber(value)) % by === rest;
}

function compileSize(argument: Value): ValueTest {
  if (!isNumeric(argument)) throw badValue('Failed to parse $size. Expected a number');
  const size = toNumber(argument);
  if (!Number.isInteger(size)) throw badValue('Failed to parse $size. Expected an integer');
  if (size < 0) throw badValue('Failed to parse $size. Expected a non-negative number');
  return (value) => Array.isArray(value) && value.length === size;
}

function compileElemMatch(argument: Value, context: Context): ValueTest {
  if (!isDocument(argument)) throw badValue('$elemMatch needs an Object');
  const first = Object.keys(argument)[0];
  const logical = first === '$and' || first === '$or' || first === '$nor' || first === '$expr';
  let test: ValueTest;
  if (first?.startsWith('$') && !logical) test = context.compileElement(argument);
  else {
    const matcher = context.compileFilter(argument);
    test = (value) => isDocument(value) && matcher(value);
  }
  return (value, details) => {
    if (!Array.isArray(value)) return false;
    const found = value.findIndex((element) => test(element));
    if (found >= 0 && details) details.position = found;
    return found >= 0;
  };
}

function compileBits(operator: string, argument: Value): ValueTest {
  let mask = 0n;
  if (isNumeric(argument)) mask = BigInt(toNumber(argument));
  else if (Array.isArray(argument)) {
    for (const bit of argument) {
      if (!isNumeric(bit) || toNumber(bit) < 0) throw badValue('bit positions must be non-negative integers');
      mask |= 1n << BigInt(toNumber(bit));
    }
  } else if (argument instanceof Binary) throw notOffered(`${operator} with a binary mask`);
  else throw badValue(`${operator} takes an Array, a number, or a BinData`);
  if (mask < 0n) throw badValue('bit mask must not be negative');
  return (value) => {
    if (!isNumeric(value)) return false;
    const number = toNumber(value);
    if (!Number.isInteger(number)) return false;
    const bits = BigInt.asUintN(64, value instanceof Long ? value.toBigInt() : BigInt(number));
    if (operator === '$bitsAllSet') return (bits & mask) === mask;
    if (operator === '$bitsAllClear') return (bits & mask) === 0n;
    if (operator === '$bitsAnySet') return (bits & mask) !== 0n;
    return (bits & mask) !== mask;
  };
}
