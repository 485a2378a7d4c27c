import { BSONRegExp, Int32, Long, Timestamp } from 'bson';
import { compare, copy, isEqual, type StringOrder } from '../bson/compare.ts';
import { addition, isIntegral, multiplication, type Operation, toNumber } from '../bson/number.ts';
import { type Document, isDocument, isNumeric, typeName, type Value } from '../bson/value.ts';
import { badValue, CommandError, typeMismatch } from '../errors.ts';
import { calculateExactly } from '../expression/exact.ts';
import { compileElement, compileFilter, isOperatorDocument } from '../query/match.ts';
import type { Change, Missing } from './path.ts';
import { pushChange } from './push.ts';

export interface OperatorContext {
  readonly now: Date;
  readonly strings: StringOrder | undefined;
}

/** An update operator: makes the change of one field from its argument. */
export interface UpdateOperator {
  /** What becomes of a path that is not there. */
  readonly missing: Missing;
  readonly change: (argument: Value, path: string, context: OperatorContext) => Change;
}

function arithmetic(name: string, operation: Operation, ofMissing: (argument: Value) => Value): UpdateOperator {
  return {
    missing: 'create',
    change: (argument, path) => {
      if (!isNumeric(argument))
        throw typeMismatch(`Cannot ${name} with non-numeric argument: {${path}: ${typeName(argument)}}`);
      return (old) => {
        if (old === undefined) return ofMissing(argument);
        if (!isNumeric(old)) {
          throw typeMismatch(
            `Cannot apply ${name} to a value of non-numeric type. The field '${path}' is of type ${typeName(old)}`,
          );
        }
        const result = calculateExactly(operation, old, argument);
        if (result === undefined)
          throw badValue(`Failed to apply ${name} operations to current value: the result does not fit 64 bits`);
        return result;
      };
    },
  };
}

function zeroLike(value: Value): Value {
  return (isNumeric(value) && calculateExactly(multiplication, value, new Int32(0))) || new Int32(0);
}

function extreme(sign: number): UpdateOperator {
  return {
    missing: 'create',
    change: (argument, _path, context) => (old) =>
      old === undefined || sign * compare(argument, old, context.strings) > 0 ? argument : old,
  };
}

function currentDate(argument: Value, _path: string, context: OperatorContext): Change {
  if (typeof argument === 'boolean') return () => context.now;
  if (!isDocument(argument))
    throw badValue(
      `${typeName(argument)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression`,
    );
  const other = Object.keys(argument).find((name) => name !== '$type');
  if (other !== undefined) throw badValue(`Unrecognized $currentDate option: ${other}`);
  const type = argument.$type;
  if (type === 'date') return () => context.now;
  if (type === 'timestamp') return () => new Timestamp({ t: Math.floor(context.now.getTime() / 1000), i: 1 });
  throw badValue("The '$type' string field is required to be 'date' or 'timestamp'");
}

function requireArray(name: string, old: Value, path: string): Value[] {
  if (!Array.isArray(old))
    throw badValue(`The field '${path}' must be an array but is of type ${typeName(old)} for ${name}`);
  return old;
}

function addToSet(argument: Value, path: string, context: OperatorContext): Change {
  const each = isDocument(argument) && Object.hasOwn(argument, '$each') ? argument.$each : [argument];
  if (!Array.isArray(each)) throw typeMismatch('The argument to $each in $addToSet must be an array');
  if (isDocument(argument) && Object.hasOwn(argument, '$each') && Object.keys(argument).length > 1)
    throw badValue('Found unexpected fields after $each in $addToSet');
  return (old) => {
    const list = old === undefined ? [] : [...requireArray('$addToSet', old, path)];
    for (const value of each) if (!list.some((there) => isEqual(there, value, context.strings))) list.push(copy(value));
    return list;
  };
}

function pop(argument: Value, path: string): Change {
  const end = isNumeric(argument) ? toNumber(argument) : 0;
  if (end !== 1 && end !== -1) throw new CommandError(9, '$pop expects 1 or -1');
  return (old) => {
    if (old === undefined) return old;
    if (!Array.isArray(old))
      throw typeMismatch(`Path '${path}' contains an element of non-array type '${typeName(old)}'`);
    const list = old;
    return end === 1 ? list.slice(0, -1) : list.slice(1);
  };
}

/** Operators of whole documents, not of one value. */
const logical = new Set(['$and', '$or', '$nor', '$expr', '$comment', '$alwaysTrue', '$alwaysFalse']);

function pull(argument: Value, path: string, context: OperatorContext): Change {
  let drop: (value: Value) => boolean;
  if (isOperatorDocument(argument) && !logical.has(Object.keys(argument)[0] ?? ''))
    drop = compileElement(argument, { strings: context.strings });
  else if (isDocument(argument)) {
    const matcher = compileFilter(argument, { strings: context.strings });
    drop = (value) => isDocument(value) && matcher(value);
  } else if (argument instanceof BSONRegExp) drop = compileElement({ $regex: argument });
  else drop = (value) => isEqual(value, argument, context.strings);
  return (old) => (old === undefined ? old : requireArray('$pull', old, path).filter((value) => !drop(value)));
}

function pullAll(argument: Value, path: string, context: OperatorContext): Change {
  if (!Array.isArray(argument)) throw badValue('$pullAll requires an array argument');
  return (old) => {
    if (old === undefined) return old;
    return requireArray('$pullAll', old, path).filter(
      (value) => !argument.some((gone) => isEqual(gone, value, context.strings)),
    );
  };
}

function bit(argument: Value, path: string): Change {
  if (!isDocument(argument) || Object.keys(argument).length === 0) throw badValue('The $bit modifier needs a document');
  return (old) => {
    let value: bigint = 0n;
    let long = false;
    if (old !== undefined) {
      if (!isNumeric(old) || !isIntegral(old))
        throw badValue(`Cannot apply $bit to a value of non-integral type. '${path}' is ${typeName(old)}`);
      value = BigInt(old.toString());
      long = old instanceof Long;
    }
    for (const [name, mask] of Object.entries(argument as Document)) {
      if (!isNumeric(mask) || !isIntegral(mask))
        throw badValue('The $bit modifier field must be an Integer(32/64 bit)');
      const by = BigInt(mask.toString());
      long ||= mask instanceof Long;
      if (name === 'and') value &= by;
      else if (name === 'or') value |= by;
      else if (name === 'xor') value ^= by;
      else throw badValue(`The $bit modifier only supports 'and', 'or', and 'xor', not '${name}'`);
    }
    return long ? Long.fromBigInt(value) : new Int32(Number(value));
  };
}

const set: UpdateOperator = { missing: 'create', change: (argument) => () => copy(argument) };

export const updateOperators: Readonly<Record<string, UpdateOperator>> = {
  $set: set,
  $setOnInsert: set,
  $unset: { missing: 'ignore', change: () => () => undefined },
  $inc: arithmetic('$inc', addition, (argument) => argument),
  $mul: arithmetic('$mul', multiplication, zeroLike),
  $min: extreme(-1),
  $max: extreme(1),
  $currentDate: { missing: 'create', change: currentDate },
  $push: { missing: 'create', change: pushChange },
  $addToSet: { missing: 'create', change: addToSet },
  $pop: { missing: 'refuse', change: pop },
  $pull: { missing: 'refuse', change: pull },
  $pullAll: { missing: 'refuse', change: pullAll },
  $bit: { missing: 'create', change: bit },
};
