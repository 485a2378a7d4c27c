/** A BSON value as the model sees it: every type apart, fields in order. Nothing here is changed in place. */
export type Value =
  | { readonly kind: 'undefined' }
  | { readonly kind: 'null' }
  | { readonly kind: 'int'; readonly number: number }
  | { readonly kind: 'long'; readonly integer: bigint }
  | { readonly kind: 'double'; readonly number: number }
  | { readonly kind: 'decimal'; readonly text: string }
  | { readonly kind: 'string'; readonly text: string }
  | Fields
  | Items
  | { readonly kind: 'id'; readonly hex: string }
  | { readonly kind: 'boolean'; readonly is: boolean }
  | { readonly kind: 'date'; readonly milliseconds: number };

export type Field = readonly [name: string, value: Value];
export type Fields = { readonly kind: 'document'; readonly fields: readonly Field[] };
export type Items = { readonly kind: 'array'; readonly items: readonly Value[] };

export const nothing: Value = { kind: 'undefined' };
export const nil: Value = { kind: 'null' };
export const int = (number: number): Value => ({ kind: 'int', number });
export const long = (integer: bigint): Value => ({ kind: 'long', integer });
export const double = (number: number): Value => ({ kind: 'double', number });
export const decimal = (text: string): Value => ({ kind: 'decimal', text });
export const string = (text: string): Value => ({ kind: 'string', text });
export const truth = (is: boolean): Value => ({ kind: 'boolean', is });
export const objectId = (hex: string): Value => ({ kind: 'id', hex });
export const date = (milliseconds: number): Value => ({ kind: 'date', milliseconds });
export const list = (items: readonly Value[]): Items => ({ kind: 'array', items });
export const doc = (fields: readonly Field[]): Fields => ({ kind: 'document', fields });

export const get = (document: Fields, name: string): Value | undefined =>
  document.fields.find(([each]) => each === name)?.[1];

/** The document with the field at its old place, or at the end. */
export const put = (document: Fields, name: string, value: Value): Fields =>
  get(document, name) === undefined
    ? doc([...document.fields, [name, value]])
    : doc(document.fields.map(([each, old]) => [each, each === name ? value : old]));

export const without = (document: Fields, name: string): Fields =>
  doc(document.fields.filter(([each]) => each !== name));

/** A number as numerator over a positive denominator, without loss. */
type Fraction = readonly [above: bigint, below: bigint];

export function decimalParts(text: string): { readonly coefficient: bigint; readonly exponent: number } {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(text);
  if (parts === null) throw new Error(`the model does not know the decimal ${text}`);
  const [, sign = '', whole = '', rest = '', power = '0'] = parts;
  return { coefficient: BigInt(`${sign}${whole}${rest}`), exponent: Number(power) - rest.length };
}

export const isNumber = (value: Value): boolean => ['int', 'long', 'double', 'decimal'].includes(value.kind);

function fraction(value: Value): Fraction {
  if (value.kind === 'int') return [BigInt(value.number), 1n];
  if (value.kind === 'long') return [value.integer, 1n];
  if (value.kind === 'double') {
    let above = value.number;
    let below = 1n;
    while (!Number.isInteger(above)) {
      above *= 2;
      below *= 2n;
    }
    return [BigInt(above), below];
  }
  if (value.kind !== 'decimal') throw new Error(`${value.kind} is no number`);
  const { coefficient, exponent } = decimalParts(value.text);
  return exponent >= 0 ? [coefficient * 10n ** BigInt(exponent), 1n] : [coefficient, 10n ** BigInt(-exponent)];
}

/** The whole part of a number, towards zero. */
export function wholePart(value: Value): bigint {
  const [above, below] = fraction(value);
  return above / below;
}

const bracketOrder: readonly (readonly Value['kind'][])[] = [
  ['undefined'],
  ['null'],
  ['int', 'long', 'double', 'decimal'],
  ['string'],
  ['document'],
  ['array'],
  ['id'],
  ['boolean'],
  ['date'],
];
/** The place of a value's type in MongoDB's order; types with one place are compared by value. */
export const bracket = (value: Value): number => bracketOrder.findIndex((kinds) => kinds.includes(value.kind));

const order = <T>(one: T, other: T): number => (one < other ? -1 : one > other ? 1 : 0);

/** MongoDB's comparison order of all values. */
export function compare(one: Value, other: Value): number {
  const places = order(bracket(one), bracket(other));
  if (places !== 0) return places;
  if (one.kind === 'string' && other.kind === 'string')
    return Buffer.compare(Buffer.from(one.text), Buffer.from(other.text));
  if (one.kind === 'id' && other.kind === 'id') return order(one.hex, other.hex);
  if (one.kind === 'boolean' && other.kind === 'boolean') return order(one.is, other.is);
  if (one.kind === 'date' && other.kind === 'date') return order(one.milliseconds, other.milliseconds);
  if (one.kind === 'document' && other.kind === 'document') return compareFields(one.fields, other.fields);
  if (one.kind === 'array' && other.kind === 'array') {
    return compareFields(
      one.items.map((item) => ['', item]),
      other.items.map((item) => ['', item]),
    );
  }
  if (!isNumber(one)) return 0;
  const [above, below] = fraction(one);
  const [otherAbove, otherBelow] = fraction(other);
  return order(above * otherBelow, otherAbove * below);
}

/** Field by field: the type, then the name, then the value; then the shorter one. */
function compareFields(some: readonly Field[], others: readonly Field[]): number {
  for (const [at, [name, value]] of some.entries()) {
    const other = others[at];
    if (other === undefined) return 1;
    const result = order(bracket(value), bracket(other[1])) || order(name, other[0]) || compare(value, other[1]);
    if (result !== 0) return result;
  }
  return order(some.length, others.length);
}

export const equal = (one: Value, other: Value): boolean => compare(one, other) === 0;
