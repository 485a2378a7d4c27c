import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { World } from '../../src/commands/ports.ts';
import { readSeed, type Seed } from '../../src/commands/seed/readSeed.ts';
import { seedStore } from '../../src/commands/seed/seedStore.ts';
import { makeFolders, readConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/database.ts';
import { readContentFolder } from '../../src/files/contentFolder.ts';
import { type ClassroomFiles, createClassroomFiles } from '../../src/files/pdf/classroomFiles.ts';
import { createPdfBuilder } from '../../src/files/pdf/pdfBuilder.ts';
import { buildLessonPage } from '../../src/formats/page/buildLessonPage.ts';
import { createSite } from '../../src/site/projector.ts';
import { paperOnly } from '../site/paperOnly.ts';
import { words } from '../site/words.ts';

/** The edition that is published over and over. */
export const provenEdition = 'en-GB';
export const provenLessons = ['B4', 'C3'] as const;
/** One adaptable text of each lesson, without facts in it. */
export const provenSegments = ['B4.before.2', 'C3.before.3'] as const;
/** The clock stands still, so that pages depend on nothing but the publication. */
export const provenNow = '2026-11-02T09:00:00.000Z';
/** What stands in the pages, and says which run wrote them: in letters, for a number that the source lacks is not published. */
export const markOf = (run: number): string =>
  `prove-run-${String(run)
    .padStart(5, '0')
    .replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)))}`;
export const markPattern = /prove-run-[a-j]+/;

export type River = {
  readonly world: World;
  readonly publicFolder: string;
  /** Files that could not be built, and the like. */
  readonly warnings: readonly string[];
  readonly close: () => Promise<void>;
};

/** For the small proof in `npm test`: files that are made at once, and differ where the real ones do. */
const standIns: ClassroomFiles = {
  version: 'stand-in',
  build: async (page, file) => Buffer.from(`%PDF-1.7 ${JSON.stringify([page, file])}\n%%EOF\n`),
};

/** The store, the site and the PDFs on one data folder, as `main.ts` wires them: without the desk and the mails. */
export async function openRiver(
  dataFolder: string,
  options: { readonly publicFolder?: string; readonly standInFiles?: boolean } = {},
): Promise<River> {
  const config = readConfig({ DATA_DIR: dataFolder });
  makeFolders(config);
  const database = await openDatabase(config, () => {});
  const { publicFolder = config.publicFolder, standInFiles = false } = options;
  const now = (): string => provenNow;
  const pdfs = createPdfBuilder({ workers: 2 });
  const warnings: string[] = [];
  const site = createSite({
    store: database.store,
    renderLesson: buildLessonPage,
    writers: paperOnly(standInFiles ? standIns : createClassroomFiles(pdfs)),
    translate: words,
    now,
    folder: publicFolder,
    baseUrl: null,
    log: { warn: (message, details) => warnings.push(`${message} ${JSON.stringify(details)}`) },
  });
  /** Over when the files are there too: what is judged is the whole folder. */
  const whole = {
    ...site,
    projectAll: async () => {
      const changed = await site.projectAll();
      await site.settled();
      return changed;
    },
  };
  return {
    world: {
      store: database.store,
      wording: new Map(),
      now,
      newId: () => randomBytes(16).toString('base64url'),
      site: whole,
    },
    publicFolder,
    warnings,
    close: async () => {
      await site.close();
      pdfs.close();
      await database.close();
    },
  };
}

const contentFolder = join(import.meta.dirname, '../river/content');

/** The seed with some of its editions only. */
export async function seedWith(tags: readonly string[]): Promise<Seed> {
  const seed = readSeed(await readContentFolder(contentFolder));
  return { ...seed, editions: seed.editions.filter(({ edition }) => tags.includes(edition.edition)) };
}

/** A data folder with one published edition and somebody who may publish it. */
export async function seedRiver(dataFolder: string, standInFiles = false): Promise<void> {
  const river = await openRiver(dataFolder, { standInFiles });
  try {
    await seedStore(river.world, await seedWith([provenEdition]), () => {});
    const { people } = river.world.store;
    const coordinator = (await people.all()).find((person) => person.roles.includes('coordinator'));
    if (coordinator === undefined) throw new Error('the seed has no coordinator');
    await people.save({ ...coordinator, state: 'active', revision: coordinator.revision + 1 });
    await river.world.site.projectAll();
  } finally {
    await river.close();
  }
}
