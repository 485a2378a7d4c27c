import { after } from 'node:test';
import session from 'express-session';
import type { Store, World } from '../../../src/commands/ports.ts';
import { readPicture } from '../../../src/files/pictures.ts';
import { inlineHtml } from '../../../src/site/inlineHtml.ts';
import { openStore } from '../../../src/store/openStore.ts';
import { authorityRoutes } from '../../../src/web/desk/authority/routes.ts';
import { baselineRoutes } from '../../../src/web/desk/baseline/routes.ts';
import { checksRoutes } from '../../../src/web/desk/checks/routes.ts';
import { commentRoutes } from '../../../src/web/desk/comments/routes.ts';
import { concordanceRoutes } from '../../../src/web/desk/concordance/routes.ts';
import { differencesRoutes } from '../../../src/web/desk/differences/routes.ts';
import { exchangeRoutes } from '../../../src/web/desk/exchange/routes.ts';
import { factsRoutes } from '../../../src/web/desk/facts/routes.ts';
import { findRoutes } from '../../../src/web/desk/find/routes.ts';
import { glossaryRoutes } from '../../../src/web/desk/glossary/routes.ts';
import { keysRoutes } from '../../../src/web/desk/keys/routes.ts';
import { ledgerRoutes } from '../../../src/web/desk/ledger/routes.ts';
import { lessonsRoutes } from '../../../src/web/desk/lessons/routes.ts';
import { materialRoutes } from '../../../src/web/desk/material/routes.ts';
import { meRoutes } from '../../../src/web/desk/me/routes.ts';
import type { Previews } from '../../../src/web/desk/preview/port.ts';
import { previewRoutes } from '../../../src/web/desk/preview/routes.ts';
import { summariesRoutes } from '../../../src/web/desk/publish/summaries.ts';
import { reviewRoutes } from '../../../src/web/desk/review/routes.ts';
import { sendBackRoutes } from '../../../src/web/desk/sendBacks/routes.ts';
import { signInRoutes } from '../../../src/web/desk/sign-in/routes.ts';
import { sisterRoutes } from '../../../src/web/desk/sister/routes.ts';
import { structureRoutes } from '../../../src/web/desk/structure/routes.ts';
import { todayRoutes } from '../../../src/web/desk/today/routes.ts';
import { updateRoutes } from '../../../src/web/desk/update/routes.ts';
import { workbenchRoutes } from '../../../src/web/desk/workbench/routes.ts';
import { startTestEngine } from '../../embedded-mongo/engine.ts';
import { idleSite } from '../idleSite.ts';
import { listen } from '../testApp.ts';
import { fillStore } from './sampleStore.ts';

export const now = '2026-11-20T09:00:00.000Z';

/** Previews that only say what they were given. */
export const spokenPreviews: Previews = {
  page: async (published, imprint) =>
    `<!doctype html><html lang="${imprint.language}"><title>DRAFT</title><h1>DRAFT ${published.lesson.id} ${published.release}</h1>`,
  file: async (published, name) =>
    name === 'guide.pdf' ? new TextEncoder().encode(`%PDF ${published.lesson.id}`) : null,
  words: inlineHtml,
};

export type SampleDesk = {
  readonly origin: string;
  readonly world: World;
  readonly store: Store;
  readonly close: () => Promise<void>;
};

let databases = 0;

/** The real app over the embedded engine, with the sample river in it. */
export async function startSampleDesk(): Promise<SampleDesk> {
  const engine = await startTestEngine();
  databases += 1;
  const opened = await openStore({ uri: engine.uri, dbName: `desk-${databases}` });
  let made = 0;
  const world: World = {
    store: opened.store,
    wording: new Map(),
    site: idleSite,
    now: () => now,
    newId() {
      made += 1;
      return `id-${String(made).padStart(4, '0')}`;
    },
  };
  await fillStore(opened.store, world);
  const app = await listen(
    world,
    [
      ...signInRoutes,
      ...todayRoutes,
      ...lessonsRoutes,
      ...updateRoutes,
      ...workbenchRoutes(spokenPreviews),
      ...commentRoutes,
      ...keysRoutes,
      ...findRoutes,
      ...meRoutes,
      ...authorityRoutes,
      ...checksRoutes,
      ...summariesRoutes,
      ...reviewRoutes,
      ...exchangeRoutes,
      ...factsRoutes,
      ...ledgerRoutes,
      ...glossaryRoutes,
      ...concordanceRoutes,
      ...sisterRoutes,
      ...materialRoutes(readPicture),
      ...structureRoutes,
      ...sendBackRoutes,
      ...baselineRoutes,
      ...differencesRoutes,
      ...previewRoutes(spokenPreviews),
    ],
    { sessions: { store: new session.MemoryStore(), secret: 'only for tests, only for tests, only' } },
  );
  const close = async () => {
    await app.close();
    await opened.close();
    await engine.close();
  };
  return { origin: app.origin, world, store: opened.store, close };
}

/** One desk for a test file, closed after it. */
export async function sampleDesk(): Promise<SampleDesk> {
  const desk = await startSampleDesk();
  after(() => desk.close());
  return desk;
}
