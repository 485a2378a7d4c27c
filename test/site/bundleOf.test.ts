import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BundleSafety } from '../../src/formats/bundle/bundle.ts';
import { packBundle } from '../../src/formats/bundle/packBundle.ts';
import { writeCartridge } from '../../src/formats/cartridge/writeCartridge.ts';
import type { EditionBook } from '../../src/formats/files/editionFile.ts';
import { checkBundle } from '../../src/formats/offline/checkBundle.ts';
import { writeOffline } from '../../src/formats/offline/writeOffline.ts';
import { writeScorm } from '../../src/formats/scorm/writeScorm.ts';
import { bundleOf } from '../../src/site/bundleOf.ts';
import { createBundlePages } from '../../src/site/bundlePages.ts';
import { createBundleWriters } from '../../src/site/bundleWriters.ts';
import { createRenderer } from '../../src/site/render.ts';
import { bundlePages, riverBundle } from '../formats/bundle/riverBundle.ts';
import { textIn, unpacked } from '../formats/bundle/unpacked.ts';
import { words } from './words.ts';

const { lessons } = riverBundle('tr-TR');
const of = (name: string) => ({ name, sha256: 'd'.repeat(64), bytes: 9 });
const packed: EditionBook = {
  ...{
    edition: 'tr-TR',
    language: 'tr',
    country: 'TR',
    direction: 'ltr',
    demonstration: false,
    base: 'https://headwater.example',
  },
  exitUrl: 'https://weather.example/',
  publication: { number: 12, on: '2026-10-01', root: 'c'.repeat(64) },
  lessons: lessons.map(({ page }) => ({
    page,
    safety: null,
    files: [
      {
        ...of('pack.pdf'),
        file: { kind: 'pack', format: 'pdf', paper: 'a4' },
        savedName: `${page.lesson.toLowerCase()}_tr-TR_3_a4.pdf`,
        read: async () => Buffer.from(`%PDF ${page.lesson}`),
      },
      {
        ...of('sheet.docx'),
        file: { kind: 'sheet', name: page.sheetsToPrint[0]?.name ?? '', format: 'docx', paper: null },
        savedName: `${page.lesson.toLowerCase()}_tr-TR_3.docx`,
        read: async () => Buffer.from(`PK ${page.lesson}`),
      },
      {
        ...of('slides.pptx'),
        file: { kind: 'slides', format: 'pptx', paper: null },
        savedName: `${page.lesson.toLowerCase()}_tr-TR_3.pptx`,
        read: async () => Buffer.from(`PK ${page.lesson} slides`),
      },
    ],
  })),
};
const drawn = createBundlePages(createRenderer(words), words);
const sources = { words, pictureOf: async () => null };

test('an edition with its built files becomes a bundle: labels in its language, its address, its oldest baseline', async () => {
  const bundle = await bundleOf(packed, sources);
  const [first] = bundle.lessons;
  assert.deepEqual(
    first?.files.map(({ label }) => label),
    [`${words('tr', 'public:files.pack')}, A4`, first?.page.sheetsToPrint[0]?.title, 'Slaytlar'],
  );
  assert.equal(bundle.edition.address, 'https://headwater.example/tr-TR');
  assert.equal(bundle.edition.release, first?.page.imprint.release);
  assert.deepEqual(
    bundle.edition.help.lines.map(({ use }) => use),
    ['child', 'crisis', 'danger', 'report', 'removal'],
  );
  const zip = writeOffline(bundle, bundlePages);
  assert.equal(checkBundle(zip).kind, 'complete');
  assert.doesNotMatch(textIn(unpacked(zip), 'index.html'), /class="demo"/);
});

test('a lesson that waits for a safety change says so in its copy, and what not to teach', async () => {
  const set = { id: 'keep', severity: 'safety' as const, release: '1.9.0', on: '2026-03-01', own: null, source: null };
  const sets = [{ ...set, touched: { places: [{ number: 4, title: 'Anlat' }], parts: ['lead' as const] } }];
  const avoid = [{ number: 2, title: 'Sakla' }];
  const safety: BundleSafety = { sets, avoid, due: '2026-12-01' };
  const waiting = packed.lessons.map((each) => (each.page.lesson === 'B4' ? { ...each, safety } : each));
  const bundle = await bundleOf({ ...packed, lessons: waiting }, sources);
  const files = unpacked(writeOffline(bundle, bundlePages));
  const html = textIn(files, 'lessons/B4.html');
  for (const said of [
    'class="notice"',
    '1 Mart 2026',
    '<bdi>4. Anlat</bdi>',
    words('tr', 'public:lesson.leadPart'),
    '2. <span>Sakla</span>',
    '1 Aralık 2026',
  ]) {
    assert.ok(html.includes(said), said);
  }
  assert.doesNotMatch(textIn(files, 'lessons/C3.html'), /class="notice"/);
  assert.equal(textIn(files, 'index.html').split(words('tr', 'public:fresh.safety')).length, 2, 'once in the list');
});

test('drawn here and packed elsewhere, every bundle is the same to the byte as written at once', async () => {
  const bundle = await bundleOf(packed, sources);
  const at = { usb: writeOffline, scorm: writeScorm, cartridge: writeCartridge } as const;
  const writers = createBundleWriters({
    ...sources,
    version: '1',
    // As another process gets it: copied.
    pack: async (...given) => packBundle(...structuredClone(given)),
  });
  assert.deepEqual(
    writers.map(({ kind }) => kind),
    ['usb', 'scorm', 'cartridge'],
  );
  for (const { kind, build } of writers) {
    if (kind === 'wholeBook') assert.fail('a book is no bundle');
    const made = await build(packed);
    assert.ok(Buffer.from(made).equals(Buffer.from(at[kind](bundle, drawn))), kind);
  }
});
