import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bundle } from '../../../src/formats/bundle/bundle.ts';
import { writeOffline } from '../../../src/formats/offline/writeOffline.ts';
import { invalidHtml } from '../../browser/servedHtml.ts';
import { bundlePages, type River, riverBundle } from '../bundle/riverBundle.ts';
import { linkFaults, textIn, unpacked } from '../bundle/unpacked.ts';

const base = 'https://headwater.example';
/** Where a page may lead when somebody presses: the edition's address, the licence, the way out, helplines. */
function mayLeaveTo({ edition }: Bundle): RegExp {
  const helplines = edition.help.lines.flatMap(({ url }) => (url === '' ? [] : [url]));
  const known = [`${base}/`, 'https://creativecommons.org/licenses/', 'https://weather.example/', ...helplines];
  return new RegExp(`^(${known.map((address) => RegExp.escape(address)).join('|')})`);
}

for (const tag of ['en-GB', 'tr-TR', 'ar-EG'] as const satisfies readonly River[]) {
  test(`${tag}: every link leads somewhere inside, every page is valid and carries help and origin`, async () => {
    const bundle = riverBundle(tag);
    const files = unpacked(writeOffline(bundle, bundlePages));
    assert.deepEqual(linkFaults(files, mayLeaveTo(bundle)), []);
    assert.equal([...files.keys()][0], 'index.html');
    const pages = [...files.keys()].filter((path) => path.endsWith('.html'));
    assert.equal(pages.length, 3 + bundle.lessons.length);
    for (const path of pages) {
      const html = textIn(files, path);
      assert.deepEqual(await invalidHtml(html), [], path);
      const dir = tag === 'ar-EG' ? 'rtl' : 'ltr';
      assert.ok(html.includes(`<html lang="${tag.slice(0, 2)}" dir="${dir}">`), path);
      for (const { display, dial } of bundle.edition.help.lines.filter(
        ({ use }) => use === 'child' || use === 'danger',
      )) {
        assert.ok(html.includes(`href="tel:${dial}"><bdi dir="ltr">${display}</bdi>`), `${path}: ${display}`);
      }
      for (const said of [tag, 'CC BY-SA 4.0', 'https://weather.example/'])
        assert.ok(html.includes(said), `${path}: ${said}`);
    }
    for (const { page } of bundle.lessons) {
      const html = textIn(files, `lessons/${page.lesson}.html`);
      assert.ok(html.includes(`<bdi dir="ltr">${page.imprint.code}</bdi>`), 'the code');
      assert.ok(html.includes(`${base}/verify/${page.imprint.code}`), 'where it is asked');
      assert.ok(html.includes(page.imprint.release), 'the baseline');
      assert.doesNotMatch(html, /<script/, 'a lesson needs no script');
      assert.doesNotMatch(html, /missingFact|\{[a-z.]+\}|bundle:|public:/, 'all words are there');
    }
  });
}

test('without an address nothing leads to one, and the page says where to ask', () => {
  const files = unpacked(writeOffline(riverBundle('en-GB', null), bundlePages));
  const html = textIn(files, 'lessons/B4.html');
  assert.doesNotMatch(html, /\/verify|headwater\.example|127\.0\.0\.1|localhost/);
  assert.match(html, /Ask where you got it whether there is a newer one\./);
  assert.equal(JSON.parse(textIn(files, 'manifest.json')).address, null);
});

test('the index finds words as readers cut them', () => {
  const script = textIn(unpacked(writeOffline(riverBundle('tr-TR'), bundlePages)), 'search-index.js');
  const holder: { headwaterSearch?: { words: Record<string, number[]>; lessons: { lesson: string }[] } } = {};
  new Function('globalThis', script)(holder);
  const index = holder.headwaterSearch;
  assert.ok(index);
  assert.deepEqual(
    index.lessons.map(({ lesson }) => lesson),
    ['B4', 'C3'],
  );
  assert.ok(index.words.internette, 'İnternette, in small letters of Turkish');
  assert.ok(!Object.hasOwn(index.words, 'i\u0307nternette'));
  const [place, weight = 0] = index.words.şantaj ?? [];
  assert.ok(place !== undefined && weight > 0);
});
