import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import MongoStore from 'connect-mongo';
import { pino } from 'pino';
import { type Stands, upstreamPackage } from '../src/commands/edition/upstreamPackage.ts';
import { hashPassword } from '../src/commands/people/password.ts';
import type { World } from '../src/commands/ports.ts';
import { readSeed } from '../src/commands/seed/readSeed.ts';
import { seedStore } from '../src/commands/seed/seedStore.ts';
import { readContentFolder } from '../src/files/contentFolder.ts';
import { readPicture } from '../src/files/pictures.ts';
import { readWording } from '../src/formats/content/readWording.ts';
import { buildLessonPage } from '../src/formats/page/buildLessonPage.ts';
import { createPublicationRuns } from '../src/jobs/publications.ts';
import { createPreview } from '../src/site/preview.ts';
import { openStore } from '../src/store/openStore.ts';
import { createApp } from '../src/web/app.ts';
import { createTranslator } from '../src/web/i18n.ts';
import { deskRoutes } from '../src/web/routes.ts';
import { startTestEngine } from '../test/embedded-mongo/engine.ts';
import { idleSite } from '../test/web/idleSite.ts';

export const password = 'a river runs downhill';

/** The desk on the real content: the real store and the real pages; readers' files are not made. */
export async function openDeskOfContent(now = () => new Date().toISOString()) {
  const engine = await startTestEngine();
  const opened = await openStore({ uri: engine.uri, dbName: 'desk' });
  const { store } = opened;
  const world: World = {
    store,
    wording: readWording(await readContentFolder(join(import.meta.dirname, '../content/wording'))),
    site: idleSite,
    now,
    newId: () => randomBytes(16).toString('base64url'),
  };
  await seedStore(world, readSeed(await readContentFolder(join(import.meta.dirname, '../content'))), () => {});
  const hash = await hashPassword(password);
  for (const person of await store.people.all()) {
    await store.people.save({ ...person, state: 'active', revision: person.revision + 1 });
    await store.people.setPasswordHash(person.id, hash);
  }
  const { t } = createTranslator();
  const writers = { lessons: [], editions: [] };
  const source = (edition: Stands) => upstreamPackage(store, edition);
  const previews = createPreview({ store, renderLesson: buildLessonPage, writers, translate: t, now, source });
  const sessions = MongoStore.create({
    client: opened.connection.getClient(),
    dbName: 'desk',
    collectionName: 'sessions',
    touchAfter: 60,
  });
  const runs = createPublicationRuns(world, () => {});
  const app = createApp({
    world,
    routes: deskRoutes({ runs, previews, readPicture, mailFolder: '/nonexistent', origin: 'http://127.0.0.1' }),
    sessions: { store: sessions, secret: randomBytes(32).toString('hex') },
    config: { trustProxy: false, secureCookies: false, baseUrl: null },
    log: pino({ level: process.env.LOG ?? 'silent' }),
  });
  const server = app.listen(Number(process.env.PORT ?? 0), '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await sessions.close();
    await opened.close();
    await engine.close();
  };
  return { world, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
