import { Decimal128, Double } from 'bson';
import { toNumber } from '../bson/number.ts';
import { CommandError, notOffered } from '../errors.ts';
import { exactly, isNothing, numeric, single } from './arguments.ts';
import type { ExpressionOperator, ExpressionOperators } from './evaluate.ts';

const anything = (): boolean => true;
const finite = (value: number): boolean => !(value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY);
const ofUnit = (value: number): boolean => Number.isNaN(value) || (value >= -1 && value <= 1);

/** Of one double; values outside of the domain are MongoDB's 50989. */
function angle(
  name: string,
  calculation: (value: number) => number,
  domain: (value: number) => boolean = anything,
): ExpressionOperator {
  return (argument, scope) => {
    const value = single(name, argument, scope);
    if (isNothing(value)) return null;
    const number = numeric(name, value, 28765);
    if (!domain(toNumber(number))) throw new CommandError(50989, `cannot apply ${name} to ${toNumber(number)}`);
    if (number instanceof Decimal128) throw notOffered(`${name} of a decimal`);
    return new Double(calculation(toNumber(number)));
  };
}

export const trigonometryOperators: ExpressionOperators = {
  $sin: angle('$sin', Math.sin, finite),
  $cos: angle('$cos', Math.cos, finite),
  $tan: angle('$tan', Math.tan, finite),
  $asin: angle('$asin', Math.asin, ofUnit),
  $acos: angle('$acos', Math.acos, ofUnit),
  $atan: angle('$atan', Math.atan),
  $sinh: angle('$sinh', Math.sinh),
  $cosh: angle('$cosh', Math.cosh),
  $tanh: angle('$tanh', Math.tanh),
  $asinh: angle('$asinh', Math.asinh),
  $acosh: angle('$acosh', Math.acosh, (value) => Number.isNaN(value) || value >= 1),
  $atanh: angle('$atanh', Math.atanh, ofUnit),
  $degreesToRadians: angle('$degreesToRadians', (value) => value * (Math.PI / 180)),
  $radiansToDegrees: angle('$radiansToDegrees', (value) => value * (180 / Math.PI)),
  $atan2: (argument, scope) => {
    const [y, x] = exactly('$atan2', 2, argument, scope);
    if (isNothing(y) || isNothing(x)) return null;
    const [a, b] = [numeric('$atan2', y, 51044), numeric('$atan2', x, 51045)];
    if (a instanceof Decimal128 || b instanceof Decimal128) throw notOffered('$atan2 of decimals');
    return new Double(Math.atan2(toNumber(a), toNumber(b)));
  },
};
