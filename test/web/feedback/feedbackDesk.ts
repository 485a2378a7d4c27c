import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishEdition } from '../../../src/commands/publication/publishEdition.ts';
import { readPicture } from '../../../src/files/pictures.ts';
import { buildLessonPage } from '../../../src/formats/page/buildLessonPage.ts';
import { createPublicationRuns } from '../../../src/jobs/publications.ts';
import { createSite } from '../../../src/site/projector.ts';
import { createPublicHandler } from '../../../src/site/serve.ts';
import type { AppDependencies } from '../../../src/web/app.ts';
import { deskRoutes } from '../../../src/web/routes.ts';
import { paperOnly } from '../../site/paperOnly.ts';
import { words } from '../../site/words.ts';
import { previews } from '../../together/desk.ts';
import { type SmallWorld, smallWorld } from '../../together/smallWorld.ts';
import { listen, Visitor } from '../testApp.ts';

/** The real store, site and desk with one lesson published in Türkiye and in Egypt. */
export async function openFeedbackDesk(changed: (world: SmallWorld) => Partial<AppDependencies> = () => ({})) {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-feedback-'));
  const small = await smallWorld();
  const site = createSite({
    ...{ store: small.store, folder, renderLesson: buildLessonPage, translate: words, baseUrl: null, now: small.now },
    writers: paperOnly({ version: '1', build: async () => Buffer.from('%PDF') }),
    log: { warn: () => {} },
  });
  const world: SmallWorld = { ...small, site };
  for (const [tag, who] of [
    ['tr-TR', 'deniz'],
    ['ar-EG', 'hala'],
  ] as const) {
    const revision = (await world.store.editions.byTag(tag))?.revision ?? 0;
    await publishEdition(world, world.as[who], { edition: tag, lessons: ['L1'], revision });
  }
  const publicSite = createPublicHandler({ folder, translate: words, progress: () => null });
  const routes = deskRoutes({
    ...{ runs: createPublicationRuns(world, () => {}), previews, readPicture },
    ...{ mailFolder: '/nonexistent', origin: 'http://127.0.0.1' },
  });
  const app = await listen(world, routes, {
    publicHandler: publicSite.handle,
    feedbackPages: { refusal: publicSite.formRefusal },
    ...changed(world),
  });
  return {
    world,
    origin: app.origin,
    visitor: () => new Visitor(app.origin),
    async close() {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
