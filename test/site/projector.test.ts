import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { EditionPointer } from '../../src/site/pointer.ts';
import { recallOf } from './recalls.ts';
import { editionOf, publish, safetyRelease } from './shelf.ts';
import { createFixture } from './siteFixture.ts';

type Fixture = Awaited<ReturnType<typeof createFixture>>;
let site: Fixture;
before(async () => {
  site = await createFixture();
  await site.site.projectAll();
});
after(() => site.close());

const pointerOf = async (tag: string, from: Fixture = site): Promise<EditionPointer> =>
  JSON.parse(await readFile(join(from.folder, 'editions', `${tag}.json`), 'utf8'));

async function timesIn(folder: string): Promise<Record<string, number>> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.\w+$/.test(name));
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await stat(join(folder, name))).mtimeMs])),
  );
}

test('what has not changed is neither written nor built again', async () => {
  const built = site.clock.built;
  const times = await timesIn(site.folder);
  assert.equal(built, 3 * 2 * (4 * 2 + 3));
  assert.equal(await site.site.projectAll(), 0);
  assert.equal(site.clock.built, built);
  assert.deepEqual(await timesIn(site.folder), times);
});

test('every entry names objects that are there, and a demonstration says so on each of its pages', async () => {
  for (const tag of ['en-GB', 'tr-TR', 'ar-EG']) {
    const { entries } = await pointerOf(tag);
    for (const [address, entry] of Object.entries(entries)) {
      for (const object of [entry.object, entry.gzip, entry.brotli]) {
        if (object) assert.ok((await stat(join(site.folder, object))).size > 0, address);
      }
      if (!entry.style) continue;
      const html = await readFile(join(site.folder, entry.object), 'utf8');
      assert.equal(html.includes('class="demo"'), tag === 'tr-TR', address);
      assert.ok(html.length < 50_000, `${address} has ${html.length} characters`);
      // Data for catalogues are no script, and the one script leaves the page: nothing else runs.
      const running = html
        .replace(/<script type="application\/ld\+json">[^<]*<\/script>/, '')
        .replace(/<script>const ways[^<]*<\/script>/, '');
      assert.equal(entry.script !== undefined, html.includes('<script>const ways'), address);
      assert.ok(!/<script|https?:\/\/[^"]*\.(js|css)/.test(running), address);
    }
  }
});

test('a recalled lesson is gone with its files after one projection, and comes back when the recall is lifted', async () => {
  site.shelf.recalls = [recallOf({ kind: 'lesson', lesson: 'A3' })];
  assert.equal(await site.site.project('tr-TR'), true);
  for (const path of ['/tr-TR/lessons/A3', '/tr-TR/lessons/A3/pack.pdf', '/tr-TR/lessons/A3/card.pdf']) {
    const answer = await site.get(path);
    const html = await answer.text();
    assert.equal(answer.status, 410, path);
    assert.match(html, /A sentence put blame on the child\./);
    assert.match(html, /Say: it is not your fault\./);
    assert.match(html, /tel:183/);
  }
  assert.equal((await site.get('/tr-TR/lessons/A1')).status, 200);
  assert.ok(!(await (await site.get('/tr-TR')).text()).includes('A3/pack.pdf'));
  site.shelf.recalls = [];
  await site.site.project('tr-TR');
  assert.equal((await site.get('/tr-TR/lessons/A3/pack.pdf')).status, 200);
});

test('why something is recalled is written in English, and says so on the pages of other languages', async () => {
  const path = (tag: string): readonly string[] => {
    const published = site.shelf.publications.find(({ edition }) => edition === tag);
    const code = published?.lessons.find(({ lesson }) => lesson === 'A3')?.code;
    return [`/${tag}/lessons/A3`, `/${tag}/lessons/A3/pack.pdf`, `/verify/${code}`];
  };
  site.shelf.recalls = [recallOf({ kind: 'lesson', lesson: 'A3' })];
  await site.site.projectAll();
  for (const tag of ['tr-TR', 'ar-EG', 'en-GB']) {
    const dd = tag === 'en-GB' ? '<dd>' : '<dd lang="en" dir="ltr">';
    for (const address of path(tag)) {
      const html = await (await site.get(address)).text();
      assert.ok(html.includes(`<html lang="${tag.slice(0, 2)}"`), address);
      assert.ok(html.includes(`${dd}A sentence put blame on the child.</dd>`), address);
      assert.ok(html.includes(`${dd}Say: it is not your fault.</dd>`), address);
    }
    const feed = await (await site.get(`/${tag}/changes.atom`)).text();
    assert.ok(feed.includes('<feed') && !feed.includes('put blame'), 'a feed tells of changes, not of recalls');
  }
  site.shelf.recalls = [];
  await site.site.projectAll();
});

test('a recalled segment withholds every lesson that contains it', async () => {
  site.shelf.recalls = [recallOf({ kind: 'segment', segment: 'CPS-13' })];
  await site.site.projectAll();
  for (const tag of ['en-GB', 'tr-TR', 'ar-EG']) {
    assert.equal((await site.get(`/${tag}/lessons/A3`)).status, 410);
    assert.equal((await site.get(`/${tag}/lessons/A1`)).status, 200);
  }
  site.shelf.recalls = [];
  await site.site.projectAll();
});

test('a recall never waits for files that are being built', async () => {
  let release = (): void => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow = await createFixture({ build: async () => gate.then(() => Buffer.from('%PDF-')) });
  const running = slow.bare.project('en-GB');
  while (!(await slow.get('/en-GB/lessons/A3')).ok) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal((await slow.get('/en-GB/lessons/A3/pack.pdf')).status, 503);
  slow.shelf.recalls = [recallOf({ kind: 'lesson', lesson: 'A3' })];
  const recalled = slow.bare.project('en-GB');
  while ((await slow.get('/en-GB/lessons/A3')).status !== 410) await new Promise((resolve) => setTimeout(resolve, 5));
  release();
  await Promise.all([running, recalled]);
  await slow.bare.settled();
  assert.equal((await slow.get('/en-GB/lessons/A3')).status, 410);
  assert.equal((await slow.get('/en-GB/lessons/A1/pack.pdf')).status, 200);
  await slow.close();
});

test('a withdrawn edition answers 410 with its helplines, and lessons left out keep their address', async () => {
  const own = await createFixture();
  await own.site.projectAll();
  const edition = own.shelf.editions[0] as (typeof own.shelf.editions)[number];
  const second = publish(own.shelf, edition, 2, '2026-03-01');
  own.shelf.publications = own.shelf.publications.map((each) =>
    each === second ? { ...each, lessons: each.lessons.filter(({ lesson }) => lesson !== 'B1') } : each,
  );
  own.shelf.editions[0] = editionOf('en-GB', { publication: 2 });
  await own.site.project('en-GB');
  assert.equal((await own.get('/en-GB/lessons/B1')).status, 410);
  assert.equal((await own.get('/en-GB/lessons/A1')).status, 200);
  own.shelf.editions[0] = editionOf('en-GB', {
    publication: null,
    withdrawn: { on: '2026-03-04', by: 'x', reason: 'We stop.' },
  });
  await own.site.project('en-GB');
  for (const path of [
    '/en-GB',
    '/en-GB/help',
    '/en-GB/lessons/A1',
    '/en-GB/lessons/A3/guide.pdf',
    '/en-GB/lessons/B1',
  ]) {
    const answer = await own.get(path);
    assert.equal(answer.status, 410, path);
    assert.match(await answer.text(), /0800 1111/, path);
  }
  assert.ok(!(await (await own.get('/')).text()).includes('href="/en-GB"'));
  await own.close();
});

test('a safety change is told at once with what not to teach, and withholds after its date', async () => {
  const own = await createFixture();
  safetyRelease(own.shelf, '2026-04-01');
  await own.site.projectAll();
  const told = await (await own.get('/en-GB/lessons/A3')).text();
  assert.match(told, /Safety change waiting/);
  assert.match(told, /The comic: gems for a private chat<\/span><\/li>/);
  assert.match(told, /1 April 2026/);
  assert.ok(!(await (await own.get('/en-GB/lessons/A1')).text()).includes('Safety change waiting'));
  own.clock.now = '2026-04-01T23:00:00.000Z';
  assert.equal(await own.site.project('en-GB'), false);
  own.clock.now = '2026-04-02T00:00:00.000Z';
  assert.equal(await own.site.project('en-GB'), true);
  const withheld = await own.get('/en-GB/lessons/A3');
  assert.equal(withheld.status, 410);
  assert.match(await withheld.text(), /Never ask for stories|no longer asks children/);
  assert.equal((await own.get('/en-GB/lessons/A3/pack.pdf')).status, 410);
  await own.close();
});
