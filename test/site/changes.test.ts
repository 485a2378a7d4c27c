import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SaxesParser } from 'saxes';
import { servePublic } from '../../src/publicServer.ts';
import { atomFeed, type Feed, feedId } from '../../src/site/atom.ts';
import { editionOf, publish, safetyRelease } from './shelf.ts';
import { createFixture } from './siteFixture.ts';

let site: Awaited<ReturnType<typeof createFixture>>;
before(async () => {
  site = await createFixture();
  safetyRelease(site.shelf);
  // Türkiye takes the safety change with its second publication; the United Kingdom only corrects a number.
  const turkish = editionOf('tr-TR', { publication: 2, demonstration: true });
  const second = publish(site.shelf, turkish, 2, '2026-03-04', '183 00');
  const taken = second.lessons.map((entry) => (entry.lesson === 'A3' ? { ...entry, release: '1.1.0' } : entry));
  site.shelf.publications[site.shelf.publications.length - 1] = {
    ...second,
    lessons: taken.filter(({ lesson }) => lesson !== 'D1'),
  };
  const british = editionOf('en-GB', { publication: 2 });
  publish(site.shelf, british, 2, '2026-03-03', '0800 2222');
  site.shelf.editions = [british, turkish, editionOf('ar-EG')];
  await site.site.projectAll();
});
after(() => site.close());

const text = async (path: string, headers: Record<string, string> = {}): Promise<string> =>
  (await site.get(path, headers)).text();

type Element = { readonly name: string; readonly attributes: Readonly<Record<string, string>>; text: string };

/** Every element of a feed, read by an XML parser that knows namespaces; throws for what is not well-formed. */
function elementsOf(xml: string): readonly Element[] {
  const parser = new SaxesParser({ xmlns: true });
  const found: Element[] = [];
  const open: Element[] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    const values = Object.entries(attributes).map(([name, { value }]) => [name, value]);
    const element = {
      name: uri.endsWith('Atom') ? local : `x:${local}`,
      attributes: Object.fromEntries(values),
      text: '',
    };
    found.push(element);
    open.push(element);
  });
  parser.on('text', (more) => {
    const last = open.at(-1);
    if (last) last.text += more;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return found;
}

const all = (elements: readonly Element[], name: string) => elements.filter((each) => each.name === name);
const linksOf = (elements: readonly Element[]) =>
  all(elements, 'link').map(({ attributes }) => [attributes.rel, attributes.href]);

/** What RFC 4287 asks of every feed. */
function assertAtom(xml: string, language: string): readonly Element[] {
  const elements = elementsOf(xml);
  const entries = all(elements, 'entry').length;
  assert.equal(elements[0]?.name, 'feed');
  assert.equal(elements[0]?.attributes['xml:lang'], language);
  for (const name of ['id', 'title', 'updated']) assert.equal(all(elements, name).length, entries + 1, name);
  const ids = all(elements, 'id').map((each) => each.text);
  assert.equal(new Set(ids).size, ids.length, 'ids are unique');
  for (const id of ids)
    assert.match(id, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  for (const { text: at } of all(elements, 'updated')) assert.match(at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
  for (const { text: title } of all(elements, 'title')) assert.notEqual(title.trim(), '');
  assert.equal(all(elements, 'author').length, 1);
  assert.equal(all(elements, 'content').length, entries);
  const rels = linksOf(elements).map(([rel]) => rel);
  assert.deepEqual(rels, ['self', 'alternate', ...Array(entries).fill('alternate')]);
  return elements;
}

test('the page of an edition says what waits and what every publication brought', async () => {
  const british = await text('/en-GB/changes');
  assert.match(british, /Changes of the baseline that wait[\s\S]*The comic step no longer asks/);
  assert.match(british, /id="p2"[\s\S]*A3[\s\S]*Words or national information of this edition changed[\s\S]*id="p1"/);
  assert.match(british, /The first publication of this edition/);
  const turkish = await text('/tr-TR/changes');
  assert.match(turkish, /<html lang="tr"/);
  const second = turkish.slice(turkish.indexOf('id="p2"'), turkish.indexOf('id="p1"'));
  assert.match(second, /Güvenlik[\s\S]*1 Mart 2026[\s\S]*Değişen yerler: <bdi>2\. Çizgi öykü/);
  assert.ok(!turkish.includes('no longer asks'), 'nobody has to read a foreign sentence');
  assert.match(second, /D1[\s\S]*artık bu baskıda yok/);
  assert.match(await text('/ar-EG/changes'), /<html lang="ar" dir="rtl"/);
});

test('the head of an edition leads to its changes and its feed', async () => {
  const head = await text('/tr-TR');
  assert.match(head, /<link rel="alternate" type="application\/atom\+xml" href="\/tr-TR\/changes\.atom"/);
  assert.match(head, /<a href="\/tr-TR\/changes">/);
});

test('the feed of an edition is Atom in its language, with whole addresses', async () => {
  const answer = await site.get('/tr-TR/changes.atom');
  assert.equal(answer.headers.get('content-type'), 'application/atom+xml; charset=utf-8');
  const xml = await answer.text();
  const elements = assertAtom(xml, 'tr');
  assert.deepEqual(linksOf(elements).slice(0, 3), [
    ['self', 'https://headwater.example/tr-TR/changes.atom'],
    ['alternate', 'https://headwater.example/tr-TR/changes'],
    ['alternate', 'https://headwater.example/tr-TR/changes#p2'],
  ]);
  assert.ok((await text('/tr-TR/changes')).includes('id="p2"'), 'the address of an entry is there');
  assert.deepEqual(
    all(elements, 'category').map(({ attributes }) => attributes.term),
    ['safety'],
  );
  assert.ok(!xml.includes('no longer asks') && !xml.includes('xml:lang="en"'), xml);
  assert.match(xml, /<p>Değişen yerler: 2\. Çizgi öykü/);
  assertAtom(await text('/ar-EG/changes.atom'), 'ar');
  const again = await site.get('/tr-TR/changes.atom', { 'if-none-match': answer.headers.get('etag') ?? '' });
  assert.equal(again.status, 304);
});

test('a printed code and a page that was taken off tell of a change in the words of the edition, too', async (t) => {
  const own = await createFixture();
  t.after(() => own.close());
  safetyRelease(own.shelf);
  const firstOf = (tag: string) =>
    own.shelf.publications.find(({ edition, number }) => edition === tag && number === 1);
  const codeOf = (tag: string) => firstOf(tag)?.lessons.find(({ lesson }) => lesson === 'A3')?.code ?? '';
  for (const tag of ['tr-TR', 'en-GB']) {
    const edition = editionOf(tag, { publication: 2 });
    const second = publish(own.shelf, edition, 2, '2026-03-04', '183 00');
    const lessons = second.lessons.map((entry) => (entry.lesson === 'A3' ? { ...entry, release: '1.1.0' } : entry));
    own.shelf.publications[own.shelf.publications.length - 1] = { ...second, lessons };
    own.shelf.editions = own.shelf.editions.map((each) => (each.tag === tag ? edition : each));
  }
  await own.site.projectAll();
  const read = async (path: string) => (await own.get(path)).text();
  const turkish = await read(`/verify/${codeOf('tr-TR')}`);
  assert.match(turkish, /Güvenlik<\/span>[\s\S]*1\.1\.0[\s\S]*1 Mart 2026[\s\S]*Değişen yerler: <bdi>2\. Çizgi öykü/);
  assert.ok(!turkish.includes('no longer asks'), turkish);
  assert.match(await read(`/verify/${codeOf('en-GB')}`), /<span>The comic step no longer asks/);
  const summaries = { 'no-questions': { text: 'Çocuklara sorulmaz.', by: 'p', on: '2026-03-02' } };
  own.shelf.editions = own.shelf.editions.map((each) => (each.tag === 'tr-TR' ? { ...each, summaries } : each));
  await own.site.project('tr-TR');
  const told = await read(`/verify/${codeOf('tr-TR')}`);
  assert.ok(told.includes('Çocuklara sorulmaz.') && !told.includes('Değişen yerler'), told);
  own.clock.now = '2026-04-02T10:00:00.000Z';
  await own.site.projectAll();
  const gone = await own.get('/ar-EG/lessons/A3');
  assert.equal(gone.status, 410);
  const arabic = await gone.text();
  assert.match(arabic, /class="rows sets"[\s\S]*١ مارس ٢٠٢٦[\s\S]*ما تغيّر: <bdi>٢\. /);
  assert.ok(!arabic.includes('no longer asks'), arabic);
});

test('ids stay when an edition is published again', async () => {
  const idsOf = async () => all(elementsOf(await text('/en-GB/changes.atom')), 'id').map((each) => each.text);
  const earlier = await idsOf();
  publish(site.shelf, editionOf('en-GB'), 3, '2026-03-05', '0800 3333');
  site.shelf.editions[0] = editionOf('en-GB', { publication: 3 });
  await site.site.project('en-GB');
  const later = await idsOf();
  assert.equal(later.length, earlier.length + 1);
  assert.deepEqual(later.toSpliced(1, 1), earlier);
});

test('the baseline tells every release, in the reader’s words around its own', async () => {
  const page = await text('/baseline/changes?language=tr');
  assert.match(
    page,
    /<html lang="tr"[\s\S]*id="r1\.1\.0"[\s\S]*<strong lang="en" dir="ltr">Never ask for stories[\s\S]*1 Nisan 2026[\s\S]*id="r1\.0\.0"/,
  );
  assert.match(await text('/baseline/changes', { 'accept-language': 'ar' }), /<html lang="ar" dir="rtl"/);
  const elements = assertAtom(await text('/baseline/changes.atom'), 'en');
  assert.deepEqual(
    all(elements, 'category').map(({ attributes }) => attributes.term),
    ['safety', 'content'],
  );
});

test('without a public address, addresses in feeds are relative to the site', async (t) => {
  for (const baseUrl of [null, 'http://127.0.0.1:3000']) {
    const server = await servePublic({ host: '127.0.0.1', port: 0, publicFolder: site.folder, baseUrl }, (problem) => {
      throw problem;
    });
    t.after(() => server.close());
    const elements = elementsOf(await (await fetch(`${server.address}/baseline/changes.atom`)).text());
    for (const [, href] of linksOf(elements)) assert.match(href ?? '', /^\/baseline\/changes/);
  }
});

test('an edition that was withdrawn has no changes to follow', async (t) => {
  const own = await createFixture();
  t.after(() => own.close());
  const withdrawn = { on: '2026-03-01', by: 'p', reason: 'It ended.' };
  own.shelf.editions = [editionOf('en-GB', { publication: null, withdrawn })];
  await own.site.projectAll();
  for (const path of ['/en-GB/changes', '/en-GB/changes.atom', '/en-GB/lessons/A3/feedback']) {
    assert.equal((await own.get(path)).status, 410, path);
  }
});

test('whatever stands in a text, the feed stays XML', () => {
  const hostile = 'a & b < c > "d" ]]> \u0000\u0008\u000b\ufffe \ud800 <script>';
  const feed: Feed = {
    ...{
      id: feedId('x'),
      title: hostile,
      language: 'en',
      dir: 'ltr' as const,
      author: hostile,
      self: '/x?a&b',
      page: '/"',
    },
    ...{ base: null, begun: '2026-01-01T00:00:00Z' },
    entries: [
      {
        ...{ id: feedId('y'), title: hostile, updated: '2026-01-01T00:00:00Z', href: '/"><x', severity: null },
        lines: [{ text: hostile, language: 'tr"' }],
      },
    ],
  };
  const elements = assertAtom(atomFeed(feed), 'en');
  assert.ok(!elements.some(({ name }) => name.includes('script')));
  assert.match(all(elements, 'title')[0]?.text ?? '', /^a & b < c > "d" \]\]> {2}\ufffd <script>$/);
});
