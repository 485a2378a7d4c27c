import { createServer } from 'node:http';
import { listen, stopListening } from '../../../src/listen.ts';
import { createPublicHandler, type Progress } from '../../../src/site/serve.ts';
import { recallOf } from '../../site/recalls.ts';
import { editionOf, publish, safetyRelease } from '../../site/shelf.ts';
import { createFixture } from '../../site/siteFixture.ts';
import { words } from '../../site/words.ts';

export const stages = ['waiting', 'late', 'withdrawn'] as const;

/** States that a healthy folder does not show, on the small drawn lessons. */
export type Stage = (typeof stages)[number];

/**
 * `waiting`: a safety change not yet due, B4 recalled, B1 left out, sheets replaced, files that failed, the start under way, a
 * form refused. `late`: the safety change is overdue and its lesson withheld. `withdrawn`: no edition is left.
 */
export async function openStaged(stage: Stage) {
  const made = await createFixture({
    build: async (page, file) => {
      if (page.lesson === 'A1') throw new Error('staged: cannot be made');
      return Buffer.from(`%PDF-1.7 ${JSON.stringify([page.lesson, page.imprint.code, file])}\n%%EOF\n`);
    },
  });
  const { shelf, folder } = made;
  const tags = shelf.editions.map(({ tag }) => tag);
  const codes = new Map(
    shelf.publications.flatMap(({ edition, lessons }) =>
      lessons.map(({ lesson, code }) => [`${edition} ${lesson}`, code] as const),
    ),
  );
  safetyRelease(shelf, '2026-04-01');
  if (stage === 'late') {
    made.clock.now = '2026-04-02T10:00:00.000Z';
    // What a demonstration shows stands still.
    shelf.editions = tags.map((tag) => editionOf(tag));
  }
  if (stage === 'waiting') {
    shelf.recalls = [recallOf({ kind: 'lesson', lesson: 'B4' })];
    for (const tag of tags) {
      const second = publish(shelf, editionOf(tag), 2, '2026-03-01', '0800 9999');
      const kept = { ...second, lessons: second.lessons.filter(({ lesson }) => lesson !== 'B1') };
      shelf.publications = shelf.publications.map((each) => (each === second ? kept : each));
    }
    shelf.editions = tags.map((tag) => editionOf(tag, { publication: 2, demonstration: tag === 'tr-TR' }));
  }
  if (stage === 'withdrawn') {
    const withdrawn = { on: '2026-03-04', by: 'x', reason: 'We stop.' };
    shelf.editions = tags.map((tag) => editionOf(tag, { publication: null, withdrawn }));
  }
  await made.site.projectAll();
  const state: { progress: Progress | null } = { progress: null };
  const site = createPublicHandler({ folder, translate: words, progress: () => state.progress });
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    // What a browser without checks of its own would be answered; asked for by GET here, to be looked at.
    const refusedAt = path.startsWith('/refused/') ? path.slice('/refused'.length) : null;
    const sent = { about: 'lesson', minutes: '45', hard: ['time'] };
    const refused =
      refusedAt === null ? null : site.formRefusal(refusedAt, 'answerNeeded', { field: 'usable' }, 422, sent);
    if (refused !== null) {
      response.writeHead(422, { 'Content-Type': 'text/html; charset=utf-8' }).end(refused);
      return;
    }
    state.progress = path.startsWith('/?starting') ? { done: 3, total: 8, step: 'edition tr-TR' } : null;
    if (!site.publicListener(request, response)) site.withoutDesk(request, response);
  });
  const origin = await listen(server, { host: '127.0.0.1', port: 0 });
  return {
    origin,
    tags,
    /** The code on a sheet of the first publication. */
    codeOf: (tag: string, lesson: string): string => codes.get(`${tag} ${lesson}`) ?? '',
    async close() {
      await stopListening(server);
      await made.close();
    },
  };
}

export type Staged = Awaited<ReturnType<typeof openStaged>>;
