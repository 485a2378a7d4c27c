import { strFromU8, unzipSync } from 'fflate';
import { bytesHash } from '../../domain/release/canonical.ts';
import { type BundleManifest, manifestName, readManifest } from './bundleManifest.ts';

/**
 * What a look at a bundle finds. `complete`: every file is there, none is changed, and nothing was added since it was
 * packed. That says nothing about whether it is still current, nor who packed it: for that, the address is asked.
 */
export type BundleCheck =
  | { readonly kind: 'complete'; readonly manifest: BundleManifest }
  | {
      readonly kind: 'altered';
      readonly manifest: BundleManifest;
      readonly changed: readonly string[];
      readonly missing: readonly string[];
      readonly extra: readonly string[];
    }
  | { readonly kind: 'unreadable'; readonly why: 'noZip' | 'tooLarge' | 'noManifest' };

/** More than any edition packs: what declares more is not unpacked at all. */
const most = { entries: 5000, bytes: 1_500_000_000 } as const;

type Entry = { readonly name: string; readonly size: number };

/** The names in a ZIP, as often as they stand there, before anything is unpacked; null for what is no ZIP. */
function entriesOf(zip: Uint8Array): readonly Entry[] | null {
  const entries: Entry[] = [];
  try {
    unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        if (!name.endsWith('/')) entries.push({ name, size: originalSize });
        return false;
      },
    });
  } catch {
    return null;
  }
  return entries;
}

/** One file of a ZIP; null where its bytes are damaged so that they do not unpack. */
function unpack(zip: Uint8Array, wanted: string): Uint8Array | null {
  try {
    return unzipSync(zip, { filter: ({ name }) => name === wanted })[wanted] ?? null;
  } catch {
    return null;
  }
}

/** Looks at the bytes of a ZIP; never throws. A name that stands in it twice is something added. */
export function checkBundle(zip: Uint8Array): BundleCheck {
  const entries = entriesOf(zip);
  if (entries === null) return { kind: 'unreadable', why: 'noZip' };
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (entries.length > most.entries || total > most.bytes) return { kind: 'unreadable', why: 'tooLarge' };
  const names = entries.map(({ name }) => name);
  const found = checkFiles(names, (name) => unpack(zip, name));
  const twice = names.filter((name, place) => names.indexOf(name) !== place);
  if (found.kind === 'unreadable' || twice.length === 0) return found;
  const parts = found.kind === 'altered' ? found : { changed: [], missing: [], extra: [] };
  const extra = [...new Set([...parts.extra, ...twice])].sort();
  return { kind: 'altered', manifest: found.manifest, changed: parts.changed, missing: parts.missing, extra };
}

/** The same for a bundle that was unpacked: the paths of all its files, with `/`, and how one is read. */
export function checkFiles(names: readonly string[], read: (name: string) => Uint8Array | null): BundleCheck {
  const manifestBytes = names.includes(manifestName) ? read(manifestName) : null;
  const manifest = manifestBytes && readManifest(strFromU8(manifestBytes));
  if (!manifest) return { kind: 'unreadable', why: 'noManifest' };
  const there = new Set(names);
  const listed = new Set(manifest.files.map(({ path }) => path));
  const missing = manifest.files.filter(({ path }) => !there.has(path)).map(({ path }) => path);
  const changed = manifest.files
    .filter(({ path, bytes, sha256 }) => {
      if (!there.has(path)) return false;
      const is = read(path);
      return is === null || is.length !== bytes || bytesHash(is) !== sha256;
    })
    .map(({ path }) => path);
  const extra = [...there].filter((name) => name !== manifestName && !listed.has(name)).sort();
  if (changed.length + missing.length + extra.length === 0) return { kind: 'complete', manifest };
  return { kind: 'altered', manifest, changed, missing, extra };
}
