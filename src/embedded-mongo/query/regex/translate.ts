import { classEscapes, lineBreak, literal } from './characters.ts';
import { propertyEscape, translateClass } from './class.ts';
import { codeEscape } from './escape.ts';
import { Groups } from './groups.ts';
import { choice, type Part, part, repeat, sequence } from './part.ts';
import { Scanner } from './scanner.ts';

/** The options that hold at a place of a pattern. */
interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly x: boolean;
}

const mostRepeats = 65535;

/**
 * Translates PCRE2 as MongoDB uses it (UTF, without UCP) into JavaScript under the flag `u`, and `i` where the options have
 * it. Throws 51091 for what is no expression, NotImplemented for what JavaScript cannot say.
 */
export function translate(pattern: string, options: string): Part {
  return new Translator(pattern, options).whole();
}

class Translator {
  readonly #scanner: Scanner;
  readonly #groups = new Groups();
  /** JavaScript's own flag, against which `(?i)` is written. */
  readonly #fold: boolean;
  #flags: Flags;
  #depth = 0;

  constructor(pattern: string, options: string) {
    this.#scanner = new Scanner(pattern);
    this.#fold = options.includes('i');
    this.#flags = { i: this.#fold, m: options.includes('m'), s: options.includes('s'), x: options.includes('x') };
  }

  whole(): Part {
    const found = choice(this.#branches());
    if (!this.#scanner.done) throw this.#scanner.invalid('unmatched closing parenthesis');
    return found;
  }

  /** Alternatives up to a closing parenthesis or the end. Options set inside end with them. */
  #branches(): Part[] {
    if (++this.#depth > 200) throw this.#scanner.invalid('parentheses are too deeply nested');
    const outside = this.#flags;
    const scope = this.#groups.open();
    const branches: Part[] = [];
    let items: Part[] = [];
    for (;;) {
      this.#skipBlanks();
      const next = this.#scanner.peek();
      if (next === '' || next === ')') break;
      if (this.#scanner.take('|')) {
        branches.push(sequence(items));
        items = [];
        this.#groups.doubt(scope);
        continue;
      }
      const before = this.#groups.open();
      const atom = this.#atom();
      if (atom) items.push(this.#repeated(atom, before));
    }
    branches.push(sequence(items));
    if (branches.length > 1) this.#groups.doubt(scope);
    this.#flags = outside;
    this.#depth--;
    return branches;
  }

  #skipBlanks(): void {
    while (!this.#scanner.done) {
      if (this.#scanner.take('(?#')) this.#scanner.until(')');
      else if (this.#flags.x && /^[ \t\n\v\f\r]$/.test(this.#scanner.peek())) this.#scanner.next();
      else if (this.#flags.x && this.#scanner.peek() === '#') {
        while (!this.#scanner.done && this.#scanner.next() !== '\n');
      } else return;
    }
  }

  /** What depends on case, under the options that hold here. */
  #leaf(source: string): Part {
    const { i } = this.#flags;
    return part(i === this.#fold ? source : `(?${i ? '' : '-'}i:${source})`, 1);
  }

  /** What does not depend on case. */
  #exact(inside: string): Part {
    return part(this.#fold ? `(?-i:[${inside}])` : `[${inside}]`, 1);
  }

  #assertion(source: string): Part {
    return part(source, 0, { assertion: true });
  }

  #repeated(atom: Part, before: number): Part {
    let item = atom;
    for (;;) {
      this.#skipBlanks();
      const bounds = this.#bounds();
      if (!bounds) return item;
      const [min, max] = bounds;
      if (min === 0) this.#groups.doubt(before);
      const inner = item === atom ? item : part(`(?:${item.source})`, item.width, item);
      if (this.#scanner.take('+')) item = this.#groups.atomic(repeat(inner, min, max, ''));
      else item = repeat(inner, min, max, this.#scanner.take('?') ? '?' : '');
    }
  }

  #bounds(): [number, number] | undefined {
    if (this.#scanner.take('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.#scanner.take('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.#scanner.take('?')) return [0, 1];
    if (this.#scanner.peek() !== '{') return undefined;
    let text = '';
    for (let i = 1; /^[\d,]$/.test(this.#scanner.peek(i)); i++) text += this.#scanner.peek(i);
    const match = /^(\d+)(,(\d*))?$/.exec(text);
    if (!match || this.#scanner.peek(text.length + 1) !== '}') return undefined;
    this.#scanner.take(`{${text}}`);
    const min = Number(match[1]);
    const max = match[2] === undefined ? min : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3]);
    if (min > max) throw this.#scanner.invalid('numbers out of order in {} quantifier');
    if (min > mostRepeats || (max !== Number.POSITIVE_INFINITY && max > mostRepeats))
      throw this.#scanner.invalid('number too big in {} quantifier');
    return [min, max];
  }

  #atom(): Part | undefined {
    const character = this.#scanner.next();
    switch (character) {
      case '(':
        return this.#group();
      case '[':
        return this.#leaf(translateClass(this.#scanner, this.#flags.i));
      case '\\':
        return this.#escape();
      case '.':
        return part(this.#flags.s ? '[^]' : '[^\\n]', 1);
      case '^':
        return this.#assertion(this.#flags.m ? '(?:^|(?<=\\n)(?=[^]))' : '^');
      case '$':
        return this.#assertion(this.#flags.m ? '(?=\\n|$)' : '(?=\\n?$)');
      case '*':
      case '+':
      case '?':
        throw this.#scanner.invalid('quantifier does not follow a repeatable item');
      default:
        return this.#leaf(literal(character));
    }
  }

  #escape(): Part | undefined {
    const letter = this.#scanner.peek();
    if (Object.hasOwn(classEscapes, letter)) {
      this.#scanner.next();
      return this.#exact(classEscapes[letter] as string);
    }
    switch (letter) {
      case 'p':
      case 'P':
        return this.#exact(propertyEscape(this.#scanner));
      case 'Q':
        this.#scanner.next();
        return this.#quoted();
      case 'E':
        this.#scanner.next();
        return undefined;
      case 'N':
        this.#scanner.next();
        return part('[^\\n]', 1);
      case 'R':
        this.#scanner.next();
        return this.#groups.atomic(part(lineBreak, undefined));
      case 'b':
      case 'B':
        this.#scanner.next();
        return this.#assertion(this.#fold ? `(?-i:\\${letter})` : `\\${letter}`);
      case 'A':
        this.#scanner.next();
        return this.#assertion('^');
      case 'z':
        this.#scanner.next();
        return this.#assertion('$');
      case 'Z':
        this.#scanner.next();
        return this.#assertion('(?=\\n?$)');
    }
    if (/^[GKXCgk]$/.test(letter)) {
      if (letter !== 'k' && letter !== 'g') throw this.#scanner.absent();
      this.#scanner.next();
      return this.#named(letter);
    }
    if (/^[1-9]$/.test(letter)) return this.#back(this.#scanner.while(/^\d$/));
    return this.#leaf(literal(codeEscape(this.#scanner, false)));
  }

  /** `\Q…\E`: all up to the end is meant as it stands; a quantifier behind it belongs to the last letter. */
  #quoted(): Part | undefined {
    const letters: Part[] = [];
    while (!this.#scanner.done && !this.#scanner.take('\\E')) letters.push(this.#leaf(literal(this.#scanner.next())));
    const last = letters.pop();
    if (!last) return undefined;
    return letters.length === 0 ? last : sequence([...letters, this.#repeated(last, this.#groups.open())]);
  }

  #named(letter: string): Part {
    const open = this.#scanner.next();
    const close = ({ '<': '>', '{': '}', "'": "'" } as Record<string, string>)[open];
    if (close === undefined && letter === 'g' && /\d/.test(open)) return this.#back(open + this.#scanner.while(/^\d$/));
    // With `\g<…>` and `\g'…'` a group is called like a subroutine.
    if (close === undefined || (letter === 'g' && open !== '{')) throw this.#scanner.absent();
    return this.#back(this.#scanner.until(close));
  }

  #back(name: string): Part {
    const source = this.#groups.reference(name);
    // A group that may not have taken part matches nothing in PCRE, and the empty text in JavaScript.
    if (source === undefined) throw this.#scanner.absent();
    return { ...this.#leaf(source), width: undefined };
  }

  #close(): void {
    if (!this.#scanner.take(')')) throw this.#scanner.invalid('missing closing parenthesis');
  }

  #enclosed(open: string, wrap: (body: Part) => Part = (body) => body): Part {
    const body = choice(this.#branches());
    this.#close();
    return wrap({ ...body, source: `${open}${body.source})`, assertion: false });
  }

  #group(): Part | undefined {
    const { peek, take } = { peek: (n?: number) => this.#scanner.peek(n), take: (t: string) => this.#scanner.take(t) };
    if (peek() === '*') throw this.#scanner.absent();
    if (!take('?')) return this.#captured(undefined);
    if (take(':')) return this.#enclosed('(?:');
    if (take('>')) return this.#enclosed('(?:', (body) => this.#groups.atomic(body));
    for (const look of ['=', '!'])
      if (take(look)) return this.#enclosed(`(?${look}`, (body) => ({ ...body, width: 0, assertion: true }));
    for (const look of ['<=', '<!']) if (take(look)) return this.#behind(`(?${look}`);
    if (take('P<') || take('<')) return this.#captured(this.#scanner.until('>'));
    if (take("'")) return this.#captured(this.#scanner.until("'"));
    if (take('P=')) return this.#back(this.#scanner.until(')'));
    if (/^[imsx^-]$/.test(peek())) return this.#options();
    if (/^[JUnaR|(&P+\dC]$/.test(peek())) throw this.#scanner.absent();
    throw this.#scanner.invalid('unrecognized character after (? or (?-');
  }

  #captured(name: string | undefined): Part {
    if (name !== undefined && !/^[A-Za-z_]\w*$/.test(name)) throw this.#scanner.invalid('a group has no proper name');
    const group = this.#groups.begin(name);
    if (group === undefined) throw this.#scanner.invalid('two named subpatterns have the same name');
    const found = this.#enclosed(`(?<${group.label}>`);
    this.#groups.end(group);
    return found;
  }

  #behind(open: string): Part {
    const branches = this.#branches();
    if (branches.some(({ width }) => width === undefined))
      throw this.#scanner.invalid('lookbehind assertion is not fixed length');
    this.#close();
    const body = choice(branches);
    return { ...body, source: `${open}${body.source})`, width: 0, assertion: true };
  }

  /** `(?i)` up to the end of the group, `(?i:…)` for what is inside. */
  #options(): Part | undefined {
    const flags = { ...(this.#scanner.take('^') ? { i: false, m: false, s: false, x: false } : this.#flags) };
    let on = true;
    for (;;) {
      const letter = this.#scanner.next();
      if (letter === '-') on = false;
      else if (letter === 'i' || letter === 'm' || letter === 's' || letter === 'x') flags[letter] = on;
      else if (letter === ')') {
        this.#flags = flags;
        return undefined;
      } else if (letter === ':') break;
      else if (/^[JUna]$/.test(letter)) throw this.#scanner.absent();
      else throw this.#scanner.invalid('unrecognized character after (? or (?-');
    }
    const outside = this.#flags;
    this.#flags = flags;
    const body = choice(this.#branches());
    this.#flags = outside;
    this.#close();
    return { ...body, source: `(?:${body.source})`, assertion: false };
  }
}
