import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildLessonPage } from '../../src/formats/page/buildLessonPage.ts';
import { createPager, imprintOf } from '../../src/site/pagedLesson.ts';
import { createFixture } from './siteFixture.ts';

test('a page is made once for the same words and the same imprint, and again for another one; only the last are kept', async () => {
  const { shelf, close } = await createFixture();
  const [publication] = shelf.publications;
  const edition = shelf.editions.find(({ tag }) => tag === publication?.edition);
  const [entry] = publication?.lessons ?? [];
  assert.ok(publication && edition && entry);
  const published = shelf.lessons.get(entry.hash);
  assert.ok(published);
  let made = 0;
  const pageOf = createPager((words, imprint) => {
    made++;
    return buildLessonPage(words, imprint);
  }, 1);
  const imprint = imprintOf(edition, publication, entry, null);
  const page = pageOf(entry.hash, published, imprint);
  assert.deepEqual(page, buildLessonPage(published, imprint));
  assert.equal(pageOf(entry.hash, published, { ...imprint }), page);
  assert.equal(made, 1);
  const other = { ...imprint, demonstration: !imprint.demonstration };
  assert.equal(pageOf(entry.hash, published, other).imprint.demonstration, other.demonstration);
  assert.equal(made, 2);
  assert.deepEqual(pageOf(entry.hash, published, imprint), page);
  assert.equal(made, 3, 'one is kept, and it was the other');
  await close();
});
