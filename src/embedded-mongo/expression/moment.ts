import { ObjectId, Timestamp } from 'bson';
import { dateOf, FarDate } from '../bson/rare.ts';
import { typeName } from '../bson/value.ts';
import { CommandError, notOffered } from '../errors.ts';
import { isNothing } from './arguments.ts';
import type { Result } from './evaluate.ts';

export function isDate(value: Result): value is Date | FarDate {
  return value instanceof Date || value instanceof FarDate;
}

/** The date of so many milliseconds since 1970; beyond 64 bits it is MongoDB's Overflow. */
export function momentFrom(milliseconds: bigint): Date | FarDate {
  if (BigInt.asIntN(64, milliseconds) !== milliseconds) throw new CommandError(15, 'date overflow');
  return dateOf(milliseconds);
}

export function asDate(name: string, value: Result, code = 16006): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.getHighBits() * 1000);
  if (value instanceof FarDate) throw notOffered(`${name} of a date beyond the year 275760`);
  throw new CommandError(code, `can't convert from ${typeName(value)} to Date in ${name}`);
}

/** Only UTC: other zones are refused rather than answered in the wrong one. False where the zone is null. */
export function isUtc(name: string, zone: Result): boolean {
  if (isNothing(zone)) return false;
  if (typeof zone !== 'string')
    throw new CommandError(40533, `timezone must evaluate to a string, found ${typeName(zone)}`);
  if (['UTC', 'GMT', 'Z', '+00:00', '+0000', '+00', 'Etc/UTC'].includes(zone)) return true;
  throw notOffered(`${name} in the time zone ${zone}`);
}

export const dayLength = 86_400_000;

/** Midnight of a day, also before the year 100, which `Date.UTC` reads as 1900. */
export function midnight(year: number, month: number, day: number): number {
  const date = new Date(0);
  return date.setUTCFullYear(year, month, day);
}

export function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - midnight(date.getUTCFullYear(), 0, 1)) / dayLength) + 1;
}

/** Days from Monday as 1 to Sunday as 7. */
export function isoDay(date: Date): number {
  return date.getUTCDay() || 7;
}

/** The Sunday-first week of the year, 0 before the first Sunday. */
export function weekOfYear(date: Date): number {
  return Math.floor((dayOfYear(date) - 1 + 7 - date.getUTCDay()) / 7);
}

/** The year and week that the Thursday of a date's week lies in. */
export function isoWeek(date: Date): { year: number; week: number } {
  const thursday = new Date(midnight(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 4 - isoDay(date)));
  return { year: thursday.getUTCFullYear(), week: Math.floor((dayOfYear(thursday) - 1) / 7) + 1 };
}
