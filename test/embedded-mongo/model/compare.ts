import { show } from './bson.ts';
import { compareKeys, type Order, sortKey } from './keys.ts';
import { decimalParts, doc, type Fields, isNumber, list, string, type Value } from './value.ts';

/** A value as text in which numbers that are equal are the same, whatever their types. */
export function loose(value: Value): string {
  return show(loosened(value));
}

function loosened(value: Value): Value {
  if (value.kind === 'document') return doc(value.fields.map(([name, each]) => [name, loosened(each)]));
  if (value.kind === 'array') return list(value.items.map(loosened));
  if (!isNumber(value)) return value;
  if (value.kind !== 'decimal') {
    const number =
      value.kind === 'long' ? value.integer : value.kind === 'int' || value.kind === 'double' ? value.number : 0;
    return string(`#${typeof number === 'number' ? plain(number) : number}`);
  }
  let { coefficient, exponent } = decimalParts(value.text);
  while (exponent < 0 && coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent++;
  }
  if (exponent >= 0) return string(`#${coefficient * 10n ** BigInt(exponent)}`);
  const digits = String(coefficient < 0n ? -coefficient : coefficient).padStart(1 - exponent, '0');
  return string(`#${coefficient < 0n ? '-' : ''}${digits.slice(0, exponent)}.${digits.slice(exponent)}`);
}

const plain = (number: number): string =>
  Number.isInteger(number) ? String(BigInt(number)) : number.toFixed(20).replace(/0+$/, '');

export const sameBag = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && [...some].sort().join('\n') === [...others].sort().join('\n');

/**
 * Whether a result is one that MongoDB may give: within a group of equal sort keys (all, where nothing sorts) the order is its own,
 * and so is the choice where a skip or a limit cuts a group.
 */
export function isAllowed(
  result: readonly Fields[],
  expected: {
    readonly found: readonly Fields[];
    readonly order: Order | null;
    readonly skip: number;
    readonly limit: number;
  },
  shown: (document: Fields) => Fields,
): boolean {
  const { found, order, skip, limit } = expected;
  const key = (document: Fields) => (order === null ? [] : sortKey(document, order));
  const directions = order?.map(([, direction]) => direction) ?? [];
  const groups: Fields[][] = [];
  for (const document of [...found].sort((one, other) => compareKeys(key(one), key(other), directions))) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && compareKeys(key(last[0]), key(document)) === 0) last.push(document);
    else groups.push([document]);
  }
  const window = groups.flat().slice(skip, limit === 0 ? undefined : skip + limit);
  if (window.length !== result.length) return false;
  const left = groups.map((group) => group.map((each) => show(shown(each))));
  return window.every((document, at) => {
    const group = left[groups.findIndex((each) => each.includes(document))] ?? [];
    const place = group.indexOf(show(result[at] ?? doc([])));
    if (place === -1) return false;
    group.splice(place, 1);
    return true;
  });
}
