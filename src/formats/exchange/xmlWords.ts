import { splitPlaceholders } from '../../domain/package/placeholders.ts';

// What XML 1.0 has no way to write, not even as a character reference.
const illegal = /[[\p{Cc}--[\t\n\r\u007f-\u009f]]\ufffe\uffff]/v;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Words between tags: line feeds and tabs stand as they are. */
export const words = (text: string): string => text.replace(/[&<>\r]/g, (mark) => escapes[mark] ?? mark);
/** The value of an attribute, without its quotes. Characters that XML cannot write are left out. */
export const value = (text: string): string => legal(text).replace(/[&<>"\r\n\t]/g, (mark) => escapes[mark] ?? mark);
/** Words without the characters that XML cannot write. */
export const legal = (text: string): string => text.split(illegal).join('');

export type Piece =
  | { readonly kind: 'words'; readonly text: string }
  /** A fact in braces: another tool must not change it. */
  | { readonly kind: 'fact'; readonly text: string }
  | { readonly kind: 'character'; readonly code: number };

/** A text cut at its facts, and at the characters that XML cannot write. The pieces joined give the text again. */
export function piecesOf(text: string): readonly Piece[] {
  return splitPlaceholders(text).flatMap((part): readonly Piece[] => {
    if (part.kind === 'fact') return [{ kind: 'fact', text: part.text }];
    return part.text
      .split(new RegExp(`(${illegal.source})`, 'v'))
      .filter((piece) => piece !== '')
      .map((piece) =>
        illegal.test(piece) ? { kind: 'character', code: piece.charCodeAt(0) } : { kind: 'words', text: piece },
      );
  });
}

/** `001B` */
export const hexOf = (code: number): string => code.toString(16).toUpperCase().padStart(4, '0');

/** The character of a hexadecimal code point; nothing for what is none. */
export function characterOf(hex: string): string {
  const code = /^[0-9a-f]{1,6}$/i.test(hex) ? Number.parseInt(hex, 16) : Number.NaN;
  return code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : '';
}
