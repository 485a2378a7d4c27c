import { Binary, Int32, Long, Timestamp } from 'bson';
import { encode } from '../bson/encode.ts';
import { toNumber } from '../bson/number.ts';
import { isDocument, isNumeric, typeName, typeNumbers, type Value } from '../bson/value.ts';
import { badValue, CommandError } from '../errors.ts';
import { isNothing, named, single } from './arguments.ts';
import { conversions } from './conversion.ts';
import { type ExpressionOperators, evaluate, type Result, type Scope } from './evaluate.ts';

/** The name of the type that `$convert` is to make, from its name or number. */
function target(to: Value): string {
  if (typeof to === 'string') {
    if (!Object.hasOwn(typeNumbers, to)) throw badValue(`Unknown type name: ${to}`);
    return to;
  }
  if (!isNumeric(to) || !Number.isInteger(toNumber(to)))
    throw new CommandError(9, "$convert's 'to' argument must be a string or number");
  const found = Object.keys(typeNumbers).find((name) => typeNumbers[name] === toNumber(to));
  if (found === undefined) throw new CommandError(9, `In $convert, numeric 'to' argument does not match any type`);
  return found;
}

function convert(argument: Value, scope: Scope): Result {
  const options = named('$convert', argument, ['input', 'to', 'onError', 'onNull']);
  const to = evaluate(options.to ?? null, scope);
  const input = evaluate(options.input ?? null, scope);
  const name = isNothing(to) ? undefined : target(to);
  if (isNothing(input)) return options.onNull === undefined ? null : evaluate(options.onNull, scope);
  if (name === undefined) return null;
  try {
    const conversion = Object.hasOwn(conversions, name) ? conversions[name] : undefined;
    if (!conversion)
      throw new CommandError(241, `Unsupported conversion from ${typeName(input)} to ${name} in $convert`);
    return conversion(input);
  } catch (error) {
    if (options.onError === undefined || !(error instanceof CommandError) || error.code !== 241) throw error;
    return evaluate(options.onError, scope);
  }
}

function timestampPart(name: string, read: (value: Timestamp) => Long) {
  return (argument: Value, scope: Scope): Result => {
    const value = single(name, argument, scope);
    if (isNothing(value)) return null;
    if (!(value instanceof Timestamp))
      throw new CommandError(
        name === '$tsSecond' ? 5687301 : 5687302,
        `${name} requires a timestamp, found ${typeName(value)}`,
      );
    return read(value);
  };
}

function binarySize(argument: Value, scope: Scope): Result {
  const value = single('$binarySize', argument, scope);
  if (isNothing(value)) return null;
  if (typeof value === 'string') return new Int32(Buffer.byteLength(value));
  if (value instanceof Binary) return new Int32(value.length());
  throw new CommandError(51276, `$binarySize requires a string or BinData argument, found: ${typeName(value)}`);
}

function bsonSize(argument: Value, scope: Scope): Result {
  const value = single('$bsonSize', argument, scope);
  if (isNothing(value)) return null;
  if (!isDocument(value))
    throw new CommandError(31393, `$bsonSize requires a document input, found: ${typeName(value)}`);
  return new Int32(encode(value).length);
}

export const convertOperators: ExpressionOperators = {
  $convert: convert,
  $tsSecond: timestampPart('$tsSecond', (value) => Long.fromNumber(value.getHighBitsUnsigned())),
  $tsIncrement: timestampPart('$tsIncrement', (value) => Long.fromNumber(value.getLowBitsUnsigned())),
  $binarySize: binarySize,
  $bsonSize: bsonSize,
};
