import { Int32 } from 'bson';
import { type Document, isNumeric, typeName, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { isNothing, named } from './arguments.ts';
import { type ExpressionOperators, evaluate, type Result, type Scope } from './evaluate.ts';
import { wholeOf } from './exact.ts';
import { asDate, dayLength, isoDay, isoWeek, isUtc, midnight, momentFrom } from './moment.ts';

const calendar = ['year', 'month', 'day'];
const iso = ['isoWeekYear', 'isoWeek', 'isoDayOfWeek'];
const clock = ['hour', 'minute', 'second', 'millisecond'];

function dateFromParts(argument: Value, scope: Scope): Result {
  const options = named('$dateFromParts', argument, [...calendar, ...iso, ...clock, 'timezone']);
  const byWeek = options.isoWeekYear !== undefined;
  if (byWeek && calendar.some((name) => options[name] !== undefined))
    throw new CommandError(40489, '$dateFromParts does not allow mixing natural dates with ISO dates');
  if (!byWeek && options.year === undefined)
    throw new CommandError(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
  if (!byWeek && iso.some((name) => options[name] !== undefined))
    throw new CommandError(40525, '$dateFromParts does not allow mixing ISO dates with natural dates');
  const parts = [...(byWeek ? iso : calendar), ...clock].map((name, i) =>
    numberOf(options, name, i < 3 ? 1 : 0, scope),
  );
  const zone = options.timezone === undefined || isUtc('$dateFromParts', evaluate(options.timezone, scope));
  if (parts.includes(null) || !zone) return null;
  const [year = 0, b = 0, c = 0, hour = 0, minute = 0, second = 0, millisecond = 0] = parts as number[];
  if (year < 1 || year > 9999)
    throw new CommandError(40523, `'year' must evaluate to an integer in the range 1 to 9999, found ${year}`);
  const days = byWeek ? weekStartOf(year) + ((b - 1) * 7 + c - 1) * dayLength : midnight(year, b - 1, c);
  return momentFrom(BigInt(days + hour * 3_600_000 + minute * 60_000 + second * 1000 + millisecond));
}

/** The Monday of the first ISO week: that of January 4th. */
function weekStartOf(year: number): number {
  const fourth = new Date(midnight(year, 0, 4));
  return fourth.getTime() - (isoDay(fourth) - 1) * dayLength;
}

function numberOf(options: Document, name: string, otherwise: number, scope: Scope): number | null {
  if (options[name] === undefined) return otherwise;
  const value = evaluate(options[name], scope);
  if (isNothing(value)) return null;
  const whole = isNumeric(value) ? wholeOf(value) : undefined;
  if (whole === undefined)
    throw new CommandError(40515, `'${name}' must evaluate to an integer, found ${typeName(value)}`);
  const number = Number(whole);
  const wide = name === 'second' || name === 'millisecond';
  if (!calendar.slice(0, 1).includes(name) && name !== 'isoWeekYear' && !wide && (number < -32_768 || number > 32_767))
    throw new CommandError(31034, `'${name}' must evaluate to a value in the range [-32768, 32767], found ${number}`);
  return number;
}

function dateToParts(argument: Value, scope: Scope): Result {
  const options = named('$dateToParts', argument, ['date', 'timezone', 'iso8601']);
  const value = evaluate(options.date ?? null, scope);
  const zone = options.timezone === undefined || isUtc('$dateToParts', evaluate(options.timezone, scope));
  const byWeek = options.iso8601 === undefined ? false : evaluate(options.iso8601, scope);
  if (isNothing(value) || isNothing(byWeek) || !zone) return null;
  if (typeof byWeek !== 'boolean') throw new CommandError(40521, 'iso8601 must evaluate to a bool');
  const date = asDate('$dateToParts', value);
  const days = byWeek
    ? { isoWeekYear: isoWeek(date).year, isoWeek: isoWeek(date).week, isoDayOfWeek: isoDay(date) }
    : { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  const time = {
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  };
  return Object.fromEntries(Object.entries({ ...days, ...time }).map(([name, part]) => [name, new Int32(part)]));
}

export const dateMakingOperators: ExpressionOperators = { $dateFromParts: dateFromParts, $dateToParts: dateToParts };
