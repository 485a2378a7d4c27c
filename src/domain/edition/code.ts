import type { Hash } from '../release/release.ts';

/**
 * The code on paper: 45 bits of a lesson's hash as nine characters of Crockford's base32, and a check character.
 * The check is a sum in the field of 32 elements with a different weight for every place, so any single wrong
 * character and any swap of two characters is found (ISO 7064 and Luhn over 32 miss some swaps).
 */
export type ReadCode =
  | { readonly kind: 'code'; readonly code: string }
  /** `suggestion`: the one code that a look-alike or a swap of neighbours explains. */
  | { readonly kind: 'misread'; readonly suggestion?: string };

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 10;
/** What a hand or an eye takes for something else, both ways; letters outside the alphabet are read at once. */
const lookAlikes = ['0DQ', '17JT', '2Z', '5S', '6G', '8B3', '4A', 'VYWX', 'MNH', 'CG', 'PRF', 'EF', 'KX', '9GQ'];
const spokenFor: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1', U: 'V' };

/** Multiplies by x in GF(2)[x] / (x^5 + x^2 + 1), in which x is primitive. */
function timesX(value: number): number {
  const shifted = value << 1;
  return shifted & 32 ? shifted ^ 37 : shifted;
}

function checkOf(values: readonly number[]): number {
  return values.reduce((sum, value) => timesX(sum ^ value), 0);
}

const valuesOf = (text: string): number[] => [...text].map((character) => alphabet.indexOf(character));
const isValid = (text: string): boolean =>
  alphabet.charAt(checkOf(valuesOf(text.slice(0, length - 1)))) === text.charAt(length - 1);
const withHyphen = (text: string): string => `${text.slice(0, length / 2)}-${text.slice(length / 2)}`;

/** The printed code of a hash: two groups of five. */
export function codeOf(hash: Hash): string {
  const bits = BigInt(`0x${hash.slice(0, 12)}`) >> 3n;
  const values = Array.from({ length: length - 1 }, (_, place) => Number((bits >> BigInt(40 - 5 * place)) & 31n));
  const body = values.map((value) => alphabet.charAt(value)).join('');
  return withHyphen(body + alphabet.charAt(checkOf(values)));
}

/** Capitals without spaces and hyphens; O is 0, I and L are 1; Arabic and Persian digits are digits. */
function normalised(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/İ|ı/g, '1')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/[\s\p{Pd}\p{Cf}._]/gu, '')
    .replace(/[OILU]/g, (letter) => spokenFor[letter] ?? letter);
}

/** Every valid code one wrong character or one swap of neighbours away. */
export function codesNear(text: string): readonly string[] {
  const clean = normalised(text);
  if (clean.length !== length) return [];
  const near = new Set<string>();
  for (let place = 0; place < length; place++) {
    const [before, here, next, after] = [clean.slice(0, place), clean[place], clean[place + 1], clean.slice(place + 2)];
    for (const other of alphabet) near.add(before + other + clean.slice(place + 1));
    if (next !== undefined) near.add(before + next + here + after);
  }
  near.delete(clean);
  return [...near].filter((code) => !valuesOf(code).includes(-1) && isValid(code)).map(withHyphen);
}

function isLikely(read: string, meant: string): boolean {
  const wrong = [...read].map((_, place) => place).filter((place) => read[place] !== meant[place]);
  if (wrong.length === 2) return true;
  const place = wrong[0] ?? 0;
  const [one, other] = [read.charAt(place), meant.charAt(place)];
  return lookAlikes.some((group) => group.includes(one) && group.includes(other));
}

/** Reads what somebody typed from paper; small letters, spaces and the hyphen do not matter. */
export function readCode(text: string): ReadCode {
  const clean = normalised(text);
  if (clean.length === length && !valuesOf(clean).includes(-1) && isValid(clean)) {
    return { kind: 'code', code: withHyphen(clean) };
  }
  const likely = codesNear(text).filter((code) => isLikely(clean, code.replace('-', '')));
  return likely.length === 1 && likely[0] !== undefined
    ? { kind: 'misread', suggestion: likely[0] }
    : { kind: 'misread' };
}
