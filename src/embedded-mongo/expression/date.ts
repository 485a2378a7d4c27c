import { Int32, ObjectId, Timestamp } from 'bson';
import { isDocument, typeName, type Value } from '../bson/value.ts';
import { CommandError, notOffered } from '../errors.ts';
import { isNothing, list, named, text, wholeNumber } from './arguments.ts';
import { type ExpressionOperator, type ExpressionOperators, evaluate, type Result, type Scope } from './evaluate.ts';

function asDate(name: string, value: Result): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.getHighBits() * 1000);
  throw new CommandError(16006, `can't convert from ${typeName(value)} to Date in ${name}`);
}

/** Only UTC: other zones are refused rather than answered in the wrong one. */
function refuseZone(name: string, zone: Result): void {
  if (isNothing(zone) || zone === 'UTC' || zone === 'GMT' || zone === 'Z' || zone === '+00:00') return;
  throw notOffered(`${name} in the time zone ${String(zone)}`);
}

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
}

function part(name: string, read: (date: Date) => number): ExpressionOperator {
  return (argument, scope) => {
    let value: Result;
    if (isDocument(argument) && Object.hasOwn(argument, 'date')) {
      const options = named(name, argument, ['date', 'timezone']);
      refuseZone(name, options.timezone === undefined ? undefined : evaluate(options.timezone, scope));
      value = evaluate(options.date ?? null, scope);
    } else value = list(argument, scope)[0];
    return isNothing(value) ? null : new Int32(read(asDate(name, value)));
  };
}

function dateToString(argument: Value, scope: Scope): Result {
  const options = named('$dateToString', argument, ['date', 'format', 'timezone', 'onNull']);
  refuseZone('$dateToString', options.timezone === undefined ? undefined : evaluate(options.timezone, scope));
  const value = evaluate(options.date ?? null, scope);
  if (isNothing(value)) return options.onNull === undefined ? null : evaluate(options.onNull, scope);
  const date = asDate('$dateToString', value);
  const format =
    options.format === undefined
      ? '%Y-%m-%dT%H:%M:%S.%LZ'
      : text('$dateToString', evaluate(options.format, scope), 18533);
  return format.replace(/%(.?)/g, (_, letter: string) => formatted(date, letter));
}

function formatted(date: Date, letter: string): string {
  const two = (value: number) => String(value).padStart(2, '0');
  switch (letter) {
    case 'Y':
      return String(date.getUTCFullYear()).padStart(4, '0');
    case 'm':
      return two(date.getUTCMonth() + 1);
    case 'd':
      return two(date.getUTCDate());
    case 'H':
      return two(date.getUTCHours());
    case 'M':
      return two(date.getUTCMinutes());
    case 'S':
      return two(date.getUTCSeconds());
    case 'L':
      return String(date.getUTCMilliseconds()).padStart(3, '0');
    case 'j':
      return String(dayOfYear(date)).padStart(3, '0');
    case 'w':
      return String(date.getUTCDay() + 1);
    case 'u':
      return String(date.getUTCDay() || 7);
    case 'z':
      return '+0000';
    case 'Z':
      return '0';
    case '%':
      return '%';
    default:
      throw notOffered(`$dateToString format %${letter}`);
  }
}

const milliseconds: Readonly<Record<string, number>> = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

function dateAdd(name: string, sign: number): ExpressionOperator {
  return (argument, scope) => {
    const options = named(name, argument, ['startDate', 'unit', 'amount', 'timezone']);
    refuseZone(name, options.timezone === undefined ? undefined : evaluate(options.timezone, scope));
    const start = evaluate(options.startDate ?? null, scope);
    const amount = evaluate(options.amount ?? null, scope);
    if (isNothing(start) || isNothing(amount)) return null;
    const date = asDate(name, start);
    const count = sign * wholeNumber(name, amount, 5166405);
    const unit = text(name, evaluate(options.unit ?? null, scope), 5166402);
    const fixed = milliseconds[unit];
    if (fixed !== undefined) return new Date(date.getTime() + count * fixed);
    const months = { month: 1, quarter: 3, year: 12 }[unit];
    if (months === undefined) throw new CommandError(9, `unknown time unit value: ${unit}`);
    const moved = new Date(date);
    moved.setUTCDate(1);
    moved.setUTCMonth(moved.getUTCMonth() + count * months);
    const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
    moved.setUTCDate(Math.min(date.getUTCDate(), last));
    return moved;
  };
}

export const dateOperators: ExpressionOperators = {
  $year: part('$year', (date) => date.getUTCFullYear()),
  $month: part('$month', (date) => date.getUTCMonth() + 1),
  $dayOfMonth: part('$dayOfMonth', (date) => date.getUTCDate()),
  $dayOfWeek: part('$dayOfWeek', (date) => date.getUTCDay() + 1),
  $dayOfYear: part('$dayOfYear', dayOfYear),
  $hour: part('$hour', (date) => date.getUTCHours()),
  $minute: part('$minute', (date) => date.getUTCMinutes()),
  $second: part('$second', (date) => date.getUTCSeconds()),
  $millisecond: part('$millisecond', (date) => date.getUTCMilliseconds()),
  $dateToString: dateToString,
  $dateAdd: dateAdd('$dateAdd', 1),
  $dateSubtract: dateAdd('$dateSubtract', -1),
};
