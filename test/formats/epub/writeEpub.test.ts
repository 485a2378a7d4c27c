import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { EpubCheck } from '@likecoin/epubcheck-ts';
import { strFromU8, unzipSync } from 'fflate';
import arabicBook from '../../../locales/ar/book.json' with { type: 'json' };
import englishBook from '../../../locales/en/book.json' with { type: 'json' };
import turkishBook from '../../../locales/tr/book.json' with { type: 'json' };
import { identifierOf } from '../../../src/formats/epub/bookParts.ts';
import { bookLabelKeys } from '../../../src/formats/epub/bookSetting.ts';
import { type EpubLabels, writeEditionEpub, writeLessonEpub } from '../../../src/formats/epub/writeEpub.ts';
import type { LessonPage } from '../../../src/formats/page/lessonPage.ts';
import { plainText } from '../../../src/formats/page/plainText.ts';
import { pageOf, labels as sheetLabels } from '../../files/pdf/fixturePages.ts';
import { arabic } from '../page/arabicWords.ts';
import { english } from '../page/englishWords.ts';
import { turkish } from '../page/turkishWords.ts';
import { readXml, within, wordsOf } from '../readXml.ts';

const labels: Readonly<Record<'en' | 'tr' | 'ar', EpubLabels>> = {
  en: { sheet: sheetLabels.en, book: englishBook },
  tr: { sheet: sheetLabels.tr, book: turkishBook },
  ar: { sheet: sheetLabels.ar, book: arabicBook },
};
const samples = [
  ['en', pageOf(english)],
  ['tr', pageOf(turkish)],
  ['ar', pageOf(arabic)],
] as const;

/** The checker's errors and warnings, in words. */
async function complaints(epub: Uint8Array): Promise<readonly string[]> {
  const { messages } = await EpubCheck.validate(epub);
  return messages
    .filter(({ severity }) => severity !== 'info' && severity !== 'usage')
    .map(({ id, message, location }) => `${id} ${message} ${location?.path}:${location?.line}`);
}

const filesOf = (epub: Uint8Array): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(unzipSync(epub)).map(([name, bytes]) => [name, strFromU8(bytes)]));

test('the labels of books are whole in every language', () => {
  for (const { book } of Object.values(labels)) assert.deepEqual(Object.keys(book).sort(), [...bookLabelKeys].sort());
});

for (const [language, page] of samples) {
  describe(`a lesson as a book in ${language}`, () => {
    const epub = writeLessonEpub(page, labels[language]);
    const files = filesOf(epub);

    test('has no error and no warning', async () => assert.deepEqual(await complaints(epub), []));

    test('begins with its type, stored', () => {
      assert.equal(strFromU8(epub.subarray(30, 58)), 'mimetypeapplication/epub+zip');
    });

    test('says its language, direction, day, licence and how accessible it is', () => {
      const opf = readXml(files['book/book.opf'] ?? '');
      const meta = (property: string) =>
        within(opf, 'meta')
          .filter(({ attributes }) => attributes.property === property)
          .map(wordsOf);
      const tag = { en: 'en-GB', tr: 'tr-TR', ar: 'ar-EG' }[language];
      assert.deepEqual(within(opf, 'dc:language', 'dc:rights').map(wordsOf), [tag, 'CC BY-SA 4.0']);
      assert.equal(
        within(opf, 'spine')[0]?.attributes['page-progression-direction'],
        language === 'ar' ? 'rtl' : 'ltr',
      );
      assert.deepEqual(meta('dcterms:modified'), [`${page.imprint.lessonEdition?.on}T00:00:00Z`]);
      assert.ok(meta('schema:accessibilityFeature').includes('tableOfContents'));
      assert.deepEqual(meta('schema:accessibilitySummary'), [labels[language].book.accessibility]);
    });

    test('has a chapter for the guide and each sheet, every one with help and imprint, no keys on sheets', () => {
      const chapters = Object.entries(files).filter(([name]) => /^book\/[^/]+\/.*\.xhtml$/.test(name));
      assert.equal(chapters.length, 1 + page.sheetsToPrint.length);
      for (const [name, xhtml] of chapters) {
        const root = readXml(xhtml);
        assert.equal(root.attributes.dir, page.imprint.direction);
        assert.equal(within(root, 'h1').length, 1, name);
        const help = within(root, 'section').find(({ attributes }) => attributes.class === 'help');
        assert.ok(help, name);
        const calls = within(help, 'a').map(({ attributes }) => attributes.href ?? '');
        const wanted = page.help.lines.filter(
          ({ use, dial }) => dial !== '' && ['child', 'crisis', 'danger'].includes(use),
        );
        assert.deepEqual(
          calls.slice(0, wanted.length),
          wanted.map(({ dial }) => `tel:${dial}`),
        );
        for (const bdi of within(help, 'bdi')) assert.equal(bdi.attributes.dir, 'ltr');
        const words = wordsOf(root);
        for (const part of ['9TRM4-W7CK2', page.imprint.release, 'CC BY-SA 4.0', page.imprint.edition]) {
          assert.ok(words.includes(part), `${name} ${part}`);
        }
        for (const paragraph of within(root, 'p', 'li', 'dd', 'h2', 'h3').filter(
          ({ attributes }) => attributes.class !== 'blank',
        )) {
          assert.ok(
            wordsOf(paragraph).trim() !== '' || within(paragraph, 'img').length > 0,
            `${name} has an empty element`,
          );
        }
        const key = labels[language].sheet.rightAnswer;
        const keyed = page.questions.some(({ answers }) => answers.some(({ right }) => right));
        assert.equal(words.includes(key), keyed && name.endsWith('/guide.xhtml'), `${name} ${key}`);
      }
    });

    test('leads from its contents to every step', () => {
      const nav = readXml(files['book/nav.xhtml'] ?? '');
      const links = within(nav, 'a').map((link) => ({ href: link.attributes.href ?? '', words: wordsOf(link) }));
      const guide = readXml(files[`book/${page.lesson}/guide.xhtml`] ?? '');
      const headings = within(guide, 'h3').map(wordsOf);
      for (const { number, title } of page.steps) {
        const words = `${number} ${plainText([title])}`;
        assert.ok(headings.includes(words), words);
        assert.ok(
          links.some((link) => link.href.endsWith(`#step-${number}`) && link.words === words),
          words,
        );
      }
    });
  });
}

const shown = {
  ...{ segment: 'x.1', kind: 'picture', policy: 'adaptable' },
  paragraphs: [[{ kind: 'text', text: 'Three "lights" & a line' }]],
  drawing: { name: 'traffic-light', labels: ['سن 10-12', 'Go & stop'] },
} as const satisfies LessonPage['lead'][number];
const texts = [
  { text: 'سن 10-12', x: 10, y: 5, width: 20, size: 8, bold: false },
  { text: 'Go & stop', x: 50, y: 5, width: 20, size: 8, bold: true },
];
const drawing = {
  svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40" data-mirror="yes"><path d="M0 0h9"/></svg>',
  ...{ width: 100, height: 40, texts },
};

test('a drawing is in the book with its words, once, and a hostile one is escaped', async () => {
  const page = { ...pageOf(arabic), lead: [shown, { ...shown, segment: 'x.2' }] };
  const pictures = { 'x.1': { kind: 'drawing', drawing }, 'x.2': { kind: 'drawing', drawing } } as const;
  const epub = writeLessonEpub(page, labels.ar, pictures);
  assert.deepEqual(await complaints(epub), []);
  const files = filesOf(epub);
  const drawn = Object.entries(files).filter(([, text]) => text.includes('M0 0h9'));
  assert.equal(drawn.length, 1);
  const svg = readXml(drawn[0]?.[1] ?? '');
  assert.deepEqual(within(svg, 'tspan').map(wordsOf), ['سن', '\u206610-12\u2069', 'Go &', 'stop']);
  const guide = readXml(files['book/B4/guide.xhtml'] ?? '');
  const alts = within(guide, 'img').map(({ attributes }) => attributes.alt);
  assert.equal(alts.filter((alt) => alt === 'Three "lights" & a line (سن 10-12 · Go & stop)').length, 2);
  assert.throws(() => writeLessonEpub(page, labels.ar), /no picture for x\.1/);
});

test('words that are still in the source’s language say so', async () => {
  const source = {
    ...{ segment: 'x.2', kind: 'paragraph', policy: 'adaptable', untranslated: true },
    paragraphs: [[{ kind: 'text', text: 'Not yet in Arabic \u0007<b>' }]],
  } as const satisfies LessonPage['lead'][number];
  const epub = writeLessonEpub({ ...pageOf(arabic), lead: [source] }, labels.ar);
  assert.deepEqual(await complaints(epub), []);
  const guide = readXml(filesOf(epub)['book/B4/guide.xhtml'] ?? '');
  const english = within(guide, 'div').find(
    (one) => wordsOf(one).trim() === 'Not yet in Arabic <b>' && one.attributes.dir === 'ltr',
  );
  assert.equal(english?.attributes.lang, 'en');
});

test('a draft says on every chapter that it is one, and has no code', async () => {
  const page = pageOf(english, { draft: true, code: null, verifyUrl: null, verifyLabel: null, lessonEdition: null });
  const epub = writeLessonEpub(page, labels.en);
  assert.deepEqual(await complaints(epub), []);
  for (const [name, text] of Object.entries(filesOf(epub)).filter(([name]) => name.includes('/B4/'))) {
    assert.ok(text.includes(sheetLabels.en.draftNotice) && !text.includes('9TRM4'), name);
  }
});

test('an edition is one book: its name, all lessons in order, the newest day', async () => {
  const first = pageOf(english);
  const second = { ...first, lesson: 'B5', title: 'Another & more' };
  const lessons = [first, second].map((page) => ({ page, pictures: {} }));
  const epub = writeEditionEpub(lessons, labels.en);
  assert.deepEqual(await complaints(epub), []);
  const files = filesOf(epub);
  const opf = readXml(files['book/book.opf'] ?? '');
  assert.deepEqual(within(opf, 'dc:title').map(wordsOf), ['Lessons for United Kingdom']);
  assert.deepEqual(within(opf, 'dc:identifier').map(wordsOf), [identifierOf('en-GB')]);
  const nav = within(readXml(files['book/nav.xhtml'] ?? ''), 'a').map(wordsOf);
  assert.ok(nav.indexOf(`B4: ${first.title}`) < nav.indexOf('B5: Another & more'));
  assert.throws(() => writeEditionEpub([], labels.en), /needs a lesson/);
});

test('the same lesson is the same book, in every zone and locale', () => {
  const page = pageOf(turkish);
  const first = writeLessonEpub(page, labels.tr);
  assert.deepEqual(writeLessonEpub(page, labels.tr), first);
  const script = `
    import { createHash } from 'node:crypto';
    import book from './locales/tr/book.json' with { type: 'json' };
    import { writeLessonEpub } from './src/formats/epub/writeEpub.ts';
    import { labels, pageOf } from './test/files/pdf/fixturePages.ts';
    import { turkish } from './test/formats/page/turkishWords.ts';
    const epub = writeLessonEpub(pageOf(turkish), { sheet: labels.tr, book });
    console.log(createHash('sha256').update(epub).digest('hex'));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: new URL('../../..', import.meta.url),
    env: { ...process.env, TZ: 'America/St_Johns', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
    encoding: 'utf8',
  });
  assert.equal(stdout.trim(), createHash('sha256').update(first).digest('hex'), stderr);
});
