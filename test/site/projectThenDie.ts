// Run by kill.test.ts: projects one state after another until it is killed.
import { buildLessonPage } from '../../src/formats/page/buildLessonPage.ts';
import { createSite } from '../../src/site/projector.ts';
import { fakeStore } from './fakeStore.ts';
import { paperOnly } from './paperOnly.ts';
import { createShelf, editionOf, publish } from './shelf.ts';
import { words } from './words.ts';

const shelf = createShelf();
const site = createSite({
  store: fakeStore(shelf),
  folder: process.argv[2] ?? '',
  renderLesson: buildLessonPage,
  writers: paperOnly({
    version: '1',
    build: async (page) => Buffer.from(`%PDF ${page.lesson} ${page.imprint.code}`),
  }),
  translate: words,
  baseUrl: null,
  now: () => '2026-03-05T10:00:00.000Z',
  log: { warn: console.warn },
});
for (let number = 2; number < 5000; number++) {
  publish(shelf, editionOf('en-GB'), number, '2026-03-03', `0800 ${1000 + number}`);
  shelf.editions = [editionOf('en-GB', { publication: number })];
  await site.project('en-GB');
  if (number === 2) process.send?.('first');
}
