import { classEscapes, literal, posixClasses, property } from './characters.ts';
import { codeEscape } from './escape.ts';
import type { Scanner } from './scanner.ts';

/** The inside of two JavaScript classes: what a search without case extends to other cases, and what it takes as it is. */
interface Members {
  folded: string;
  exact: string;
}

/**
 * Translates `[…]`, whose bracket has been read. `fold` tells whether case is passed over there. Classes such as `\w` are not
 * extended to other cases: `K` for Kelvin is no letter of theirs.
 */
export function translateClass(scanner: Scanner, fold: boolean): string {
  const negated = scanner.take('^');
  const members: Members = { folded: '', exact: '' };
  let first = true;
  while (first || scanner.peek() !== ']') {
    first = false;
    const from = member(scanner, members);
    if (from === undefined) continue;
    if (scanner.peek() === '-' && scanner.peek(1) !== ']') {
      scanner.take('-');
      const to = member(scanner, members);
      if (to === undefined) throw scanner.invalid('a range that ends in a class');
      if ((from.codePointAt(0) as number) > (to.codePointAt(0) as number)) throw scanner.invalid('range out of order');
      members.folded += `${literal(from)}-${literal(to)}`;
    } else members.folded += literal(from);
  }
  scanner.next();
  if (!fold || members.exact === '') return `[${negated ? '^' : ''}${members.folded}${members.exact}]`;
  const exact = `(?-i:[${members.exact}])`;
  const either = members.folded === '' ? exact : `(?:[${members.folded}]|${exact})`;
  return negated ? `(?:(?!${either})[^])` : either;
}

/** One character, or undefined where it was a class that has been added already. */
function member(scanner: Scanner, members: Members): string | undefined {
  const character = scanner.next();
  if (character === '[' && /[:.=]/.test(scanner.peek())) return posix(scanner, members);
  if (character !== '\\') return character;
  const letter = scanner.peek();
  if (Object.hasOwn(classEscapes, letter)) {
    scanner.next();
    members.exact += classEscapes[letter] as string;
    return undefined;
  }
  if (letter === 'p' || letter === 'P') {
    members.exact += propertyEscape(scanner);
    return undefined;
  }
  if (scanner.take('b')) return '\b';
  if (/[QE]/.test(letter)) throw scanner.absent();
  if (/[BNRX]/.test(letter)) throw scanner.invalid('an escape that has no meaning in a class');
  return codeEscape(scanner, true);
}

/** `\p{…}`, `\P{…}` or `\pL`; the backslash has been read. */
export function propertyEscape(scanner: Scanner): string {
  const negated = scanner.next() === 'P';
  const name = scanner.take('{') ? scanner.until('}') : scanner.next();
  const found = property(name, negated);
  if (found === undefined) throw scanner.invalid('unknown property');
  return found;
}

function posix(scanner: Scanner, members: Members): string | undefined {
  // `[:` opens a named class only where `:]` closes it.
  let length = 1;
  while (/[a-z^]/.test(scanner.peek(length))) length++;
  const mark = scanner.peek();
  if (scanner.peek(length) !== mark || scanner.peek(length + 1) !== ']') return '[';
  if (mark !== ':') throw scanner.invalid('POSIX collating elements are not supported');
  scanner.next();
  const negated = scanner.take('^');
  const name = scanner.until(':');
  scanner.next();
  if (!Object.hasOwn(posixClasses, name)) throw scanner.invalid('unknown POSIX class name');
  if (negated) throw scanner.absent();
  members.exact += posixClasses[name] as string;
  return undefined;
}
