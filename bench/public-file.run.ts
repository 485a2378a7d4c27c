/**
 * The class pack of a lesson (PDF) from the real public handler against a bare `node:http` server that streams the same
 * file from disk with the same headers; and beside it a file that is too large for the site's memory, which both stream.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createObjects } from '../src/site/objects.ts';
import type { EditionPointer } from '../src/site/pointer.ts';
import { pointerFile } from '../src/site/siteIndex.ts';
import { createEvidence, numberOption } from '../test/prove/evidence.ts';
import { seedRiver } from '../test/prove/river.ts';
import { besideBare, conclude } from './besideBare.ts';

const rounds = numberOption('rounds', 7);
const milliseconds = numberOption('milliseconds', 2500);
const connections = numberOption('connections', 32);
const tag = 'en-GB';
const pack = `/${tag}/lessons/B4/pack.pdf`;
const large = `/${tag}/package/usb.zip`;
/** About what a ZIP of a whole edition weighs. */
const largeMiB = 8;
const goal = 0.7;

/** Puts a large file where readers find the ZIP of the edition: the river of the proofs builds none. */
async function addLargeFile(folder: string, pointer: EditionPointer): Promise<EditionPointer> {
  const packed = readFileSync(join(folder, pointer.entries[pack]?.object ?? ''));
  const bytes = Buffer.alloc(largeMiB * 2 ** 20, packed);
  const entry = await createObjects(folder).file(bytes, 'application/zip', 'zip', 'stop-leave-tell.zip');
  const grown = { ...pointer, entries: { ...pointer.entries, [large]: entry } };
  writeFileSync(pointerFile(folder, tag), JSON.stringify(grown));
  return grown;
}

const evidence = createEvidence('public-file');
const home = mkdtempSync(join(tmpdir(), 'headwater-public-file-'));
try {
  await seedRiver(home);
  const folder = join(home, 'public');
  const written = JSON.parse(readFileSync(pointerFile(folder, tag), 'utf8')) as EditionPointer;
  const { entries } = await addLargeFile(folder, written);
  const results = [];
  for (const path of [pack, large]) {
    const result = await besideBare({
      folder,
      path,
      acceptEncoding: 'br, gzip',
      rounds,
      milliseconds,
      // Of a large file, few are under way at once: the time is in the bytes.
      connections: path === large ? Math.min(4, connections) : connections,
      bare: ({ headers }) => ({ kind: 'stream', headers, file: join(folder, entries[path]?.object ?? '') }),
    });
    console.log(JSON.stringify(result, null, 2));
    results.push(result);
  }
  conclude(evidence, results, { rounds, milliseconds, connections, goal });
} finally {
  rmSync(home, { recursive: true, force: true });
}
