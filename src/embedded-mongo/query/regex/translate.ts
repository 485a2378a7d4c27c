import { readBounds } from './bounds.ts';
import { literal } from './characters.ts';
import { translateClass } from './class.ts';
import { Leaves } from './leaves.ts';
import { choice, type Part, part, repeat, sequence } from './part.ts';

/**
 * Translates PCRE2 as MongoDB uses it (UTF, without UCP) into JavaScript under the flag `u`, and `i` where the options have
 * it. Throws 51091 for what is no expression, NotImplemented for what JavaScript cannot say.
 */
export function translate(pattern: string, options: string): Part {
  return new Translator(pattern, options).whole();
}

class Translator extends Leaves {
  #depth = 0;

  whole(): Part {
    const found = choice(this.#branches());
    if (!this.scanner.done) throw this.scanner.invalid('unmatched closing parenthesis');
    return found;
  }

  /** Alternatives up to a closing parenthesis or the end. Options set inside end with them. */
  #branches(): Part[] {
    if (++this.#depth > 200) throw this.scanner.invalid('parentheses are too deeply nested');
    const outside = this.flags;
    const scope = this.groups.open();
    const branches: Part[] = [];
    let items: Part[] = [];
    for (;;) {
      this.#skipBlanks();
      const next = this.scanner.peek();
      if (next === '' || next === ')') break;
      if (this.scanner.take('|')) {
        branches.push(sequence(items));
        items = [];
        this.groups.doubt(scope);
        continue;
      }
      const before = this.groups.open();
      const atom = this.#atom();
      if (atom) items.push(this.#repeated(atom, before));
    }
    branches.push(sequence(items));
    if (branches.length > 1) this.groups.doubt(scope);
    this.flags = outside;
    this.#depth--;
    return branches;
  }

  #skipBlanks(): void {
    while (!this.scanner.done) {
      if (this.scanner.take('(?#')) this.scanner.until(')');
      else if (this.flags.x && /^[ \t\n\v\f\r]$/.test(this.scanner.peek())) this.scanner.next();
      else if (this.flags.x && this.scanner.peek() === '#') {
        while (!this.scanner.done && this.scanner.next() !== '\n');
      } else return;
    }
  }

  #repeated(atom: Part, before: number): Part {
    let item = atom;
    for (;;) {
      this.#skipBlanks();
      const bounds = readBounds(this.scanner);
      if (!bounds) return item;
      const [min, max] = bounds;
      if (min === 0) this.groups.doubt(before);
      const inner = item === atom ? item : part(`(?:${item.source})`, item.width, item);
      if (this.scanner.take('+')) item = this.groups.atomic(repeat(inner, min, max, ''));
      else item = repeat(inner, min, max, this.scanner.take('?') ? '?' : '');
    }
  }

  #atom(): Part | undefined {
    const character = this.scanner.next();
    switch (character) {
      case '(':
        return this.#group();
      case '[':
        return this.leaf(translateClass(this.scanner, this.flags.i));
      case '\\':
        return this.escape();
      case '.':
        return part(this.flags.s ? '[^]' : '[^\\n]', 1);
      case '^':
        return this.assertion(this.flags.m ? '(?:^|(?<=\\n)(?=[^]))' : '^');
      case '$':
        return this.assertion(this.flags.m ? '(?=\\n|$)' : '(?=\\n?$)');
      case '*':
      case '+':
      case '?':
        throw this.scanner.invalid('quantifier does not follow a repeatable item');
      default:
        return this.leaf(literal(character));
    }
  }

  /** `\Q…\E`: all up to the end is meant as it stands; a quantifier behind it belongs to the last letter. */
  protected quoted(): Part | undefined {
    const letters: Part[] = [];
    while (!this.scanner.done && !this.scanner.take('\\E')) letters.push(this.leaf(literal(this.scanner.next())));
    const last = letters.pop();
    if (!last) return undefined;
    return letters.length === 0 ? last : sequence([...letters, this.#repeated(last, this.groups.open())]);
  }

  #close(): void {
    if (!this.scanner.take(')')) throw this.scanner.invalid('missing closing parenthesis');
  }

  #enclosed(open: string, wrap: (body: Part) => Part = (body) => body): Part {
    const body = choice(this.#branches());
    this.#close();
    return wrap({ ...body, source: `${open}${body.source})`, assertion: false });
  }

  #group(): Part | undefined {
    const { peek, take } = { peek: (n?: number) => this.scanner.peek(n), take: (t: string) => this.scanner.take(t) };
    if (peek() === '*') throw this.scanner.absent();
    if (!take('?')) return this.#captured(undefined);
    if (take(':')) return this.#enclosed('(?:');
    if (take('>')) return this.#enclosed('(?:', (body) => this.groups.atomic(body));
    const before = this.groups.open();
    for (const look of ['=', '!']) if (take(look)) return this.#look(look, this.#enclosed(`(?${look}`), before);
    for (const look of ['<=', '<!']) if (take(look)) return this.#look(look, this.#behind(`(?${look}`), before);
    if (take('P<') || take('<')) return this.#captured(this.scanner.until('>'));
    if (take("'")) return this.#captured(this.scanner.until("'"));
    if (take('P=')) return this.back(this.scanner.until(')'));
    if (/^[imsx^-]$/.test(peek())) return this.#options();
    if (/^[JUnaR|(&P+\dC]$/.test(peek())) throw this.scanner.absent();
    throw this.scanner.invalid('unrecognized character after (? or (?-');
  }

  #look(look: string, body: Part, before: number): Part {
    // Where a match inside is a reason to fail, its groups have never taken part.
    if (look.endsWith('!')) this.groups.doubt(before);
    return { ...body, width: 0, assertion: true };
  }

  #captured(name: string | undefined): Part {
    if (name !== undefined && !/^[A-Za-z_]\w*$/.test(name)) throw this.scanner.invalid('a group has no proper name');
    const group = this.groups.begin(name);
    if (group === undefined) throw this.scanner.invalid('two named subpatterns have the same name');
    const found = this.#enclosed(`(?<${group.label}>`);
    this.groups.end(group);
    return found;
  }

  #behind(open: string): Part {
    const branches = this.#branches();
    if (branches.some(({ width }) => width === undefined))
      throw this.scanner.invalid('lookbehind assertion is not fixed length');
    this.#close();
    const body = choice(branches);
    return { ...body, source: `${open}${body.source})` };
  }

  /** `(?i)` up to the end of the group, `(?i:…)` for what is inside. */
  #options(): Part | undefined {
    const flags = { ...(this.scanner.take('^') ? { i: false, m: false, s: false, x: false } : this.flags) };
    let on = true;
    for (;;) {
      const letter = this.scanner.next();
      if (letter === '-') on = false;
      else if (letter === 'i' || letter === 'm' || letter === 's' || letter === 'x') flags[letter] = on;
      else if (letter === ')') {
        this.flags = flags;
        return undefined;
      } else if (letter === ':') break;
      else if (/^[JUna]$/.test(letter)) throw this.scanner.absent();
      else throw this.scanner.invalid('unrecognized character after (? or (?-');
    }
    const outside = this.flags;
    this.flags = flags;
    const body = choice(this.#branches());
    this.flags = outside;
    this.#close();
    return { ...body, source: `(?:${body.source})`, assertion: false };
  }
}
