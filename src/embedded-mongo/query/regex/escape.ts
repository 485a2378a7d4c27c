import type { Scanner } from './scanner.ts';

const controls: Readonly<Record<string, string>> = { a: '\x07', e: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** The character that an escape stands for; the backslash has been read. In a class all numbers are octal. */
export function codeEscape(scanner: Scanner, inClass: boolean): string {
  const letter = scanner.next();
  if (Object.hasOwn(controls, letter)) return controls[letter] as string;
  if (letter === 'x') {
    if (scanner.take('{')) return characterOf(scanner, scanner.until('}'), 16, /^[\da-f]+$/i);
    return characterOf(scanner, scanner.while(/^[\da-f]$/i, 2) || '0', 16, /^[\da-f]+$/i);
  }
  if (letter === 'o') {
    if (!scanner.take('{')) throw scanner.invalid('\\o without an opening brace');
    return characterOf(scanner, scanner.until('}'), 8, /^[0-7]+$/);
  }
  if (letter === 'c') {
    const control = scanner.next().toUpperCase();
    if (control < ' ' || control > '~') throw scanner.invalid('\\c must be followed by a printable ASCII character');
    return String.fromCharCode(control.charCodeAt(0) ^ 64);
  }
  if (letter === '0' || (inClass && /[0-7]/.test(letter)))
    return characterOf(scanner, letter + scanner.while(/^[0-7]$/, 2), 8, /^[0-7]+$/);
  if (/[A-Za-z0-9]/.test(letter)) throw scanner.invalid('unrecognized character follows \\');
  return letter;
}

function characterOf(scanner: Scanner, digits: string, base: number, form: RegExp): string {
  const code = form.test(digits) ? Number.parseInt(digits, base) : Number.NaN;
  if (!(code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff))
    throw scanner.invalid('character code point value too large or no character');
  return String.fromCodePoint(code);
}
