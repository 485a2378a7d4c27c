import { classEscapes, lineBreak, literal } from './characters.ts';
import { propertyEscape } from './class.ts';
import { codeEscape } from './escape.ts';
import { Groups } from './groups.ts';
import { type Part, part } from './part.ts';
import { Scanner } from './scanner.ts';

/** The options that hold at a place of a pattern. */
export interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly x: boolean;
}

/** What matches at one place: characters, escapes and references. */
export abstract class Leaves {
  protected readonly scanner: Scanner;
  protected readonly groups = new Groups();
  /** JavaScript's own flag, against which `(?i)` is written. */
  protected readonly fold: boolean;
  protected flags: Flags;

  constructor(pattern: string, options: string) {
    this.scanner = new Scanner(pattern);
    this.fold = options.includes('i');
    this.flags = { i: this.fold, m: options.includes('m'), s: options.includes('s'), x: options.includes('x') };
  }

  protected abstract quoted(): Part | undefined;

  /** What depends on case, under the options that hold here. */
  protected leaf(source: string): Part {
    const { i } = this.flags;
    return part(i === this.fold ? source : `(?${i ? '' : '-'}i:${source})`, 1);
  }

  /** What does not depend on case. */
  protected exact(inside: string): Part {
    return part(this.fold ? `(?-i:[${inside}])` : `[${inside}]`, 1);
  }

  protected assertion(source: string): Part {
    return part(source, 0, { assertion: true });
  }

  protected escape(): Part | undefined {
    const letter = this.scanner.peek();
    if (Object.hasOwn(classEscapes, letter)) {
      this.scanner.next();
      return this.exact(classEscapes[letter] as string);
    }
    switch (letter) {
      case 'p':
      case 'P':
        return this.exact(propertyEscape(this.scanner));
      case 'Q':
        this.scanner.next();
        return this.quoted();
      case 'E':
        this.scanner.next();
        return undefined;
      case 'N':
        this.scanner.next();
        return part('[^\\n]', 1);
      case 'R':
        this.scanner.next();
        return this.groups.atomic(part(lineBreak, undefined));
      case 'b':
      case 'B':
        this.scanner.next();
        return this.assertion(this.fold ? `(?-i:\\${letter})` : `\\${letter}`);
      case 'A':
        this.scanner.next();
        return this.assertion('^');
      case 'z':
        this.scanner.next();
        return this.assertion('$');
      case 'Z':
        this.scanner.next();
        return this.assertion('(?=\\n?$)');
    }
    if (/^[GKXCgk]$/.test(letter)) {
      if (letter !== 'k' && letter !== 'g') throw this.scanner.absent();
      this.scanner.next();
      return this.named(letter);
    }
    if (/^[1-9]$/.test(letter)) return this.back(this.scanner.while(/^\d$/));
    return this.leaf(literal(codeEscape(this.scanner, false)));
  }

  protected named(letter: string): Part {
    const open = this.scanner.next();
    const close = ({ '<': '>', '{': '}', "'": "'" } as Record<string, string>)[open];
    if (close === undefined && letter === 'g' && /\d/.test(open)) return this.back(open + this.scanner.while(/^\d$/));
    // With `\g<…>` and `\g'…'` a group is called like a subroutine.
    if (close === undefined || (letter === 'g' && open !== '{')) throw this.scanner.absent();
    return this.back(this.scanner.until(close));
  }

  protected back(name: string): Part {
    const source = this.groups.reference(name);
    // A group that may not have taken part matches nothing in PCRE, and the empty text in JavaScript.
    if (source === undefined) throw this.scanner.absent();
    return { ...this.leaf(source), width: undefined };
  }
}
