import { Decimal128, Double, Int32 } from 'bson';
import { decimal128 } from '../bson/decimal.ts';
import { integer, isIntegral, toDecimal } from '../bson/number.ts';
import { isNumeric, type Numeric, typeName } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { isNothing, list, numeric, single } from './arguments.ts';
import type { ExpressionOperator, ExpressionOperators, Result } from './evaluate.ts';
import { bigintOf, type Rounding, rounded, wholeOf } from './exact.ts';

function toWhole(name: string, mode: Rounding, ofDouble: (value: number) => number): ExpressionOperator {
  return (argument, scope) => {
    const value = single(name, argument, scope);
    if (isNothing(value)) return null;
    const number = numeric(name, value, 28765);
    if (isIntegral(number)) return number;
    if (number instanceof Double) return new Double(ofDouble(number.value));
    const decimal = toDecimal(number);
    return decimal ? decimal128(rounded(decimal, 0, mode)) : number;
  };
}

function placeOf(name: string, place: Result): number {
  const whole = isNumeric(place) ? wholeOf(place) : undefined;
  if (whole === undefined)
    throw new CommandError(51082, `precision argument to ${name} must be a integral value, not ${typeName(place)}`);
  if (whole < -20n || whole > 100n)
    throw new CommandError(51083, `cannot apply ${name} with precision value ${whole} value must be in [-20, 100]`);
  return Number(whole);
}

function toPlace(name: string, mode: Rounding): ExpressionOperator {
  return (argument, scope) => {
    const [value, place] = list(argument, scope);
    if (isNothing(value)) return null;
    const number = numeric(name, value, 51081);
    const given = Array.isArray(argument) && argument.length > 1;
    if (given && isNothing(place)) return null;
    return roundNumber(name, number, given ? placeOf(name, place) : 0, mode);
  };
}

function roundNumber(name: string, number: Numeric, place: number, mode: Rounding): Numeric {
  if (isIntegral(number)) {
    if (place >= 0) return number;
    const { coefficient } = rounded({ coefficient: bigintOf(number), exponent: 0 }, place, mode);
    const result = coefficient * 10n ** BigInt(-place);
    const fitting = integer(result, number instanceof Int32 ? 'int' : 'long');
    if (!fitting) throw new CommandError(51080, `invalid conversion from Decimal128 result in ${name}`);
    return fitting;
  }
  const decimal = toDecimal(number);
  if (!decimal) return number;
  const result = rounded(decimal, place, mode);
  if (number instanceof Decimal128) return decimal128(result);
  const double = Number(`${result.coefficient}e${result.exponent}`);
  return new Double(double === 0 && (number.value < 0 || Object.is(number.value, -0)) ? -0 : double);
}

export const roundingOperators: ExpressionOperators = {
  $ceil: toWhole('$ceil', 'up', Math.ceil),
  $floor: toWhole('$floor', 'down', Math.floor),
  $trunc: toPlace('$trunc', 'zero'),
  $round: toPlace('$round', 'even'),
};
