import type { FactDefinition, FactValue, NeutralValue, Wording } from './fact.ts';
import { hasValue } from './resolveFacts.ts';

/** Why a value cannot be stored. */
export const factValueProblems = [
  'valueMissing',
  'phoneMalformed',
  /** The printed form carries other digits than the number that is dialled. */
  'displayMalformed',
  'urlMalformed',
  'yearsMalformed',
  'wordingTooLong',
] as const;
export type FactValueProblem = (typeof factValueProblems)[number];

const phonePattern = /^\+?[0-9*#][0-9*#\- ]*$/;
const longestWording = 2000;
const longestName = 200;

/** `+44 800 1111` is dialled `+448001111`. */
export function dialOf(phone: string): string {
  return phone.replace(/[^0-9+*#]/g, '');
}

function isPhone(phone: string): boolean {
  const digits = phone.replace(/[^0-9]/g, '').length;
  return phone === phone.trim() && phone.length <= 30 && digits >= 2 && digits <= 20 && phonePattern.test(phone);
}

/** `ALO 183` for `183`, `0800 1111` for `+44 800 1111`: the digits shown are digits dialled. */
function fitsPhone(display: string, phone: string | undefined): boolean {
  if (!display.trim() || display.length > 40 || phone === undefined) return false;
  const digits = display.replace(/[^0-9]/g, '').replace(/^0+/, '');
  return phone.replace(/[^0-9]/g, '').includes(digits);
}

function isHttps(url: string): boolean {
  if (/[\s<>"'`{}|\\^]/.test(url) || !URL.canParse(url)) return false;
  const parsed = new URL(url);
  return parsed.protocol === 'https:' && parsed.hostname.includes('.') && !parsed.username && !parsed.password;
}

function checkNeutral(neutral: NeutralValue): FactValueProblem | null {
  if (neutral.phone !== undefined && !isPhone(neutral.phone)) return 'phoneMalformed';
  if (neutral.display !== undefined && !fitsPhone(neutral.display, neutral.phone)) return 'displayMalformed';
  if (neutral.url !== undefined && !isHttps(neutral.url)) return 'urlMalformed';
  const years = neutral.years;
  if (years !== undefined && !(Number.isInteger(years) && years >= 0 && years <= 25)) return 'yearsMalformed';
  return null;
}

function tooLong(wording: Wording): boolean {
  const short = [wording.name, wording.hours, ...Object.values(wording.forms ?? {}), ...(wording.list ?? [])];
  return short.some((text) => (text?.length ?? 0) > longestName) || (wording.text?.length ?? 0) > longestWording;
}

/** The first problem of a value, whatever language is looked at; null when it can be stored. */
export function checkFactValue(definition: FactDefinition, value: FactValue): FactValueProblem | null {
  const problem = checkNeutral(value.neutral);
  if (problem) return problem;
  const wordings = Object.values(value.wordings);
  if (wordings.some(tooLong)) return 'wordingTooLong';
  const present = [{}, ...wordings].some((wording) => hasValue(definition.type, value.neutral, wording));
  return present ? null : 'valueMissing';
}
