import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { SiteEntry } from './pointer.ts';
import type { RenderedPage } from './render.ts';

const brotli = promisify(brotliCompress);

/**
 * A window no larger than most pages are. With the usual one, each page would first clear a table of 32 MB: a hundred
 * times the work, for three bytes in six thousand.
 */
const brotliFor = (length: number) => ({
  [constants.BROTLI_PARAM_QUALITY]: 9,
  [constants.BROTLI_PARAM_LGWIN]: length <= 2 ** 16 ? 16 : 22,
  [constants.BROTLI_PARAM_SIZE_HINT]: length,
});
const gunzippable = promisify(gzip);

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whole or not at all: a temporary file, synced, renamed, and the folder synced. */
export async function writeWhole(file: string, bytes: Uint8Array | string): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${randomBytes(8).toString('hex')}.part`);
  const handle = await open(temporary, 'wx', 0o644);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
  await syncFolder(folder);
}

/** Writes bytes under the name of their hash; what is there is left alone. Returns its path below `root`. */
async function putObject(root: string, bytes: Uint8Array, extension: string): Promise<string> {
  const hash = sha256(bytes);
  const object = `objects/${hash.slice(0, 2)}/${hash}.${extension}`;
  const file = join(root, object);
  const there = await stat(file).catch(() => null);
  if (there?.size !== bytes.length) await writeWhole(file, bytes);
  return object;
}

/** Objects are never rewritten: one folder, many projections. Compressed variants are made once. */
export type Objects = {
  page(page: RenderedPage, code?: number): Promise<SiteEntry>;
  feed(xml: string): Promise<SiteEntry>;
  file(bytes: Uint8Array, mediaType: string, extension: string, fileName: string): Promise<SiteEntry>;
  json(value: object): Promise<string>;
  /** Whether an object is on disk, by its path. */
  has(object: string): Promise<boolean>;
};

export const hashIn = (object: string): string => object.slice(object.lastIndexOf('/') + 1).split('.')[0] ?? '';

export function createObjects(root: string): Objects {
  const has = async (object: string): Promise<boolean> => (await stat(join(root, object)).catch(() => null)) !== null;

  /** What is on disk counts, not what was once written: somebody may have taken the folder away meanwhile. */
  async function compressed(object: string, bytes: Buffer) {
    const named = `variants/${hashIn(object)}.json`;
    const kept = await readFile(join(root, named), 'utf8').catch(() => null);
    if (kept !== null) {
      const pair = JSON.parse(kept) as { readonly gzip: string; readonly brotli: string };
      if ((await has(pair.gzip)) && (await has(pair.brotli))) return pair;
    }
    const [gz, br] = await Promise.all([
      gunzippable(bytes, { level: 9 }),
      brotli(bytes, { params: brotliFor(bytes.length) }),
    ]);
    const pair = { gzip: await putObject(root, gz, 'html.gz'), brotli: await putObject(root, br, 'html.br') };
    await writeWhole(join(root, named), JSON.stringify(pair));
    return pair;
  }

  async function text(written: string, extension: string, mediaType: string): Promise<SiteEntry> {
    const bytes = Buffer.from(written);
    const object = await putObject(root, bytes, extension);
    const etag = hashIn(object).slice(0, 32);
    return { object, mediaType, bytes: bytes.length, etag, ...(await compressed(object, bytes)) };
  }

  return {
    async page({ html, style, script }, code) {
      const entry = await text(html, 'html', 'text/html; charset=utf-8');
      return { ...entry, ...(code === undefined ? {} : { code }), style, ...(script ? { script } : {}) };
    },
    feed: (xml) => text(xml, 'atom', 'application/atom+xml; charset=utf-8'),
    async file(bytes, mediaType, extension, fileName) {
      const object = await putObject(root, bytes, extension);
      return { object, mediaType, bytes: bytes.length, etag: hashIn(object).slice(0, 32), fileName };
    },
    has,
    json: (value) => putObject(root, Buffer.from(JSON.stringify(value)), 'json'),
  };
}
