import { tmpdir } from 'node:os';
import { strToU8, zipSync } from 'fflate';
import { bytesHash } from '../../src/domain/release/canonical.ts';

/**
 * Writers as one writes them without thinking of another machine. Each of them has to give other bytes on machines that
 * differ: else the machines did not differ where it counts, and that our own writers agree would mean nothing.
 */
const naive: Readonly<Record<string, () => string | Uint8Array>> = {
  'the time of a file in a ZIP': () => zipSync({ a: [strToU8('a'), { mtime: '2026-01-15T12:00:00Z' }] }),
  'a day in words of the machine': () =>
    new Date('2026-01-15T12:00:00Z').toLocaleDateString(undefined, { month: 'long' }),
  'a number and a small letter of the machine': () => new Intl.NumberFormat().format(1234.5) + 'I'.toLocaleLowerCase(),
  'the day on which it was made': () => new Date().toISOString().slice(0, 10),
  'the moment at which it was made': () => new Date().toISOString(),
  'the folder from which it was made': () => process.cwd(),
  'a file put aside': () => tmpdir(),
};

/** By what they write: the hash of it. */
export function naiveHashes(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(naive).map(([what, write]) => {
      const made = write();
      return [what, bytesHash(typeof made === 'string' ? strToU8(made) : made)];
    }),
  );
}
