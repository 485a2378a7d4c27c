import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as rest } from 'node:timers/promises';
import { strFromU8, unzipSync } from 'fflate';
import type { ClassroomFiles } from '../../src/files/pdf/classroomFiles.ts';
import { FileError } from '../../src/formats/files/fileError.ts';
import { servePublic } from '../../src/publicServer.ts';
import type { EditionPointer } from '../../src/site/pointer.ts';
import { documentWriter, stickWriter } from './formatWriters.ts';
import { recallOf } from './recalls.ts';
import { editionOf, publish } from './shelf.ts';
import { createFixture } from './siteFixture.ts';

type Fixture = Awaited<ReturnType<typeof createFixture>>;
const open: Fixture[] = [];
after(() => Promise.all(open.map((each) => each.close())));

async function fixture(...given: Parameters<typeof createFixture>): Promise<Fixture> {
  const made = await createFixture(...given);
  open.push(made);
  return made;
}
/** A reader who waits until the test is over: how long that is, is not decided by the machine. */
const patient = { patience: 60_000 };
const bytesOf = async (answer: Response): Promise<Uint8Array> => new Uint8Array(await answer.arrayBuffer());
const countOf = ({ site }: Fixture, group: string, tag = 'en-GB') =>
  site.files(tag)?.groups.find((each) => each.group === group);

test('a new format is one entry: it has its address, type, name and size, and the edition’s file holds the packs', async () => {
  const own = await fixture({}, { lessons: [documentWriter()], editions: [stickWriter()] });
  await own.site.project('en-GB');
  const word = await own.get('/en-GB/lessons/A3/guide.docx');
  assert.equal(
    word.headers.get('content-type'),
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  );
  assert.match(word.headers.get('content-disposition') ?? '', /"a3-[a-z-]+-guide_en-GB_1\.docx"/);
  assert.ok(strFromU8(unzipSync(await bytesOf(word))['title.txt'] ?? new Uint8Array()).length > 5);
  const stick = await own.get('/en-GB/package/usb.zip');
  assert.equal(stick.headers.get('content-type'), 'application/zip');
  assert.equal(stick.headers.get('content-disposition'), 'inline; filename="headwater_en-GB_1_usb.zip"');
  const inside = await bytesOf(stick);
  assert.deepEqual(Object.keys(unzipSync(inside)).sort(), [
    'A1/pack.pdf',
    'A3/pack.pdf',
    'B1/pack.pdf',
    'B4/pack.pdf',
    'D1/pack.pdf',
    'lessons.json',
  ]);
  const lesson = await (await own.get('/en-GB/lessons/A3')).text();
  assert.match(lesson, /aria-label="Teacher guide, DOCX, \d+ KB"/);
  assert.match(lesson, /aria-label="Teacher guide, PDF A4, 2 KB"/);
  assert.match(lesson, /aria-label="Teacher guide, PDF Letter, 2 KB"/);
  const edition = await (await own.get('/en-GB')).text();
  assert.match(edition, /aria-label="For a USB stick, ZIP, \d+ KB"/);
  assert.ok(edition.includes(createHash('sha256').update(inside).digest('hex')), 'its sum stands on the page');
  assert.deepEqual(own.site.files('en-GB')?.failures, []);
  assert.deepEqual(
    own.site.files('en-GB')?.groups.map(({ group, built, of }) => [group, built, of]),
    [
      ['pack', 10, 10],
      ['print', 12, 12],
      ['word', 5, 5],
      ['usb', 1, 1],
    ],
  );
});

test('what a page names and what its sum says are the same bytes, on the country’s paper first', async () => {
  const own = await fixture();
  own.shelf.editions.push(editionOf('en-US'));
  publish(own.shelf, own.shelf.editions.at(-1) as (typeof own.shelf.editions)[number], 1, '2026-02-10');
  await own.site.project('en-US');
  const html = await (await own.get('/en-US/lessons/A3')).text();
  const [button] = /<a class="button pack" href="([^"]+)"/.exec(html) ?? [];
  assert.ok(button?.includes('/en-US/lessons/A3/pack.letter.pdf'));
  const sums = [...html.matchAll(/<dt dir="ltr">([^<]+)<\/dt><dd dir="ltr">([0-9a-f]{64})<\/dd>/g)];
  assert.equal(sums.length, 6);
  const [first] = sums;
  const bytes = await bytesOf(await own.get('/en-US/lessons/A3/pack.letter.pdf'));
  assert.deepEqual(first?.[2], createHash('sha256').update(bytes).digest('hex'));
  assert.match(first?.[1] ?? '', /_en-US_1_letter\.pdf$/);
  const list = await (await own.get('/en-US')).text();
  assert.ok(list.includes('href="/en-US/lessons/A3/pack.letter.pdf"'));
});

test('files are built in the order of importance', async () => {
  const order: string[] = [];
  const word = documentWriter('1', { build: async ({ lesson }) => Buffer.from(`${order.push('word')} ${lesson}`) });
  const build: ClassroomFiles['build'] = async (page, file, paper) =>
    Buffer.from(`%PDF ${order.push(`${file.kind} ${paper}`)} ${page.lesson}`);
  const own = await fixture({ build }, { lessons: [word] }, { atOnce: 1 });
  await own.site.project('en-GB');
  const places = ['pack a4', 'guide a4', 'pack letter', 'guide letter', 'word'].map((what) => [
    order.indexOf(what),
    order.lastIndexOf(what),
  ]);
  for (const [index, [first = 0]] of places.entries()) {
    if (index > 0) assert.ok(first > (places[index - 1]?.[1] ?? 0), order.join());
  }
});

test('no more files are built at once than allowed', async () => {
  const two = Promise.withResolvers<void>();
  let [now, most] = [0, 0];
  const own = await fixture({
    build: async (page, file, paper) => {
      most = Math.max(most, ++now);
      if (now === 2) two.resolve();
      // The first one waits until there are two; then each leaves time for a third.
      await two.promise;
      await rest(2);
      now--;
      return Buffer.from(`%PDF ${page.lesson} ${file.kind} ${paper}`);
    },
  });
  await own.site.project('en-GB');
  assert.equal(most, 2);
});

test('a format that fails blocks no other, says why, and is tried again at the next projection', async () => {
  let broken = true;
  let tries = 0;
  const failing = documentWriter('1', {
    build: async (page) => {
      if (page.lesson === 'A3') tries++;
      if (broken && page.lesson === 'A3') throw new FileError('refused', 'no glyph for U+1F642');
      return Buffer.from(page.title);
    },
  });
  const own = await fixture({}, { lessons: [failing], editions: [stickWriter()] });
  await own.site.project('en-GB');
  assert.deepEqual(countOf(own, 'word'), { group: 'word', built: 4, of: 5 });
  assert.deepEqual(countOf(own, 'usb'), { group: 'usb', built: 1, of: 1 });
  assert.deepEqual(own.site.files('en-GB')?.failures, [
    { lesson: 'A3', file: 'guide.docx', group: 'word', reason: 'refused', detail: 'no glyph for U+1F642' },
  ]);
  assert.equal(tries, 1);
  const page = await (await own.get('/en-GB/lessons/A3')).text();
  assert.match(page, /DOCX: not available now/);
  assert.ok(!page.includes('guide.docx"'));
  const asked = await own.get('/en-GB/lessons/A3/guide.docx');
  assert.equal(asked.status, 503);
  assert.match(await asked.text(), /cannot be made now/);
  assert.equal(tries, 1, 'readers do not make it try again');
  broken = false;
  await own.site.project('en-GB');
  assert.equal(tries, 2);
  assert.deepEqual(own.site.files('en-GB')?.failures, []);
  assert.equal((await own.get('/en-GB/lessons/A3/guide.docx')).status, 200);
});

test('what could not be made is told once for a round, not again while nothing else fails, and is tried when somebody asks', async () => {
  const broken = new Set(['A1', 'A3']);
  const told: (readonly string[])[] = [];
  // The last one fails first: the order in which they are told is that of the lessons.
  const lastFailed = Promise.withResolvers<void>();
  const failing = documentWriter('1', {
    build: async (page) => {
      if (page.lesson === 'A1') await lastFailed.promise;
      if (page.lesson === 'A3') setImmediate(lastFailed.resolve);
      if (broken.has(page.lesson)) throw new FileError('workerDied', 'killed');
      return Buffer.from(page.title);
    },
  });
  const own = await fixture(
    {},
    { lessons: [failing] },
    { failedFiles: async (tag, failures) => void told.push([tag, ...failures.map(({ lesson }) => `${lesson}`)]) },
  );
  await own.site.project('en-GB');
  assert.deepEqual(told, [['en-GB', 'A1', 'A3']]);
  assert.deepEqual(
    own.site.files('en-GB')?.failures.map(({ lesson }) => lesson),
    ['A1', 'A3'],
  );
  await own.site.project('en-GB');
  assert.equal(told.length, 1, 'the same failures an hour later are no news');
  assert.equal(own.bare.retryFiles('en-GB'), 2);
  await own.bare.settled();
  assert.deepEqual([told.length, countOf(own, 'word')?.built], [1, 3]);
  broken.delete('A1');
  assert.equal(own.bare.retryFiles('en-GB'), 2);
  await own.bare.settled();
  assert.equal((await own.get('/en-GB/lessons/A1/guide.docx')).status, 200);
  assert.deepEqual([told.length, own.site.files('en-GB')?.failures.length], [1, 1]);
  broken.clear();
  assert.equal(own.bare.retryFiles('en-GB'), 1);
  await own.bare.settled();
  assert.equal(own.bare.retryFiles('en-GB'), 0);
  assert.match(await (await own.get('/en-GB/lessons/A3')).text(), /aria-label="Teacher guide, DOCX/);
});

test('the edition’s file is built once for a publication, and anew without a lesson that was recalled', async () => {
  let made = 0;
  const stick = stickWriter();
  const own = await fixture({}, { editions: [{ ...stick, build: (book) => stick.build(book).finally(() => made++) }] });
  await own.site.project('en-GB');
  await own.site.project('en-GB');
  assert.equal(made, 1);
  own.shelf.recalls = [recallOf({ kind: 'lesson', lesson: 'A3' })];
  await own.site.project('en-GB');
  assert.equal(made, 2);
  const inside = unzipSync(await bytesOf(await own.get('/en-GB/package/usb.zip')));
  assert.ok(!Object.keys(inside).some((name) => name.startsWith('A3/')));
  assert.ok(!strFromU8(inside['lessons.json'] ?? new Uint8Array()).includes('A3'));
  own.shelf.recalls = [];
  await own.site.project('en-GB');
  assert.equal(made, 2, 'the one from before is still there');
});

test('a link to a file that is not there yet builds it before all others, without the store', async () => {
  const gate = Promise.withResolvers<void>();
  const built: string[] = [];
  const build: ClassroomFiles['build'] = async (page, file, paper) => {
    if (page.lesson === 'A1' || page.lesson === 'B1') await gate.promise;
    built.push(`${page.lesson} ${file.kind} ${paper}`);
    return Buffer.from(`%PDF ${page.lesson}`);
  };
  const own = await fixture({ build }, {}, patient);
  await own.bare.project('en-GB');
  // Both places are taken: the reader waits, and gets it as soon as one is free.
  const waits = own.readerWaits();
  const asked = own.get('/en-GB/lessons/D1/guide.letter.pdf');
  await waits;
  own.shelf.editions = [];
  gate.resolve();
  const answer = await asked;
  assert.deepEqual([answer.status, await answer.text()], [200, '%PDF D1']);
  assert.ok(built.indexOf('D1 guide letter') < 4, built.join());
  await own.bare.settled();
});

test('a reader waits so long and no longer, and is told when to come back', async () => {
  const gate = Promise.withResolvers<void>();
  const own = await fixture({ build: () => gate.promise.then(() => Buffer.from('%PDF')) });
  await own.bare.project('en-GB');
  const answer = await own.get('/en-GB/lessons/A3/pack.pdf');
  assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '20']);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.match(await answer.text(), /is being made/);
  // Served apart from who builds, it says the same at once, in the edition's language, with the helplines.
  await own.bare.project('ar-EG');
  const config = { host: '127.0.0.1', port: 0, publicFolder: own.folder, baseUrl: null, contact: null };
  const alone = await servePublic(config, (problem) => assert.fail(String(problem)));
  const apart = await fetch(`${alone.address}/ar-EG/lessons/A3/pack.pdf`);
  assert.deepEqual([apart.status, apart.headers.get('retry-after')], [503, '20']);
  const html = await apart.text();
  assert.match(html, /<html lang="ar" dir="rtl">.*هذا الملف قيد الإعداد.*href="\/ar-EG\/lessons\/A3"/s);
  assert.match(html, /<bdi dir="ltr">16 000<\/bdi>/);
  await alone.close();
  gate.resolve();
  await own.bare.settled();
  assert.equal((await own.get('/en-GB/lessons/A3/pack.pdf')).status, 200);
});

test('what is recalled while a reader waits for it is not handed out', async () => {
  const gate = Promise.withResolvers<void>();
  const own = await fixture({ build: () => gate.promise.then(() => Buffer.from('%PDF')) }, {}, patient);
  await own.bare.project('en-GB');
  const waits = own.readerWaits();
  const asked = own.get('/en-GB/lessons/A3/pack.pdf');
  await waits;
  own.shelf.recalls = [recallOf({ kind: 'lesson', lesson: 'A3' })];
  await own.bare.project('en-GB');
  gate.resolve();
  assert.equal((await asked).status, 410);
  await own.bare.settled();
});

test('a publication that comes while a reader waits hands out its own file, never the one before', async () => {
  const gate = Promise.withResolvers<void>();
  const build: ClassroomFiles['build'] = (page) =>
    gate.promise.then(() => Buffer.from(`%PDF ${page.help.lines[0]?.display}`));
  const own = await fixture({ build }, {}, patient);
  await own.bare.project('en-GB');
  const waits = own.readerWaits();
  const asked = own.get('/en-GB/lessons/A3/pack.pdf');
  await waits;
  const edition = own.shelf.editions[0] as (typeof own.shelf.editions)[number];
  publish(own.shelf, edition, 2, '2026-03-03', '0800 2222');
  own.shelf.editions[0] = editionOf('en-GB', { publication: 2 });
  await own.bare.project('en-GB');
  gate.resolve();
  const answer = await asked;
  const text = await answer.text();
  assert.ok(answer.status === 503 || text === '%PDF 0800 2222', `${answer.status} ${text}`);
  await own.bare.settled();
  assert.equal(await (await own.get('/en-GB/lessons/A3/pack.pdf')).text(), '%PDF 0800 2222');
});

test('a publication waits a moment for the class packs and goes out without those that take longer or fail', async () => {
  const [slow, moment] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const build: ClassroomFiles['build'] = async (page, file) => {
    if (page.lesson === 'A3') throw new FileError('tookTooLong', '30000 ms');
    if (page.lesson === 'B1') await slow.promise;
    return Buffer.from(`%PDF ${page.lesson} ${file.kind}`);
  };
  const own = await fixture({ build }, {}, { headStart: () => moment.promise });
  const [edition] = own.shelf.editions;
  const [publication] = own.shelf.publications;
  assert.ok(edition && publication);
  const seen: (readonly [number, number])[] = [];
  await own.bare.prepare(edition, publication, own.shelf.lessons, (done, of) => {
    seen.push([done, of]);
    // The first two, A1 and A3, are over; the moment is, too.
    if (done === 2) moment.resolve();
  });
  const last = seen.at(-1);
  assert.deepEqual([seen[0], last?.[1]], [[0, 11], 11]);
  const told = seen.length;
  await own.bare.project('en-GB');
  const pointer = JSON.parse(await readFile(join(own.folder, 'editions/en-GB.json'), 'utf8')) as EditionPointer;
  assert.equal(pointer.entries['/en-GB/lessons/A1/pack.pdf']?.code, undefined);
  assert.equal(pointer.entries['/en-GB/lessons/A3/pack.pdf']?.code, 503);
  assert.equal(pointer.entries['/en-GB/lessons/B1/pack.pdf']?.code, 503);
  slow.resolve();
  await own.bare.settled();
  assert.equal(seen.length, told, 'nothing is told after it is over');
  const failures = own.site.files('en-GB')?.failures ?? [];
  assert.deepEqual([...new Set(failures.map(({ lesson, reason }) => `${lesson} ${reason}`))], ['A3 tookTooLong']);
  assert.equal((await own.get('/en-GB/lessons/B1/pack.pdf')).status, 200);
});

test('closed while files wait: nothing is marked as failed, and the next start goes on', async () => {
  const gate = Promise.withResolvers<void>();
  const own = await createFixture({ build: () => gate.promise.then(() => Buffer.from('%PDF')) });
  await own.bare.project('en-GB');
  const closing = own.bare.close();
  gate.resolve();
  await closing;
  assert.deepEqual(own.site.files('en-GB')?.failures, []);
  assert.ok((countOf(own, 'pack')?.built ?? 9) < 3);
  await own.close();
});

test('a large file comes from disk in parts, and one that is gone is a 500', async () => {
  const large = Buffer.from(Array.from({ length: 3_000_000 }, (_, place) => place % 251));
  const own = await fixture({}, { editions: [stickWriter('1', { build: async () => large })] });
  await own.site.project('en-GB');
  const path = '/en-GB/package/usb.zip';
  const whole = await own.get(path);
  assert.equal(whole.headers.get('content-length'), '3000000');
  assert.ok(large.equals(await bytesOf(whole)));
  const part = await own.get(path, { range: 'bytes=2999990-' });
  assert.deepEqual([part.status, part.headers.get('content-range')], [206, 'bytes 2999990-2999999/3000000']);
  assert.ok(large.subarray(-10).equals(await bytesOf(part)));
  assert.equal((await own.get(path, { range: 'bytes=3000000-' })).status, 416);
  const head = await own.get(path, {}, 'HEAD');
  assert.deepEqual([head.headers.get('content-length'), (await bytesOf(head)).length], ['3000000', 0]);
  const tag = whole.headers.get('etag') ?? '';
  assert.equal((await own.get(path, { 'if-none-match': tag })).status, 304);
  // A reader who goes away in the middle leaves no file open and harms nobody.
  const gone = new AbortController();
  const answer = await fetch(own.origin + path, { signal: gone.signal });
  await answer.body?.getReader().read();
  gone.abort();
  assert.equal((await own.get(path)).status, 200);
  const pointer = JSON.parse(await readFile(join(own.folder, 'editions/en-GB.json'), 'utf8')) as EditionPointer;
  await rm(join(own.folder, pointer.entries[path]?.object ?? ''));
  assert.equal((await own.get(path)).status, 500);
  assert.equal((await own.get('/healthz')).status, 200);
});
