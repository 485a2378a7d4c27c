import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after } from 'node:test';
import { promisify } from 'node:util';
import { type Config, makeFolders, readConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/database.ts';
import { publicationOf, publishedLessonHash } from '../../src/domain/edition/publishedLesson.ts';
import { lessonPackage, releaseOf, revisionsOf } from '../store/baselineSamples.ts';
import { edition, publishedLesson } from '../store/samples.ts';

const headwater = resolve(import.meta.dirname, '../../headwater.mjs');
const folders: string[] = [];
after(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** A data folder of its own, without a database yet. */
export async function installation(): Promise<Config> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-cli-'));
  folders.push(folder);
  const config = readConfig({ DATA_DIR: folder });
  makeFolders(config);
  return config;
}

/** What a command printed, and its exit code. */
export async function command(
  dataFolder: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly text: string }> {
  const env = { ...process.env, DATA_DIR: dataFolder, MONGODB_URI: '', ...environment };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [headwater, ...words], { env });
    return { code: 0, text: stdout + stderr };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'stdout' in error && 'stderr' in error)) throw error;
    return { code: Number(error.code), text: `${error.stdout}${error.stderr}` };
  }
}

/** Two releases, and two publications of one lesson, as the product writes them. */
export async function fillStore(config: Config): Promise<void> {
  const { store, close } = await openDatabase(config, () => {});
  const first = lessonPackage(20);
  const second = lessonPackage(20, 5);
  const ids = Object.keys(first.segments);
  await store.releases.add(releaseOf('1.0.0', null, first), first, revisionsOf('1.0.0', first, ids));
  await store.releases.add(releaseOf('1.1.0', '1.0.0', second), second, revisionsOf('1.1.0', second, ids.slice(0, 5)));
  await store.editions.save(edition('tr-TR'));
  const hash = publishedLessonHash(publishedLesson);
  await store.publications.addLesson(hash, publishedLesson);
  const draft = {
    on: '2026-02-01',
    at: '2026-02-01T12:00:00.000Z',
    by: 'ayse',
    kind: 'lessons',
    demonstration: false,
    edition: 'tr-TR',
  } as const;
  const lessons = [{ lesson: 'B4', hash, release: '1.0.0' }];
  const one = publicationOf({ ...draft, previous: null, number: 1 }, lessons);
  await store.publications.add(one);
  await store.publications.add(publicationOf({ ...draft, previous: one, number: 2 }, lessons));
  await close();
}
