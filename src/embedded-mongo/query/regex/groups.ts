import { type Part, part } from './part.ts';

interface Group {
  /** How JavaScript calls it: `g1` for the first. */
  readonly label: string;
  readonly name: string | undefined;
  closed: boolean;
  /** Whether it has surely taken part where it can be referred to. */
  certain: boolean;
}

/** The groups of a pattern. All are named in JavaScript, so that those made for the translation disturb no numbers. */
export class Groups {
  readonly #groups: Group[] = [];
  #atomic = 0;

  /** Marks a place: groups that begin behind it can be doubted together. */
  open(): number {
    return this.#groups.length;
  }

  /** What began behind a place may not take part in a match. */
  doubt(since: number): void {
    for (const group of this.#groups.slice(since)) group.certain = false;
  }

  /** Undefined where the name is taken. */
  begin(name: string | undefined): Group | undefined {
    if (name !== undefined && this.#groups.some((group) => group.name === name)) return undefined;
    const group = { label: `g${this.#groups.length + 1}`, name, closed: false, certain: true };
    this.#groups.push(group);
    return group;
  }

  end(group: Group): void {
    group.closed = true;
  }

  /** A reference by number, by a number counted backwards, or by name; undefined where it is not sure to be set. */
  reference(name: string): string | undefined {
    const number = /^-?\d+$/.test(name) ? Number(name) : undefined;
    const group =
      number === undefined
        ? this.#groups.find((each) => each.name === name)
        : number < 0
          ? this.#groups.at(number)
          : this.#groups[number - 1];
    return group?.closed && group.certain ? `\\k<${group.label}>` : undefined;
  }

  /** Once matched, never gone back into: JavaScript says so with a look ahead, which it does not go back into either. */
  atomic(body: Part): Part {
    const label = `a${++this.#atomic}`;
    const loops = Math.min(body.loops, 1);
    return part(`(?:(?=(?<${label}>${body.source}))\\k<${label}>)`, body.width, { loops, ways: body.ways });
  }
}
