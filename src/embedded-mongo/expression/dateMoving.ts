import { Int32, Long } from 'bson';
import { isNumeric, typeName, type Value } from '../bson/value.ts';
import { CommandError, notOffered } from '../errors.ts';
import { isNothing, named } from './arguments.ts';
import { type ExpressionOperator, type ExpressionOperators, evaluate, type Result, type Scope } from './evaluate.ts';
import { wholeOf } from './exact.ts';
import { asDate, dayLength, isUtc, midnight, momentFrom } from './moment.ts';

const milliseconds: Readonly<Record<string, number>> = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: dayLength,
  week: 7 * dayLength,
};
const months: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** One of MongoDB's eight units of time. */
function unitOf(name: string, value: Result, code: number): string {
  if (typeof value !== 'string')
    throw new CommandError(code, `${name} requires 'unit' to be a string, found ${typeName(value)}`);
  if (!Object.hasOwn(milliseconds, value) && !Object.hasOwn(months, value))
    throw new CommandError(9, `unknown time unit value: ${value}`);
  return value;
}

/** The number of the day on which weeks begin, from Sunday as 0. */
function weekStart(name: string, value: Result, code: number): number {
  if (typeof value !== 'string')
    throw new CommandError(code, `${name} requires 'startOfWeek' to be a string, found ${typeName(value)}`);
  const wanted = value.toLowerCase();
  const day = weekdays.findIndex((weekday) => wanted === weekday || wanted === weekday.slice(0, 3));
  if (day < 0) throw new CommandError(9, `unknown day of week value: ${value}`);
  return day;
}

function move(name: string, sign: bigint): ExpressionOperator {
  return (argument, scope) => {
    const options = named(name, argument, ['startDate', 'unit', 'amount', 'timezone']);
    const [start, unit, amount] = [options.startDate, options.unit, options.amount].map((part) =>
      evaluate(part ?? null, scope),
    );
    const zone = options.timezone === undefined || isUtc(name, evaluate(options.timezone, scope));
    if (isNothing(start) || isNothing(unit) || isNothing(amount) || !zone) return null;
    const date = asDate(name, start, 5166403);
    const step = unitOf(name, unit, 5166404);
    const count = isNumeric(amount) ? wholeOf(amount) : undefined;
    if (count === undefined || BigInt.asIntN(64, count) !== count)
      throw new CommandError(5166405, `${name} expects integer amount of time units`);
    return moved(date, step, sign * count);
  };
}

function moved(date: Date, unit: string, count: bigint): Value {
  const fixed = milliseconds[unit];
  if (fixed !== undefined) return momentFrom(BigInt(date.getTime()) + count * BigInt(fixed));
  const by = count * BigInt(months[unit] ?? 0);
  if (by > 4_000_000n || by < -4_000_000n) throw new CommandError(5166406, 'date overflow: invalid amount of time');
  const month = date.getUTCMonth() + Number(by);
  const last = new Date(midnight(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = midnight(date.getUTCFullYear(), month, Math.min(date.getUTCDate(), last));
  const time = ((date.getTime() % dayLength) + dayLength) % dayLength;
  return momentFrom(BigInt(day) + BigInt(time));
}

/** Months since the year 0. */
function monthNumber(date: Date): number {
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** The number of the week of a date, counted from a week that begins on the given day. 1970-01-01 was a Thursday. */
function weekNumber(date: Date, start: number): number {
  return Math.floor((Math.floor(date.getTime() / dayLength) + 4 - start) / 7);
}

/** How many boundaries of a unit lie between two dates. */
function dateDiff(argument: Value, scope: Scope): Result {
  const options = named('$dateDiff', argument, ['startDate', 'endDate', 'unit', 'timezone', 'startOfWeek']);
  const [start, end, unit] = [options.startDate, options.endDate, options.unit].map((part) =>
    evaluate(part ?? null, scope),
  );
  const zone = options.timezone === undefined || isUtc('$dateDiff', evaluate(options.timezone, scope));
  const week = options.startOfWeek === undefined ? 'sunday' : evaluate(options.startOfWeek, scope);
  if (isNothing(start) || isNothing(end) || isNothing(unit) || !zone) return null;
  const step = unitOf('$dateDiff', unit, 5439013);
  if (step === 'week' && isNothing(week)) return null;
  const from = asDate('$dateDiff', start, 5166307);
  const to = asDate('$dateDiff', end, 5166307);
  const index = (date: Date): number => {
    if (step === 'week') return weekNumber(date, weekStart('$dateDiff', week, 5439015));
    const fixed = milliseconds[step];
    return fixed === undefined
      ? Math.floor(monthNumber(date) / (months[step] ?? 1))
      : Math.floor(date.getTime() / fixed);
  };
  return Long.fromNumber(index(to) - index(from));
}

/** The start of the bin that a date lies in; bins are counted from the year 2000. */
function dateTrunc(argument: Value, scope: Scope): Result {
  const options = named('$dateTrunc', argument, ['date', 'unit', 'binSize', 'timezone', 'startOfWeek']);
  const [value, unit] = [options.date, options.unit].map((part) => evaluate(part ?? null, scope));
  const size: Result = options.binSize === undefined ? new Int32(1) : evaluate(options.binSize, scope);
  const zone = options.timezone === undefined || isUtc('$dateTrunc', evaluate(options.timezone, scope));
  const week = options.startOfWeek === undefined ? 'sunday' : evaluate(options.startOfWeek, scope);
  if (isNothing(value) || isNothing(unit) || isNothing(size) || !zone) return null;
  const step = unitOf('$dateTrunc', unit, 5439013);
  if (step === 'week' && isNothing(week)) return null;
  const date = asDate('$dateTrunc', value, 5439012);
  const bin = binSize(size);
  if (step === 'week') {
    if (bin !== 1) throw notOffered('$dateTrunc by several weeks');
    const start = weekStart('$dateTrunc', week, 5439015);
    return momentFrom(BigInt((weekNumber(date, start) * 7 - 4 + start) * dayLength));
  }
  const fixed = milliseconds[step];
  if (fixed !== undefined) {
    const reference = Date.UTC(2000, 0, 1);
    const length = fixed * bin;
    return momentFrom(BigInt(reference + Math.floor((date.getTime() - reference) / length) * length));
  }
  const length = (months[step] ?? 1) * bin;
  return new Date(midnight(2000, Math.floor((monthNumber(date) - 24_000) / length) * length, 1));
}

function binSize(size: Result): number {
  const whole = isNumeric(size) ? wholeOf(size) : undefined;
  if (whole === undefined) throw new CommandError(5439017, "$dateTrunc requires 'binSize' to be a 64-bit integer");
  if (whole <= 0n) throw new CommandError(5439018, "$dateTrunc requires 'binSize' to be greater than 0");
  return Number(whole);
}

export const dateMovingOperators: ExpressionOperators = {
  $dateAdd: move('$dateAdd', 1n),
  $dateSubtract: move('$dateSubtract', -1n),
  $dateDiff: dateDiff,
  $dateTrunc: dateTrunc,
};
