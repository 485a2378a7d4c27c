/** A piece of a translated expression, and what is known about it. */
export interface Part {
  /** What JavaScript is to read, under the flag `u`. */
  readonly source: string;
  /** How many characters it takes; undefined where that varies. */
  readonly width: number | undefined;
  /** How many of its repetitions have no small limit: each multiplies the work by the length of the text. */
  readonly loops: number;
  /** Of how many ways a failing match tries them all, as a power of two; infinite where they multiply with each letter. */
  readonly ways: number;
  /** Looks and takes nothing: JavaScript does not repeat such a thing unless it is in a group. */
  readonly assertion?: boolean;
}

export function part(source: string, width: number | undefined, more: Partial<Part> = {}): Part {
  return { source, width, loops: 0, ways: 0, ...more };
}

export function sequence(parts: readonly Part[]): Part {
  let width: number | undefined = 0;
  let loops = 0;
  let ways = 0;
  for (const each of parts) {
    width = width === undefined || each.width === undefined ? undefined : width + each.width;
    loops += each.loops;
    ways += each.ways;
  }
  return { source: parts.map(({ source }) => source).join(''), width, loops, ways };
}

export function choice(branches: readonly Part[]): Part {
  const [first] = branches;
  if (branches.length === 1 && first) return first;
  const same = branches.every(({ width }) => width === first?.width);
  return {
    source: branches.map(({ source }) => source).join('|'),
    width: same ? first?.width : undefined,
    loops: Math.max(...branches.map(({ loops }) => loops)),
    ways: Math.log2(branches.length) + Math.max(...branches.map(({ ways }) => ways)),
  };
}

/** Up to so many repetitions are counted as ways, more as a loop. */
const few = 16;

export function repeat(body: Part, min: number, max: number, suffix: string): Part {
  const inner = body.assertion ? `(?:${body.source})` : body.source;
  const bounds = max === Number.POSITIVE_INFINITY ? `{${min},}` : `{${min},${max}}`;
  const long = max > few;
  const choices = max === min ? 0 : long ? 0 : Math.log2(max - min + 1);
  // What can be matched in several ways, many times over, can be matched in a number of ways that grows with each time.
  const ambiguous = body.ways > 0 || body.loops > 0;
  return {
    source: `${inner}${bounds}${suffix}`,
    width: min === max && body.width !== undefined ? body.width * min : undefined,
    loops: body.loops * Math.min(max, few) + (long && max !== min ? 1 : 0),
    ways: ambiguous && long ? Number.POSITIVE_INFINITY : choices + body.ways * Math.min(max, few),
  };
}
