import { Int32, Long } from 'bson';
import { isDocument, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { isNothing, list, named, text } from './arguments.ts';
import { type ExpressionOperator, type ExpressionOperators, evaluate, type Result, type Scope } from './evaluate.ts';
import { asDate, dayOfYear, isoDay, isoWeek, isUtc, weekOfYear } from './moment.ts';

function part(name: string, read: (date: Date) => number): ExpressionOperator {
  return (argument, scope) => {
    let value: Result;
    if (isDocument(argument) && Object.hasOwn(argument, 'date')) {
      const options = named(name, argument, ['date', 'timezone']);
      if (options.timezone !== undefined && !isUtc(name, evaluate(options.timezone, scope))) return null;
      value = evaluate(options.date ?? null, scope);
    } else value = list(argument, scope)[0];
    return isNothing(value) ? null : new Int32(read(asDate(name, value)));
  };
}

function dateToString(argument: Value, scope: Scope): Result {
  const options = named('$dateToString', argument, ['date', 'format', 'timezone', 'onNull']);
  const format = options.format === undefined ? '%Y-%m-%dT%H:%M:%S.%LZ' : evaluate(options.format, scope);
  const zoned = options.timezone === undefined || isUtc('$dateToString', evaluate(options.timezone, scope));
  const value = evaluate(options.date ?? null, scope);
  if (isNothing(value)) return options.onNull === undefined ? null : evaluate(options.onNull, scope);
  if (isNothing(format) || !zoned) return null;
  const date = asDate('$dateToString', value);
  return text('$dateToString', format, 18533).replace(/%(.?)/gs, (_, letter: string) => {
    if (letter === '') throw new CommandError(18535, "Unmatched '%' at end of format string");
    const write = Object.hasOwn(formats, letter) ? formats[letter] : undefined;
    if (!write) throw new CommandError(18536, `Invalid format character '%${letter}' in format string`);
    return write(date);
  });
}

const padded = (value: number, length: number): string => String(value).padStart(length, '0');
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August'].concat(
  'September',
  'October',
  'November',
  'December',
);

const formats: Readonly<Record<string, (date: Date) => string>> = {
  Y: (date) => {
    const year = date.getUTCFullYear();
    if (year < 0 || year > 9999)
      throw new CommandError(
        18537,
        `Could not convert date to string: date component was outside the supported range of 0-9999: ${year}`,
      );
    return padded(year, 4);
  },
  m: (date) => padded(date.getUTCMonth() + 1, 2),
  d: (date) => padded(date.getUTCDate(), 2),
  H: (date) => padded(date.getUTCHours(), 2),
  M: (date) => padded(date.getUTCMinutes(), 2),
  S: (date) => padded(date.getUTCSeconds(), 2),
  L: (date) => padded(date.getUTCMilliseconds(), 3),
  b: (date) => (months[date.getUTCMonth()] as string).slice(0, 3),
  B: (date) => months[date.getUTCMonth()] as string,
  j: (date) => padded(dayOfYear(date), 3),
  w: (date) => String(date.getUTCDay() + 1),
  u: (date) => String(isoDay(date)),
  U: (date) => padded(weekOfYear(date), 2),
  G: (date) => padded(isoWeek(date).year, 4),
  V: (date) => padded(isoWeek(date).week, 2),
  z: () => '+0000',
  Z: () => '0',
  '%': () => '%',
};

export const dateOperators: ExpressionOperators = {
  $year: part('$year', (date) => date.getUTCFullYear()),
  $month: part('$month', (date) => date.getUTCMonth() + 1),
  $dayOfMonth: part('$dayOfMonth', (date) => date.getUTCDate()),
  $dayOfWeek: part('$dayOfWeek', (date) => date.getUTCDay() + 1),
  $dayOfYear: part('$dayOfYear', dayOfYear),
  $week: part('$week', weekOfYear),
  $isoDayOfWeek: part('$isoDayOfWeek', isoDay),
  $isoWeek: part('$isoWeek', (date) => isoWeek(date).week),
  $isoWeekYear: (argument, scope) => {
    const year = part('$isoWeekYear', (date) => isoWeek(date).year)(argument, scope);
    return year instanceof Int32 ? Long.fromNumber(year.value) : year;
  },
  $hour: part('$hour', (date) => date.getUTCHours()),
  $minute: part('$minute', (date) => date.getUTCMinutes()),
  $second: part('$second', (date) => date.getUTCSeconds()),
  $millisecond: part('$millisecond', (date) => date.getUTCMilliseconds()),
  $dateToString: dateToString,
};
