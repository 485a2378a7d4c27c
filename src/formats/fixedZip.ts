import { type Zippable, zipSync } from 'fflate';

/** One file of an archive. `stored` files are not compressed: an EPUB's first file must not be. */
export type ZipEntry = { readonly path: string; readonly bytes: Uint8Array; readonly stored?: boolean };

/** What stands in for a day where there is none: the first that a ZIP can hold. */
const firstDay = '1980-01-01';

/**
 * An archive with the files in the order given, all of one day (`2025-09-08`; null: none). A ZIP holds the time of a
 * wall clock without its zone, so the day is written as noon of the place where this runs: the same bytes everywhere,
 * and no clock is put forward at noon.
 */
export function fixedZip(entries: readonly ZipEntry[], day: string | null): Uint8Array {
  const [year = 1980, month = 1, date = 1] = (day ?? firstDay).split('-').map(Number);
  const mtime = new Date(year, month - 1, date, 12);
  const files: Zippable = {};
  for (const { path, bytes, stored } of entries) files[path] = [bytes, { level: stored ? 0 : 6, mtime, os: 3 }];
  return zipSync(files);
}
