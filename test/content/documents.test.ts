import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EpubCheck } from '@likecoin/epubcheck-ts';
import { strFromU8, unzipSync } from 'fflate';
import arabicBook from '../../locales/ar/book.json' with { type: 'json' };
import englishBook from '../../locales/en/book.json' with { type: 'json' };
import turkishBook from '../../locales/tr/book.json' with { type: 'json' };
import { writeGuideDocx, writeSheetDocx } from '../../src/formats/docx/writeDocx.ts';
import type { DocxPictures } from '../../src/formats/docx/writing.ts';
import { labelDrawing } from '../../src/formats/drawing/labelDrawing.ts';
import type { EpubPictures } from '../../src/formats/epub/bookSetting.ts';
import { type EpubLabels, writeEditionEpub } from '../../src/formats/epub/writeEpub.ts';
import { blocksOf } from '../../src/formats/page/blocksOf.ts';
import { urlLabel } from '../../src/formats/page/factInlines.ts';
import type { LessonPage } from '../../src/formats/page/lessonPage.ts';
import { plainText } from '../../src/formats/page/plainText.ts';
import { labels as sheetLabels } from '../files/pdf/fixturePages.ts';
import { readDocx, tablesInARow } from '../formats/docx/readDocx.ts';
import { readXml, within, wordsOf } from '../formats/readXml.ts';
import { offered, realPage } from './realPage.ts';
import { shelf } from './tree.ts';

const labels: Readonly<Record<string, EpubLabels>> = {
  'en-GB': { sheet: sheetLabels.en, book: englishBook },
  'tr-TR': { sheet: sheetLabels.tr, book: turkishBook },
  'ar-EG': { sheet: sheetLabels.ar, book: arabicBook },
};
const verify = { verifyUrl: 'https://headwater.example/verify/AAAAA-AAAAA', verifyLabel: 'headwater.example/verify' };

function epubPictures(page: LessonPage): EpubPictures {
  const found = blocksOf(page).flatMap(({ segment, drawing }) => {
    if (drawing === undefined) return [];
    const svg = shelf.drawings.get(drawing.name);
    assert.ok(svg, drawing.name);
    return [
      [segment, { kind: 'drawing', drawing: labelDrawing(svg, drawing.labels, page.imprint.direction) }] as const,
    ];
  });
  return Object.fromEntries(found);
}

/** One grey dot: what is looked at is where pictures stand and what is said of them. */
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);

function docxPictures(page: LessonPage): DocxPictures {
  return Object.fromEntries(
    blocksOf(page).flatMap(({ segment, drawing }) =>
      drawing === undefined ? [] : [[segment, { type: 'png', bytes: dot, width: 1000, height: 600 }] as const],
    ),
  );
}

const wordsIn = (text: string): string => text.replace(/[\u2066\u2069]/g, '').replace(/\s+/g, ' ');
/** Whom to call, in the order in which everything that a lesson hands out says it. */
const dialled = ({ help }: LessonPage): readonly string[] =>
  help.lines
    .filter(({ use }) => use !== 'report' && use !== 'removal')
    .map(({ display, url }) => display || urlLabel(url));

/** All that read from the right, and a third of the others: a document takes as long as a whole book. */
const chosen = offered.filter(([tag], index) => tag === 'ar-EG' || index % 3 === 0);

describe('lessons of every edition as Word documents', () => {
  test('are enough to tell', () => {
    for (const tag of Object.keys(labels)) assert.ok(chosen.filter(([edition]) => edition === tag).length >= 4, tag);
  });

  for (const [tag, id] of chosen) {
    test(`${tag} ${id}`, async () => {
      const page = realPage(tag, id, verify);
      const sheet = labels[tag]?.sheet;
      assert.ok(sheet);
      const pictures = docxPictures(page);
      const guide = readDocx(await writeGuideDocx(page, sheet, pictures));
      const steps = guide.paragraphs.filter(({ style }) => style === 'Heading3').map(({ text }) => wordsIn(text));
      for (const { number, title } of page.steps) {
        assert.ok(steps.includes(wordsIn(`${number} ${plainText([title])}`)), plainText([title]));
      }
      assert.ok(guide.text.includes(sheet.rightAnswer));
      const sheets = await Promise.all(
        page.sheetsToPrint.map(async (one) => readDocx(await writeSheetDocx(page, one, sheet, pictures))),
      );
      for (const docx of sheets) assert.ok(!docx.text.includes(`(${sheet.rightAnswer})`));
      for (const docx of [guide, ...sheets]) {
        assert.deepEqual(
          docx.paragraphs.filter(({ empty }) => empty),
          [],
        );
        assert.deepEqual(tablesInARow(docx), [], 'two tables would become one');
        assert.ok(docx.alts.every((alt) => alt.trim() !== ''));
        const rtl = docx.paragraphs.filter(({ text }) => /\p{Script=Arabic}/u.test(text));
        assert.ok(rtl.every(({ rightToLeft }) => rightToLeft));
        const foot = docx.parts.get('word/footer1.xml');
        assert.ok(foot);
        assert.deepEqual(
          within(foot, 'w:hyperlink').map((link) => wordsIn(wordsOf(link))),
          dialled(page),
        );
      }
      const drawn = page.sheetsToPrint.flatMap(({ blocks }) => blocks).filter(({ drawing }) => drawing !== undefined);
      const alts = sheets.flatMap((docx) => docx.alts);
      for (const { paragraphs } of drawn) {
        assert.ok(
          alts.some((alt) => alt.includes(plainText(paragraphs))),
          plainText(paragraphs),
        );
      }
    });
  }
});

describe('every edition as one book', () => {
  for (const tag of ['en-GB', 'tr-TR', 'ar-EG']) {
    test(tag, async () => {
      const words = labels[tag];
      assert.ok(words);
      const pages = offered.filter(([edition]) => edition === tag).map(([, id]) => realPage(tag, id, verify));
      const epub = writeEditionEpub(
        pages.map((page) => ({ page, pictures: epubPictures(page) })),
        words,
      );
      const { messages } = await EpubCheck.validate(epub);
      const bad = messages.filter(({ severity }) => severity !== 'info' && severity !== 'usage');
      assert.deepEqual(bad, []);
      const files = unzipSync(epub);
      const nav = within(readXml(strFromU8(files['book/nav.xhtml'] ?? new Uint8Array())), 'a').map(wordsOf);
      for (const page of pages) {
        assert.ok(nav.includes(`${page.lesson}: ${page.title}`), page.lesson);
        for (const { number, title } of page.steps) assert.ok(nav.includes(`${number} ${plainText([title])}`));
        const chapters = Object.keys(files).filter((name) => name.startsWith(`book/${page.lesson}/`));
        assert.equal(chapters.length, 1 + page.sheetsToPrint.length);
        for (const name of chapters) {
          const root = readXml(strFromU8(files[name] ?? new Uint8Array()));
          const help = within(root, 'section').find(({ attributes }) => attributes.class === 'help');
          const shown = help === undefined ? [] : within(help, 'a').map(wordsOf);
          assert.deepEqual(shown.slice(0, dialled(page).length), dialled(page), name);
          assert.ok(
            within(root, 'img').every(({ attributes }) => (attributes.alt ?? '').trim() !== ''),
            name,
          );
          if (!name.endsWith('/guide.xhtml')) assert.ok(!wordsOf(root).includes(`(${words.sheet.rightAnswer})`), name);
        }
      }
    });
  }
});
