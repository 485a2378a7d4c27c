// Unpacks Chromium, its libraries and a font configuration into one cache folder per package version and user.
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { brotliDecompress, createBrotliDecompress } from 'node:zlib';
import { fontConfiguration } from './fontConfiguration.ts';

export interface UnpackedChromium {
  readonly executable: string;
  readonly libraries: string;
  readonly fontConfig: string;
  readonly home: string;
}

const CONTENTS = ['chromium', 'lib/libexpat.so.1', 'lib/libnspr4.so', 'lib/libnss3.so', 'lib/libsoftokn3.so'];
const packageRoot = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')));

/** `cacheRoot` and `packageFolder` are told only by the test of the unpacking itself. */
export async function unpackChromium(cacheRoot = tmpdir(), packageFolder = packageRoot): Promise<UnpackedChromium> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`The browser tests need Linux on x64, this is ${process.platform} on ${process.arch}.`);
  }
  const manifest: { version: string } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'));
  const { uid } = userInfo();
  const cache = join(cacheRoot, `headwater-chromium-${manifest.version}-${uid}`);
  if (!(await isUnpacked(cache, uid))) await unpack(join(packageFolder, 'bin'), cache);
  return {
    executable: join(cache, 'chromium'),
    libraries: join(cache, 'lib'),
    fontConfig: await writeFontConfig(cache),
    home: join(cache, 'home'),
  };
}

/**
 * A folder in a shared temp folder is only run from when it is ours: another user could have put it there. Where the
 * machine's cleaning has taken old files out of it, the rest goes too.
 */
async function isUnpacked(cache: string, uid: number): Promise<boolean> {
  const folder = await lstat(cache).catch(() => null);
  if (!folder) return false;
  if (!folder.isDirectory() || folder.uid !== uid) throw new Error(`${cache} belongs to another user; remove it.`);
  const missing = CONTENTS.some((name) => !existsSync(join(cache, name)));
  if (missing) await rm(cache, { recursive: true, force: true });
  return !missing;
}

/** Unpacks beside the cache and renames, so that a folder with the final name is always complete. */
async function unpack(archives: string, cache: string): Promise<void> {
  const work = await mkdtemp(`${cache}.`);
  try {
    await Promise.all([
      pipeline(
        createReadStream(join(archives, 'chromium.br')),
        createBrotliDecompress({ chunkSize: 2 ** 20 }),
        createWriteStream(join(work, 'chromium'), { mode: 0o755 }),
      ),
      unpackLibraries(join(archives, 'al2023.tar.br'), join(work, 'lib')),
    ]);
    await rename(work, cache);
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error; // those two: another process was first
  }
}

async function unpackLibraries(archive: string, folder: string): Promise<void> {
  const tar = await promisify(brotliDecompress)(await readFile(archive));
  await mkdir(folder);
  for (const { name, content } of regularFiles(tar)) await writeFile(join(folder, basename(name)), content);
}

/** Enough of ustar for that one archive: 512-byte headers, regular files, short names. */
function* regularFiles(tar: Buffer): Generator<{ name: string; content: Buffer }> {
  const text = (at: number, length: number) => tar.toString('latin1', at, at + length).split('\0')[0] ?? '';
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const size = Number.parseInt(text(at + 124, 12), 8);
    const kind = text(at + 156, 1);
    if (kind === '0' || kind === '') yield { name: text(at, 100), content: tar.subarray(at + 512, at + 512 + size) };
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

/** Named by its content: it holds the paths of this checkout, and two checkouts may share the cache. */
async function writeFontConfig(cache: string): Promise<string> {
  const content = fontConfiguration(join(cache, 'font-cache'));
  const file = join(cache, `fonts-${createHash('sha256').update(content).digest('hex').slice(0, 12)}.conf`);
  const half = `${file}.${randomUUID()}`;
  await writeFile(half, content);
  await rename(half, file);
  return file;
}
