import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { bytesHash } from '../../src/domain/release/canonical.ts';
import type { Made } from './sameBytesChild.ts';

/** What was made on one machine. */
export type Lot = { readonly machine: string; readonly publicFolder: string; readonly made: readonly Made[] };

/** Names that one machine has and the other has not, or with other bytes; each with where they begin to differ. */
export function differences(one: Lot, other: Lot): readonly string[] {
  const there = new Map(other.made.map((each) => [each.name, each]));
  const here = new Set(one.made.map(({ name }) => name));
  const between = `${one.machine} and ${other.machine}`;
  return [
    ...one.made.flatMap((each) => {
      const twin = there.get(each.name);
      if (twin === undefined) return [`${each.name} was made on ${one.machine} only`];
      return twin.sha256 === each.sha256
        ? []
        : [`${each.name} differs between ${between}: ${place(one, each, other, twin)}`];
    }),
    ...other.made.flatMap(({ name }) => (here.has(name) ? [] : [`${name} was made on ${other.machine} only`])),
  ];
}

/** In which file of an archive, and at which byte. */
function place(one: Lot, made: Made, other: Lot, twin: Made): string {
  if (made.place === null || twin.place === null) return 'drawn by the server';
  const [first, second] = [
    readFileSync(join(one.publicFolder, made.place)),
    readFileSync(join(other.publicFolder, twin.place)),
  ];
  if (strFromU8(first.subarray(0, 2), true) === 'PK') {
    const [inside, beside] = [unzipSync(first), unzipSync(second)];
    const names = [...new Set([...Object.keys(inside), ...Object.keys(beside)])];
    const differing = names.filter((name) => {
      const [left, right] = [inside[name], beside[name]];
      return left === undefined || right === undefined || bytesHash(left) !== bytesHash(right);
    });
    return differing.length === 0 ? 'in what the archive says of its files' : differing.slice(0, 5).join(', ');
  }
  const at = first.findIndex((byte, index) => byte !== second[index]);
  const around = (bytes: Buffer): string =>
    JSON.stringify(bytes.subarray(Math.max(0, at - 30), at + 30).toString('latin1'));
  return `from byte ${at}: ${around(first)}, ${around(second)}`;
}
