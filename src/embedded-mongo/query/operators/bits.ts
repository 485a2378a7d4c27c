import { Binary } from 'bson';
import { wholeNumber } from '../../bson/number.ts';
import { isNumeric, type Value } from '../../bson/value.ts';
import { badValue, CommandError } from '../../errors.ts';
import type { ValueTest } from '../operators.ts';

const longMax = 2n ** 63n - 1n;
const mostBit = 2n ** 31n - 1n;

/** `$mod`: divisor and remainder lose their fractions, and so do the values that are tested. */
export function compileMod(argument: Value): ValueTest {
  if (!Array.isArray(argument)) throw badValue('malformed mod, needs to be an array');
  const [divisor, remainder] = argument;
  if (argument.length !== 2)
    throw badValue(`malformed mod, ${argument.length < 2 ? 'not enough' : 'too many'} elements`);
  const by = operand(divisor, 'divisor');
  const rest = operand(remainder, 'remainder');
  if (by === 0n) throw badValue('divisor cannot be 0');
  return (value) => {
    const number = isNumeric(value) ? wholeNumber(value) : undefined;
    return number !== undefined && number.value % by === rest;
  };
}

function operand(value: Value | undefined, name: string): bigint {
  if (!isNumeric(value)) throw badValue(`malformed mod, ${name} not a number`);
  const number = wholeNumber(value);
  if (!number) throw badValue(`malformed mod, ${name} value is invalid :: caused by :: out of range`);
  return number.value;
}

/** `$bitsAllSet` and the like. Numbers count as two's complement of any length, binary data from the lowest byte on. */
export function compileBits(operator: string, argument: Value): ValueTest {
  const mask = maskOf(operator, argument);
  return (value) => {
    const bits = bitsOf(value);
    if (bits === undefined) return false;
    if (operator === '$bitsAllSet') return (bits & mask) === mask;
    if (operator === '$bitsAllClear') return (bits & mask) === 0n;
    if (operator === '$bitsAnySet') return (bits & mask) !== 0n;
    return (bits & mask) !== mask;
  };
}

function bitsOf(value: Value | undefined): bigint | undefined {
  if (value instanceof Binary) return binaryBits(value);
  const number = isNumeric(value) ? wholeNumber(value) : undefined;
  return number?.exact ? number.value : undefined;
}

function binaryBits(value: Binary): bigint {
  const bytes = Buffer.from(value.buffer.subarray(0, value.position)).reverse();
  return bytes.length === 0 ? 0n : BigInt(`0x${bytes.toString('hex')}`);
}

function maskOf(operator: string, argument: Value): bigint {
  if (argument instanceof Binary) return binaryBits(argument);
  if (Array.isArray(argument)) {
    let mask = 0n;
    for (const position of argument) mask |= 1n << positionOf(position);
    return mask;
  }
  if (!isNumeric(argument)) throw badValue(`${operator} takes an Array, a number, or a BinData`);
  const number = wholeNumber(argument);
  if (!number?.exact) throw new CommandError(9, `Expected an integer: ${operator}: ${String(argument)}`);
  if (number.value < 0n || number.value > longMax)
    throw new CommandError(9, `Expected a non-negative number in: ${operator}: ${String(argument)}`);
  return number.value;
}

function positionOf(value: Value): bigint {
  const number = isNumeric(value) ? wholeNumber(value) : undefined;
  if (!number?.exact) throw badValue(`Failed to parse bit position. Expected an integer: ${String(value)}`);
  if (number.value < 0n || number.value > mostBit)
    throw badValue(`Failed to parse bit position. Expected a non-negative number in: ${String(value)}`);
  return number.value;
}
