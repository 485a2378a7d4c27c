/** The classes of characters that PCRE names, in ASCII as it means them without UCP, as the inside of a JavaScript class. */
const space = '\\t\\n\\v\\f\\r ';
const horizontal = '\\t \\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000';
const vertical = '\\n\\v\\f\\r\\x85\\u2028\\u2029';

export const classEscapes: Readonly<Record<string, string>> = {
  d: '0-9',
  D: '\\0-\\/:-\\u{10ffff}',
  w: 'A-Za-z0-9_',
  W: '\\0-\\/:-@\\[-\\^`\\{-\\u{10ffff}',
  s: space,
  S: '\\0-\\x08\\x0e-\\x1f!-\\u{10ffff}',
  h: horizontal,
  H: '\\0-\\x08\\n-\\x1f!-\\x9f\\xa1-\\u167f\\u1681-\\u180d\\u180f-\\u1fff\\u200b-\\u202e\\u2030-\\u205e\\u2060-\\u2fff\\u3001-\\u{10ffff}',
  v: vertical,
  V: '\\0-\\x09\\x0e-\\x84\\x86-\\u2027\\u202a-\\u{10ffff}',
};

export const posixClasses: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  ascii: '\\0-\\x7f',
  blank: '\\t ',
  cntrl: '\\0-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`\\{-~',
  space,
  upper: 'A-Z',
  word: 'A-Za-z0-9_',
  xdigit: '0-9A-Fa-f',
};

export const lineBreak = `(?:\\r\\n|[${vertical}])`;

/** One character, such that JavaScript takes it for itself inside and outside of a class. */
export function literal(character: string): string {
  if (/^[A-Za-z0-9_]$/.test(character) || character > '\x7f') return character;
  return `\\x${(character.codePointAt(0) as number).toString(16).padStart(2, '0')}`;
}

/** `\p{…}` by PCRE's name of the property; undefined where JavaScript does not know it. */
export function property(name: string, negated: boolean): string | undefined {
  const turned = name.startsWith('^');
  const plain = turned ? name.slice(1) : name;
  const letter = negated !== turned ? 'P' : 'p';
  if (plain === 'L&') return letter === 'p' ? '\\p{LC}' : '\\P{LC}';
  for (const known of [plain, `Script_Extensions=${plain}`]) {
    if (/^[A-Z]/.test(known) && compiles(`\\p{${known}}`)) return `\\${letter}{${known}}`;
  }
  return undefined;
}

function compiles(source: string): boolean {
  try {
    return new RegExp(source, 'u') !== undefined;
  } catch {
    return false;
  }
}
