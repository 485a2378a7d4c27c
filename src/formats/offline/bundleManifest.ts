import { z } from 'zod';
import { bytesHash } from '../../domain/release/canonical.ts';
import type { Bundle } from '../bundle/bundle.ts';

export const manifestName = 'manifest.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** What was packed. `signature` and `expires` are reserved: nothing signs a bundle yet, and none says when it ends. */
const schema = z.strictObject({
  format: z.literal('headwater-bundle/1'),
  edition: z.string(),
  language: z.string(),
  country: z.string(),
  demonstration: z.boolean(),
  publication: z.object({ number: z.int().nonnegative(), on: day, root: z.string() }),
  release: z.string(),
  licence: z.string(),
  address: z.string().nullable(),
  lessons: z.array(
    z.object({
      lesson: z.string(),
      title: z.string(),
      lessonEdition: z.object({ number: z.int(), on: day }).nullable(),
      release: z.string(),
      code: z.string().nullable(),
    }),
  ),
  files: z.array(z.object({ path: z.string(), bytes: z.int().nonnegative(), sha256 })),
  signature: z.null().or(z.string()),
  expires: z.null().or(day),
  /** SHA-256 of all of this before it, as JSON without spaces: a damaged manifest does not pass for another one. */
  sum: sha256,
});

export type BundleManifest = z.infer<typeof schema>;

/** Null for what is no manifest of a bundle. */
export function readManifest(text: string): BundleManifest | null {
  try {
    const value: unknown = JSON.parse(text);
    const manifest = schema.parse(value);
    const { sum, ...rest } = value as BundleManifest;
    return sumOf(rest) === sum ? manifest : null;
  } catch {
    return null;
  }
}

const sumOf = (rest: Omit<BundleManifest, 'sum'>): string => bytesHash(Buffer.from(JSON.stringify(rest)));

/** Names every file but itself, in the order in which they are packed. */
export function manifestOf({ edition, lessons }: Bundle, files: ReadonlyMap<string, Uint8Array>): BundleManifest {
  const rest: Omit<BundleManifest, 'sum'> = {
    format: 'headwater-bundle/1',
    edition: edition.tag,
    language: edition.language,
    country: edition.country,
    demonstration: edition.demonstration,
    publication: edition.publication,
    release: edition.release,
    licence: 'CC BY-SA 4.0',
    address: edition.address,
    lessons: lessons.map(({ page }) => ({
      lesson: page.lesson,
      title: page.title,
      lessonEdition: page.imprint.lessonEdition,
      release: page.imprint.release,
      code: page.imprint.code,
    })),
    files: [...files].map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: bytesHash(bytes) })),
    signature: null,
    expires: null,
  };
  return { ...rest, sum: sumOf(rest) };
}
