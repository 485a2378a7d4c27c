import type { Scanner } from './scanner.ts';

const mostRepeats = 65535;

/** Reads a quantifier, if one comes next: how often at least, and at most. */
export function readBounds(scanner: Scanner): [number, number] | undefined {
  if (scanner.take('*')) return [0, Number.POSITIVE_INFINITY];
  if (scanner.take('+')) return [1, Number.POSITIVE_INFINITY];
  if (scanner.take('?')) return [0, 1];
  if (scanner.peek() !== '{') return undefined;
  let text = '';
  for (let i = 1; /^[\d,]$/.test(scanner.peek(i)); i++) text += scanner.peek(i);
  const match = /^(\d+)(,(\d*))?$/.exec(text);
  if (!match || scanner.peek(text.length + 1) !== '}') return undefined;
  scanner.take(`{${text}}`);
  const min = Number(match[1]);
  const max = match[2] === undefined ? min : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3]);
  if (min > max) throw scanner.invalid('numbers out of order in {} quantifier');
  if (min > mostRepeats || (max !== Number.POSITIVE_INFINITY && max > mostRepeats))
    throw scanner.invalid('number too big in {} quantifier');
  return [min, max];
}
