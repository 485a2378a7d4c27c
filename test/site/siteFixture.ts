import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClassroomFiles } from '../../src/files/pdf/classroomFiles.ts';
import { pdfWriter } from '../../src/files/pdf/pdfWriter.ts';
import type { Writers } from '../../src/formats/files/writers.ts';
import { buildLessonPage } from '../../src/formats/page/buildLessonPage.ts';
import { createSite, type SiteDeps } from '../../src/site/projector.ts';
import { createPublicHandler, type Progress } from '../../src/site/serve.ts';
import { fakeStore } from './fakeStore.ts';
import { createShelf } from './shelf.ts';
import { words } from './words.ts';

export type Timing = Pick<SiteDeps, 'headStart' | 'failedFiles' | 'atOnce'> & {
  /** How long a reader waits for a file, in ms. */
  readonly patience?: number;
};

/** A projected site in a folder of its own, served on a port of its own. */
export async function createFixture(
  pdfOver: Partial<ClassroomFiles> = {},
  more: Partial<Writers> = {},
  { patience = 400, ...timing }: Timing = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-site-'));
  const shelf = createShelf();
  const clock = { now: '2026-03-05T10:00:00.000Z', built: 0, milliseconds: 0, progress: null as Progress | null };
  const pdf: ClassroomFiles = {
    version: 'test-1',
    async build(page, file, paper) {
      clock.built++;
      return Buffer.from(
        `%PDF-1.7 ${page.lesson} ${JSON.stringify([file, paper])} ${page.imprint.code} ${'x'.repeat(2000)}`,
      );
    },
    ...pdfOver,
  };
  const warnings: object[] = [];
  const site = createSite({
    store: fakeStore(shelf),
    folder,
    renderLesson: buildLessonPage,
    writers: { lessons: [pdfWriter(pdf), ...(more.lessons ?? [])], editions: more.editions ?? [] },
    translate: words,
    baseUrl: 'https://headwater.example',
    now: () => clock.now,
    ...timing,
    log: { warn: (message, details) => warnings.push({ message, ...details }) },
  });
  const settledAfter = async <T>(value: T): Promise<T> => {
    await site.settled();
    return value;
  };
  const readers = new EventEmitter();
  const served = createPublicHandler({
    folder,
    translate: words,
    fileNow: (...asked) => {
      const answer = site.fileNow(...asked);
      readers.emit('waits');
      return answer;
    },
    patience,
    progress: () => clock.progress,
    clock: () => (clock.milliseconds += 1000),
  });
  const server = createServer((request, response) => {
    if (!served.publicListener(request, response)) served.notFound(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    folder,
    shelf,
    clock,
    /** As commands see it: a projection is over before its files are there. */
    bare: site,
    /** Waits for the files too. */
    site: {
      ...site,
      project: async (tag: string) => settledAfter(await site.project(tag)),
      projectAll: async () => settledAfter(await site.projectAll()),
    },
    /** Resolves when the next reader has begun to wait for a file. */
    readerWaits: () => once(readers, 'waits'),
    warnings,
    pdf,
    origin,
    get: (path: string, headers: Record<string, string> = {}, method = 'GET') =>
      fetch(origin + path, { headers: { 'accept-encoding': 'identity', ...headers }, method, redirect: 'manual' }),
    async close() {
      await site.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
