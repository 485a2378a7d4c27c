import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordFailedFiles } from '../../src/commands/publication/recordFailure.ts';
import type { ClassroomFiles } from '../../src/files/pdf/classroomFiles.ts';
import { readPicture } from '../../src/files/pictures.ts';
import type { Writers } from '../../src/formats/files/writers.ts';
import { buildLessonPage } from '../../src/formats/page/buildLessonPage.ts';
import { createPublicationRuns, type PublicationRuns } from '../../src/jobs/publications.ts';
import { createSite, type SiteDeps } from '../../src/site/projector.ts';
import { createPublicHandler } from '../../src/site/serve.ts';
import { deskRoutes } from '../../src/web/routes.ts';
import { paperOnly } from '../site/paperOnly.ts';
import { words } from '../site/words.ts';
import { previews } from '../together/desk.ts';
import { type SmallWorld, smallWorld } from '../together/smallWorld.ts';
import { listen } from '../web/testApp.ts';

/** The small world with its whole desk and the readers' pages; only the PDFs are made up. */
export type SmallDesk = {
  readonly world: SmallWorld & { readonly settled: () => Promise<void> };
  readonly runs: PublicationRuns;
  readonly origin: string;
  /** What readers are served from. */
  readonly folder: string;
  readonly close: () => Promise<void>;
};

export async function startSmallDesk(
  writersOf: (pdf: ClassroomFiles) => Writers = paperOnly,
  timing: Pick<SiteDeps, 'tryAgain'> = {},
): Promise<SmallDesk> {
  const bare = await smallWorld();
  const folder = await mkdtemp(join(tmpdir(), 'headwater-small-desk-'));
  const pdf: ClassroomFiles = {
    version: 'spoken',
    build: async (page, file) => Buffer.from(`%PDF-1.7 ${page.lesson} ${JSON.stringify(file)}`),
  };
  const site = createSite({
    ...{ store: bare.store, renderLesson: buildLessonPage, writers: writersOf(pdf), translate: words, now: bare.now },
    ...{ folder, baseUrl: null, log: { warn: () => {} }, ...timing },
    failedFiles: (tag, failed) => recordFailedFiles(world, tag, failed),
  });
  const world: SmallDesk['world'] = { ...bare, site, settled: site.settled };
  const failures: unknown[] = [];
  const runs = createPublicationRuns(world, (_, error) => failures.push(error));
  const origin = 'http://127.0.0.1:3000';
  const readers = createPublicHandler({ folder, translate: words, progress: () => null, fileNow: site.fileNow });
  const routes = deskRoutes({ runs, previews, readPicture, mailFolder: folder, origin });
  const app = await listen(world, routes, { publicHandler: readers.handle });
  return {
    world,
    runs,
    origin: app.origin,
    folder,
    close: async () => {
      await runs.idle();
      await site.close();
      await app.close();
      await rm(folder, { recursive: true, force: true });
      if (failures.length > 0) throw failures[0];
    },
  };
}
