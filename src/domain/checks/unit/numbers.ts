import { splitPlaceholders } from '../../package/placeholders.ts';

/** A number as it stands in a text, and what it may mean: `1.000` is one to some readers and a thousand to others. */
export type WrittenNumber = { readonly text: string; readonly readings: readonly string[] };

const digit = /\p{Nd}/gu;
const zeros = new Map<string, number>();

/** The value of a digit of any script: the digits of each stand in one row of ten, from nought on. */
function digitValue(one: string): number {
  const known = zeros.get(one);
  if (known !== undefined) return known;
  const code = one.codePointAt(0) ?? 0;
  let below = 0;
  while (below < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - below - 1))) below++;
  // Rows of ten that touch (mathematical digits) would be counted through; the rest of ten is the digit then.
  const value = code >= 0x1d7ce && code <= 0x1d7ff ? (code - 0x1d7ce) % 10 : below;
  zeros.set(one, value);
  return value;
}

/** The text with the digits of any script as 0 to 9, and with the Arabic marks between them as point and comma. */
export function westernDigits(text: string): string {
  return text
    .replace(digit, (one) => String(digitValue(one)))
    .replace(/(?<=\d)\u066b(?=\d)/g, '.')
    .replace(/(?<=\d)\u066c(?=\d)/g, ',');
}

/** Digits with what may part or group them: point, comma, apostrophe, spaces between groups of three, a colon between hours. */
const written = /(?<!\d)\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,:'’]\d+)*/g;
const grouped = /^\d{1,3}(?:([.,'’ \u00a0\u2009\u202f])\d{3})(?:\1\d{3})*(?:[.,]\d+)?$/;

/** The numbers of a text in figures; those inside facts and in the addresses of links do not count. */
export function numbersOf(text: string): readonly WrittenNumber[] {
  const words = splitPlaceholders(text)
    .map((part) => (part.kind === 'words' ? part.text : ' '))
    .join('')
    .replace(/\]\([^)]*\)/g, '] ');
  return Array.from(westernDigits(words).matchAll(written), ([number]) => ({
    text: number,
    readings: readingsOf(number),
  }));
}

function readingsOf(number: string): readonly string[] {
  if (/^\d+$/.test(number)) return [trimmed(number)];
  const readings = new Set<string>();
  if (grouped.test(number)) {
    const group = /[.,'’ \u00a0\u2009\u202f]/.exec(number)?.[0] ?? ',';
    readings.add(trimmed(number.replaceAll(group, '').replace(',', '.')));
  }
  const parts = number.split(/[.,:]/);
  if (parts.length === 2 && /^\d+[.,:]\d+$/.test(number)) readings.add(trimmed(parts.join('.')));
  if (readings.size === 0) readings.add(number.replace(/[^\d]/g, '.'));
  return [...readings];
}

/** Without noughts that say nothing: `08` is 8, `1.50` is 1.5. */
function trimmed(number: string): string {
  const [whole = '', rest = ''] = number.split('.');
  const after = rest.replace(/0+$/, '');
  return `${whole.replace(/^0+(?=\d)/, '')}${after === '' ? '' : `.${after}`}`;
}

export const means = (one: WrittenNumber, other: WrittenNumber): boolean =>
  one.readings.some((reading) => other.readings.includes(reading));
