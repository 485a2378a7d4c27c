import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { coverageView } from '../../src/site/pages/coverageView.ts';
import type { IndexEdition, SiteIndex } from '../../src/site/pointer.ts';
import { safetyRelease } from './shelf.ts';
import { createFixture } from './siteFixture.ts';

const edition = (tag: string, over: Partial<IndexEdition> = {}): IndexEdition => ({
  ...{ tag, language: tag.slice(0, 2), country: tag.slice(3), demonstration: false, publication: 1 },
  ...{ on: '2026-02-10', release: '1.2.0', standing: 'current', behind: 0, waiting: [] },
  ...over,
});
const release = (number: string, severity: 'content' | 'safety' = 'content') => ({
  ...{ number, on: '2026-01-01', severity, summary: '' },
});
const index: SiteIndex = {
  format: 1,
  releases: [release('1.0.0'), release('1.1.0', 'safety'), release('1.2.0')],
  latestSafety: null,
  editions: [
    edition('tr-TR'),
    edition('en-GB', { release: '1.1.0', behind: 1, standing: 'behind' }),
    edition('ar-EG', {
      ...{ release: '1.0.0', behind: 2, standing: 'safety', waiting: [{ id: 's', release: '1.1.0' }] },
    }),
  ],
};

test('those come first who have something to catch up; each line runs as far as its edition stands', () => {
  const { data } = coverageView(index, 'en');
  assert.deepEqual(
    data.rows.map((row) => row.edition.tag),
    ['ar-EG', 'en-GB', 'tr-TR'],
  );
  assert.deepEqual([data.current, data.waiting, data.total], [1, 1, 3]);
  const [late, behind, current] = data.rows.map(({ line }) => line);
  assert.deepEqual(
    late?.knots.map(({ missed }) => missed),
    [true, false],
  );
  assert.ok(late && behind && current && late.at < behind.at && behind.at < current.at);
  assert.deepEqual([current.open, current.knots.some(({ missed }) => missed)], [null, false]);
});

test('the table has release, releases behind, safety changes and date, and needs the index alone', async (t) => {
  const site = await createFixture();
  t.after(() => site.close());
  safetyRelease(site.shelf);
  await site.site.projectAll();
  for (const gone of ['objects', 'editions']) await rm(join(site.folder, gone), { recursive: true });
  const answer = await site.get('/coverage', { 'accept-language': 'en' });
  assert.equal(answer.status, 200);
  const html = await answer.text();
  const [table = '', picture = ''] = html.split('</table>');
  assert.ok(table.indexOf('<table') > 0 && picture.includes('<svg'), 'the table comes before the picture');
  const rows = [...table.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
    row
      .replace(/<svg[\s\S]*?<\/svg>/g, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  assert.equal(rows[0], 'Country and language Baseline release Releases behind Safety changes waiting Published on');
  assert.equal(
    rows[1],
    'Egypt, العربية Safety change waiting Published on: 10 February 2026 1.0.0 1 1 10 February 2026',
  );
  assert.equal(rows.length, 4);
  assert.equal((picture.match(/class="missed" d="M\d+ 4l/g) ?? []).length, 3);
  assert.ok(!/<text/.test(picture), 'no words inside a drawing');
  assert.match(await (await site.get('/coverage?language=ar')).text(), /<html lang="ar" dir="rtl"/);
});

test('before anything is published it says so', async (t) => {
  const site = await createFixture();
  t.after(() => site.close());
  const answer = await site.get('/coverage');
  assert.deepEqual([answer.status, /No edition has been published yet/.test(await answer.text())], [200, true]);
  assert.equal((await site.get('/baseline/changes')).status, 200);
  assert.equal((await site.get('/baseline/changes.atom')).status, 200);
});

test('400 editions stay small on the wire', async () => {
  const many = Array.from({ length: 400 }, (_, at) =>
    edition(`tr-${String.fromCharCode(65 + (at % 26), 65 + ((at * 7) % 26))}`, {
      release: index.releases[at % 3]?.number ?? '',
    }),
  );
  const { brotliCompressSync } = await import('node:zlib');
  const { createRenderer } = await import('../../src/site/render.ts');
  const { words } = await import('./words.ts');
  const releases = Array.from({ length: 40 }, (_, at) => release(`1.${at}.0`, at % 4 === 0 ? 'safety' : 'content'));
  const { frame, data } = coverageView({ ...index, releases, editions: many }, 'en');
  const { html } = createRenderer(words).page('coverage', frame, data);
  const bytes = brotliCompressSync(html).length;
  assert.ok(bytes < 50_000, `${bytes} bytes`);
});
