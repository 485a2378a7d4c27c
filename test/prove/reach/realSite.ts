import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { readSeed } from '../../../src/commands/seed/readSeed.ts';
import { seedStore } from '../../../src/commands/seed/seedStore.ts';
import { makeFolders, readConfig } from '../../../src/config.ts';
import { openDatabase } from '../../../src/database.ts';
import { readContentFolder } from '../../../src/files/contentFolder.ts';
import { packBundle } from '../../../src/formats/bundle/packBundle.ts';
import { buildLessonPage } from '../../../src/formats/page/buildLessonPage.ts';
import { servePublic } from '../../../src/publicServer.ts';
import { createBundleWriters } from '../../../src/site/bundleWriters.ts';
import { createSite } from '../../../src/site/projector.ts';
import { paperOnly } from '../../site/paperOnly.ts';
import { words } from '../../site/words.ts';

const contentFolder = join(import.meta.dirname, '../../../content');

/**
 * Projects the real content, all editions, into a folder of its own. The papers are stand-ins, for this proof is about
 * pages; the copies for a stick are the real ones.
 */
export async function projectReal(dataFolder: string): Promise<string> {
  const config = readConfig({ DATA_DIR: dataFolder });
  makeFolders(config);
  const { store, close } = await openDatabase(config, () => {});
  const now = (): string => '2026-11-02T09:00:00.000Z';
  const papers = paperOnly({ version: 'stand-in', build: async () => Buffer.from('%PDF-1.7\n%%EOF\n') });
  const pack = async (...parts: Parameters<typeof packBundle>) => packBundle(...parts);
  const bundles = createBundleWriters({ words, pictureOf: async () => null, pack, version: 'reach' });
  const site = createSite({
    ...{ store, folder: config.publicFolder, renderLesson: buildLessonPage, translate: words, baseUrl: null, now },
    writers: { lessons: papers.lessons, editions: bundles.filter(({ kind }) => kind === 'usb') },
    log: { warn: (message, details) => console.log(message, details) },
  });
  const world = { store, wording: new Map(), now, newId: () => crypto.randomUUID(), site };
  await seedStore(world, readSeed(await readContentFolder(contentFolder)), () => {});
  await site.projectAll();
  await site.settled();
  await site.close();
  await close();
  return config.publicFolder;
}

/** The public server on a folder; the folder is made where none was given. */
export async function openReal(given: string | null) {
  const data = await mkdtemp(join(tmpdir(), 'headwater-reach-'));
  const folder = given ?? (await projectReal(data));
  const broken: string[] = [];
  const at = { host: '127.0.0.1', port: 0, publicFolder: folder, baseUrl: null };
  const server = await servePublic(at, (problem) => broken.push(String(problem)));
  return {
    folder,
    origin: server.address,
    broken,
    /** Unpacks an edition's copy for a stick and returns its folder and its pages. */
    async stick(tag: string): Promise<{ readonly folder: string; readonly pages: readonly string[] }> {
      const address = JSON.stringify(await (await fetch(`${server.address}/${tag}`)).text());
      const href = /href=\\"([^"\\]+\.zip)\\"/.exec(address)?.[1];
      if (href === undefined) throw new Error(`${tag} offers no copy for a stick`);
      const answer = await fetch(server.address + href);
      if (answer.status !== 200) throw new Error(`${href}: ${answer.status}`);
      const files = Object.entries(unzipSync(new Uint8Array(await answer.arrayBuffer())));
      const place = join(data, 'stick', tag);
      for (const [path, bytes] of files) {
        if (path.endsWith('/')) continue;
        await mkdir(dirname(join(place, path)), { recursive: true });
        await writeFile(join(place, path), path.endsWith('.html') ? strFromU8(bytes) : bytes);
      }
      return { folder: place, pages: files.map(([path]) => path).filter((path) => path.endsWith('.html')) };
    },
    async close() {
      await server.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}
