import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { EditionPointer } from '../../src/site/pointer.ts';
import { documentWriter } from './formatWriters.ts';
import { recallOf } from './recalls.ts';
import { editionOf, publish, releaseOf, safetyRelease } from './shelf.ts';
import { createFixture } from './siteFixture.ts';

let site: Awaited<ReturnType<typeof createFixture>>;
before(async () => {
  site = await createFixture();
  await site.site.projectAll();
});
after(() => site.close());

const text = async (path: string, headers: Record<string, string> = {}): Promise<string> =>
  (await site.get(path, headers)).text();
const asked = (tag: string, question: string): string => `/${tag}?q=${encodeURIComponent(question)}`;
const lessonsIn = (html: string): readonly string[] => [
  ...new Set([...html.matchAll(/href="\/[^"/]+\/lessons\/([A-Z]\d)"/g)].map((match) => match[1] ?? '')),
];

const indexOf = async (from: typeof site): Promise<string | undefined> =>
  (JSON.parse(await readFile(join(from.folder, 'editions/en-GB.json'), 'utf8')) as EditionPointer).search?.object;

test('a word is found in every language as its readers type it, and the page says where it stands', async () => {
  const english = await text(asked('en-GB', 'comic'));
  assert.deepEqual(lessonsIn(english), ['A3']);
  assert.match(english, /<mark>comic<\/mark>/i);
  assert.match(english, /1 of 5 lessons? fits?/);
  assert.match(english, /<meta name="robots" content="noindex">/);
  assert.deepEqual(lessonsIn(await text(asked('en-GB', 'comc'))), ['A3'], 'a slip');
  assert.match(await text(asked('en-GB', 'comc')), /words that are close/);
  for (const question of ['çizgi öykü', 'cizgi oyku', 'ÇİZGİ', 'cızgı']) {
    assert.deepEqual(lessonsIn(await text(asked('tr-TR', question))), ['A3'], question);
  }
  for (const question of ['الألعاب', 'العاب', 'أَلْعَاب', 'القصّة المصوّرة', 'القصه']) {
    assert.ok(lessonsIn(await text(asked('ar-EG', question))).includes('A3'), question);
  }
});

test('a search and the filters are one address, and each can be dropped', async () => {
  const html = await text('/en-GB?q=who&age=7-9');
  assert.match(html, /value="who"/);
  assert.match(html, /href="\/en-GB\?age(?:=|&#x3D;)7-9" aria-label="Remove: who"/);
  assert.match(html, /href="\/en-GB\?q(?:=|&#x3D;)who" aria-label="Remove: Ages 7 to 9"/);
  assert.match(await text('/en-GB?format=handout'), /1 of 5 lessons? fits?/);
  assert.deepEqual(lessonsIn(await text('/en-GB?format=handout')), ['A3']);
  assert.deepEqual(lessonsIn(await text('/en-GB?age=adults')), ['D1']);
  assert.match(await text('/en-GB'), /For parents and staff/);
});

test('sessions for parents and for staff are told apart, and a form of file can be asked for', async (t) => {
  const own = await createFixture({}, { lessons: [documentWriter()] });
  t.after(() => own.close());
  own.shelf.lessons.forEach((published, hash) => {
    const { lesson } = published;
    if (lesson.fields.group !== 'adults') return;
    const fields = { ...lesson.fields, adults: 'parents' as const };
    own.shelf.lessons.set(hash, { ...published, lesson: { ...lesson, fields } });
  });
  await own.site.projectAll();
  const read = async (path: string) => (await own.get(path)).text();
  const head = await read('/tr-TR');
  assert.match(head, /<option value="parents">Anne babalar ve bakım verenler için</);
  assert.ok(!head.includes('value="staff"'), 'no session is for staff');
  assert.deepEqual(lessonsIn(await read('/en-GB?age=parents')), ['D1']);
  assert.match(await read('/en-GB?age=parents'), /aria-label="Remove: For parents and carers"/);
  assert.equal(lessonsIn(await read('/en-GB?age=staff')).length, 5, 'what nobody can choose is no choice');
  const word = await read('/ar-EG?format=docx');
  assert.match(word, /<optgroup label="كملف">.*<option value="docx" selected>ملف Word \(DOCX\)</);
  assert.match(word, /<a href="\/ar-EG\/lessons\/A3\/guide\.docx" aria-label="DOCX: [^"]+">DOCX<\/a> [١-٩] ك\.ب/);
  assert.match(await read('/ar-EG?format=pdf'), /href="\/ar-EG\/lessons\/A3\/pack\.pdf"/);
  assert.equal(await read('/en-GB?format=exe'), await read('/en-GB'));
});

test('words that a safety change overtook, and lessons taken back, are not found', async () => {
  const own = await createFixture();
  safetyRelease(own.shelf);
  await own.site.projectAll();
  const html = await (await own.get(asked('en-GB', 'Maya'))).text();
  assert.deepEqual(lessonsIn(html), [], 'Maya stands only in the step that must not be taught');
  assert.deepEqual(lessonsIn(await (await own.get(asked('en-GB', 'comic'))).text()), ['A3']);
  const before = await indexOf(own);
  own.shelf.recalls = [recallOf({ kind: 'lesson', lesson: 'A3' })];
  await own.site.project('en-GB');
  const taken = await (await own.get(asked('en-GB', 'comic'))).text();
  assert.ok(!taken.includes('<mark>') && /0 of 4 lessons/.test(taken));
  assert.equal(await indexOf(own), before, 'a recall does not wait for a new index');
  await own.close();
});

test('absurd questions get a clear page and the right status', async () => {
  const long = await site.get(asked('tr-TR', 'x'.repeat(201)));
  assert.equal(long.status, 400);
  assert.equal(long.headers.get('cache-control'), 'no-store');
  assert.match(await long.text(), /en çok 200 harf/);
  const empty = await text(asked('en-GB', '!!! …'));
  assert.match(empty, /There is no word in that/);
  assert.equal(lessonsIn(empty).length, 5);
  assert.equal(await text('/en-GB?q='), await text('/en-GB'));
  const nasty = await text(asked('en-GB', '"><script>alert(1)</script>'));
  assert.ok(!nasty.includes('<script>alert'));
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (question) => {
      const answer = await site.get(
        `/ar-EG?q=${encodeURIComponent(question.toWellFormed())}&age=%00&format=${'9'.repeat(40)}`,
      );
      assert.equal(answer.status, 200);
      assert.match(await answer.text(), /<html lang="ar" dir="rtl">/);
    }),
    { numRuns: 60 },
  );
  for (const query of ['q=%E0%A4%A', 'q=%00%01', 'q=a&q=b', 'q[]=1', 'age=7-9&age=x&minutes=-1&topic=%']) {
    assert.equal((await site.get(`/en-GB?${query}`)).status, 200, query);
  }
});

test('a plan of each age band has its lessons in order with minutes, and an unknown band has none', async () => {
  const plan = await text('/en-GB/plans/B');
  assert.deepEqual(lessonsIn(plan), ['B1', 'B4']);
  assert.match(plan, /Together 90 minutes/);
  assert.match(await text('/en-GB/plans/A'), /paper screen for every three children/);
  assert.match(await text('/en-GB'), /href="\/en-GB\/plans\/A"/);
  assert.equal((await site.get('/en-GB/plans/Z')).status, 404);
});

test('a lesson says what it is to catalogues, leads on, and keeps the words for a child who tells one tap away', async () => {
  const html = await text('/tr-TR/lessons/A3');
  const data = JSON.parse(/<script type="application\/ld\+json">([^<]*)<\/script>/.exec(html)?.[1] ?? '');
  assert.equal(data['@type'], 'LearningResource');
  assert.deepEqual(
    [data.inLanguage, data.timeRequired, data.typicalAgeRange, data.dateModified],
    ['tr', 'PT40M', '7-9', '2026-02-10'],
  );
  assert.equal(data.encoding[0].contentUrl, '/tr-TR/lessons/A3/pack.pdf');
  assert.match(html, /href="\/tr-TR\/lessons\/A1" rel="prev"/);
  assert.ok(!html.includes('rel="next"'), 'the last one of its band');
  const anchors = [...html.matchAll(/href="#([^"]+)"/g)].map((match) => match[1] ?? '');
  assert.ok(anchors.includes('tells') && anchors.includes('steps'));
  for (const anchor of anchors) assert.ok(html.includes(`id="${anchor}"`), anchor);
  assert.match(html, /<details class="fold"><summary>/);
});

test('a lesson is listed in every language that has it, and only there', async () => {
  const html = await text('/lessons/A3', { 'accept-language': 'tr' });
  assert.match(html, /<html lang="tr"/);
  for (const tag of ['en-GB', 'tr-TR', 'ar-EG']) assert.ok(html.includes(`href="/${tag}/lessons/A3"`), tag);
  assert.match((await site.get('/lessons/A3')).headers.get('vary') ?? '', /Accept-Language/);
  for (const path of ['/lessons/Z9', '/lessons/', '/lessons/..%2f', '/lessons/__proto__']) {
    assert.equal((await site.get(path)).status, 404, path);
  }
});

test('what changed is told in the words of the edition: in English the summary, elsewhere the parts touched', async () => {
  const own = await createFixture();
  safetyRelease(own.shelf);
  await own.site.projectAll();
  const changed = async (path: string) =>
    /id="changed".*?<\/section>/s.exec(await (await own.get(path)).text())?.[0] ?? '';
  assert.match(await changed('/en-GB/lessons/A3'), /Not yet in this edition.*no longer asks children/);
  const turkish = await changed('/tr-TR/lessons/A3');
  assert.ok(!turkish.includes('no longer asks'), turkish);
  assert.match(turkish, /Güvenlik/);
  assert.match(turkish, /1 Mart 2026/);
  assert.match(turkish, /2\. Çizgi öykü: özel sohbet için elmas/);
  const summaries = { 'no-questions': { text: 'Çocuklara başlarından geçen <sorulmaz>.', by: 'p', on: '2026-03-02' } };
  own.shelf.editions = own.shelf.editions.map((edition) =>
    edition.tag === 'tr-TR' ? { ...edition, summaries } : edition,
  );
  await own.site.project('tr-TR');
  const told = await (await own.get('/tr-TR/lessons/A3')).text();
  assert.equal(told.split('Çocuklara başlarından geçen &lt;sorulmaz&gt;.').length, 3, 'in the notice and below');
  assert.ok(!told.includes('no longer asks'));
  const page = await (await own.get('/tr-TR/changes')).text();
  assert.ok(page.includes('Çocuklara başlarından geçen &lt;sorulmaz&gt;.') && !page.includes('no longer asks'), page);
  await own.close();
});

test('the home page proposes: one edition that stands out, or all that speak the language, and forces none', async () => {
  const own = await createFixture();
  const swiss = editionOf('en-IE');
  own.shelf.editions.push(swiss);
  publish(own.shelf, swiss, 1, '2026-02-11');
  own.shelf.releases = [releaseOf('1.0.0', '2026-01-15', 'content')];
  await own.site.projectAll();
  const home = async (language: string) => (await own.get('/', { 'accept-language': language })).text();
  assert.match(await home('en-IE,en'), /class="button" href="\/en-IE"/);
  const both = /class="suggested">In your language:.*?<\/p>/s.exec(await home('en'))?.[0] ?? '';
  assert.ok(both.includes('/en-GB') && both.includes('/en-IE') && !both.includes('/tr-TR'));
  const answer = await own.get('/', { 'accept-language': 'tr-TR' });
  assert.deepEqual([answer.status, answer.headers.get('vary')], [200, 'Accept-Encoding, Accept-Language']);
  assert.match(await answer.text(), /href="\/en-GB"/, 'every edition stays in reach');
  await own.close();
});

test('from the home page to the file of a lesson it takes three taps', async () => {
  const follow = async (path: string, pattern: RegExp, headers: Record<string, string> = {}): Promise<string> =>
    pattern.exec(await text(path, headers))?.[1] ?? '';
  const edition = await follow('/', /class="button" href="(\/[^"]+)"/, { 'accept-language': 'ar-EG' });
  const lesson = await follow(edition, /<h3><a href="([^"]+)"/);
  const file = await follow(lesson, /class="button pack" href="([^"]+)"/);
  const answer = await site.get(file);
  assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'application/pdf']);
});
