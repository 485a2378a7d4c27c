import { readFileSync } from 'node:fs';

/** The characters that a TrueType font has a glyph for, from its `cmap` in format 4 or 12. */
export function lettersOf(file: string): ReadonlySet<number> {
  const bytes = readFileSync(file);
  const cmap = tableAt(bytes, 'cmap');
  const found = new Set<number>();
  for (let index = 0; index < bytes.readUInt16BE(cmap + 2); index += 1) {
    const at = cmap + bytes.readUInt32BE(cmap + 4 + 8 * index + 4);
    const format = bytes.readUInt16BE(at);
    if (format === 4) readFour(bytes, at, found);
    if (format === 12) readTwelve(bytes, at, found);
  }
  return found;
}

function tableAt(bytes: Buffer, wanted: string): number {
  for (let index = 0; index < bytes.readUInt16BE(4); index += 1) {
    const at = 12 + 16 * index;
    if (bytes.toString('latin1', at, at + 4) === wanted) return bytes.readUInt32BE(at + 8);
  }
  throw new Error(`no table ${wanted}`);
}

/** Segments of 16-bit characters; a glyph is counted from a difference, or looked up. */
function readFour(bytes: Buffer, at: number, found: Set<number>): void {
  const twice = bytes.readUInt16BE(at + 6);
  for (let segment = 0; segment < twice; segment += 2) {
    const last = bytes.readUInt16BE(at + 14 + segment);
    const first = bytes.readUInt16BE(at + 16 + twice + segment);
    const delta = bytes.readUInt16BE(at + 16 + 2 * twice + segment);
    const rangeAt = at + 16 + 3 * twice + segment;
    const range = bytes.readUInt16BE(rangeAt);
    for (let character = first; character <= last && character < 0xffff; character += 1) {
      const read = range === 0 ? character : bytes.readUInt16BE(rangeAt + range + 2 * (character - first));
      if ((range !== 0 && read === 0) || ((read + delta) & 0xffff) === 0) continue;
      found.add(character);
    }
  }
}

function readTwelve(bytes: Buffer, at: number, found: Set<number>): void {
  for (let group = 0; group < bytes.readUInt32BE(at + 12); group += 1) {
    const from = at + 16 + 12 * group;
    for (let character = bytes.readUInt32BE(from); character <= bytes.readUInt32BE(from + 4); character += 1) {
      found.add(character);
    }
  }
}
