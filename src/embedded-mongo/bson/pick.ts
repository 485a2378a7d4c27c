import { CommandError } from '../errors.ts';

/** Bytes of a value after its length field, by type: null where the length itself stands in the bytes. */
const sizes: Readonly<Record<number, number | null>> = {
  1: 8,
  2: null,
  3: null,
  4: null,
  5: null,
  6: 0,
  7: 12,
  8: 1,
  9: 8,
  10: 0,
  16: 4,
  17: 8,
  18: 8,
  19: 16,
  127: 0,
  255: 0,
};

/**
 * Copies chosen top-level fields out of a stored document, in its order and without reading their values. Undefined where
 * it meets a type whose length it does not know (regular expressions and code): then the document has to be read.
 */
export function pickFields(bytes: Buffer, names: readonly Buffer[]): Buffer | undefined {
  if (bytes.length < 5 || bytes.readInt32LE(0) !== bytes.length) throw cutOff();
  const picked = Buffer.allocUnsafe(bytes.length);
  let to = 4;
  let at = 4;
  const end = bytes.length - 1;
  while (at < end) {
    const start = at;
    const type = bytes[at++] as number;
    const nameAt = at;
    while (bytes[at] !== 0) if (++at > end) throw cutOff();
    const nameLength = at - nameAt;
    at++;
    const size = sizes[type];
    if (size === undefined) return undefined;
    at += size ?? lengthOf(bytes, at, type);
    if (at > end) throw cutOff();
    if (names.some((name) => isName(name, bytes, nameAt, nameLength))) {
      bytes.copy(picked, to, start, at);
      to += at - start;
    }
  }
  picked[to++] = 0;
  picked.writeInt32LE(to, 0);
  return picked.subarray(0, to);
}

/** The bytes from a length field on: documents count themselves whole, a string from after the field, binary its subtype too. */
function lengthOf(bytes: Buffer, at: number, type: number): number {
  if (at + 4 > bytes.length) throw cutOff();
  const length = bytes.readInt32LE(at);
  if (length < 0) throw cutOff();
  return type === 2 ? length + 4 : type === 5 ? length + 5 : length;
}

function isName(name: Buffer, bytes: Buffer, at: number, length: number): boolean {
  if (name.length !== length) return false;
  for (let place = 0; place < length; place++) if (name[place] !== bytes[at + place]) return false;
  return true;
}

const cutOff = (): CommandError => new CommandError(22, 'Invalid BSON: a value is cut off');
