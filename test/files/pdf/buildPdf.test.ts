import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { buildPdf, createPdfBuilder } from '../../../src/files/pdf/pdfBuilder.ts';
import { PdfError } from '../../../src/files/pdf/pdfError.ts';
import { startTypstChild, type TypstChild } from '../../../src/files/pdf/typstChild.ts';
import type { LessonPage, LessonSheet } from '../../../src/formats/page/lessonPage.ts';
import { guideInput, packInput } from '../../../src/formats/typst/guideInput.ts';
import { sheetInput } from '../../../src/formats/typst/sheetInput.ts';
import { sheetLabelKeys } from '../../../src/formats/typst/sheetLabels.ts';
import { comparable, readPdf } from '../../browser/pdfText.ts';
import { arabic } from '../../formats/page/arabicWords.ts';
import { english } from '../../formats/page/englishWords.ts';
import { turkish } from '../../formats/page/turkishWords.ts';
import { labels, pageOf } from './fixturePages.ts';

const builder = createPdfBuilder({ workers: 1 });
after(() => builder.close());

const sheetOf = (page: LessonPage): LessonSheet => {
  const sheet = page.sheetsToPrint[0];
  assert.ok(sheet);
  return sheet;
};
const draft = { draft: true, code: null, verifyUrl: null, verifyLabel: null, lessonEdition: null };
const ours = /^(NotoSans|NotoSerif|Vazirmatn)-/;

describe('the labels of sheets', () => {
  for (const [language, words] of Object.entries(labels)) {
    test(`${language} has every key and no other, with the placeholders of English`, () => {
      assert.deepEqual(Object.keys(words).sort(), [...sheetLabelKeys].sort());
      const holes = (text: string): string[] => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort();
      for (const key of sheetLabelKeys) assert.deepEqual(holes(words[key]), holes(labels.en[key]), key);
    });
  }
});

describe('the guide', () => {
  test('has title, steps, keys, help, imprint; is tagged and set in our fonts only', async () => {
    const pdf = await readPdf(await builder.build(guideInput(pageOf(english), labels.en)));
    const text = pdf.pages.join('\n');
    assert.equal(pdf.title, 'B4: When it goes wrong: get help, give help');
    assert.equal(pdf.language, 'en-GB');
    assert.ok(pdf.tagged);
    assert.ok(
      pdf.fonts.every((font) => ours.test(font)),
      pdf.fonts.join(),
    );
    for (const words of ['Recap and ground rules', 'Tell, and tell again', 'Practice step: do not shorten it']) {
      assert.ok(text.includes(words), words);
    }
    assert.ok(text.includes('Do not pay, do not send, tell (right answer)'));
    assert.ok(text.includes('0800 1111'));
    for (const page of pdf.pages) assert.ok(page.includes('9TRM4-W7CK2') && page.includes('Baseline 1.8.1'));
    assert.ok(!text.includes('DRAFT'));
  });
});

describe('a sheet', () => {
  test('is one page with its steps, numbers, code and page number', async () => {
    const page = pageOf(turkish);
    const pdf = await readPdf(await builder.build(sheetInput(page, sheetOf(page), labels.tr)));
    assert.equal(pdf.pages.length, 1);
    const text = pdf.pages[0] ?? '';
    for (const words of [
      'Bir şeyler ters giderse: beş adım',
      'Dur',
      'Engelle',
      'ALO 183',
      '112',
      'sayfa 1/1',
      '8 Eylül 2025',
    ]) {
      assert.ok(text.includes(words), words);
    }
  });

  test('without a BASE_URL prints the code and no address', async () => {
    const page = pageOf(turkish, { verifyUrl: null, verifyLabel: null });
    const pdf = await readPdf(await builder.build(sheetInput(page, sheetOf(page), labels.tr)));
    assert.match(pdf.pages[0] ?? '', /Bu dersin kodu:\s+9TRM4-W7CK2/);
    assert.ok(!pdf.pages.join().includes('headwater.example'));
  });

  test('in Arabic keeps every number in its order', async () => {
    const page = pageOf(arabic, { demonstration: true });
    const sheet = await readPdf(await builder.build(sheetInput(page, sheetOf(page), labels.ar)));
    const guide = await readPdf(await builder.build(guideInput(page, labels.ar)));
    const text = [...sheet.pages, ...guide.pages].join('\n');
    assert.equal(sheet.language, 'ar-EG');
    for (const number of [
      '16000',
      '122',
      '116 111',
      '10–12',
      '10-12',
      '1/4',
      '9TRM4-W7CK2',
      '1.8.1',
      'www.example.org/ar',
    ]) {
      assert.ok(text.includes(number), number);
    }
    assert.ok(!text.includes('111 116') && !text.includes('12–10') && !text.includes('12-10') && !text.includes('4/1'));
    assert.ok(text.includes(comparable('صفحة 1 من 2')), 'page numbers');
    assert.ok(text.includes(comparable('عندما يسوء الأمر: خمس خطوات')));
    assert.ok([...sheet.fonts, ...guide.fonts].every((font) => ours.test(font)));
    for (const one of [...sheet.pages, ...guide.pages])
      assert.ok(one.includes(comparable(labels.ar.demonstrationNotice)));
  });

  test('a draft is stamped on every page and has no code', async () => {
    const pdf = await readPdf(await builder.build(packInput(pageOf(english, draft), labels.en)));
    for (const page of pdf.pages.filter(Boolean)) assert.ok(page.includes('DRAFT') && page.includes('Not published'));
    assert.ok(!pdf.pages.join().includes('9TRM4'));
  });
});

describe('the pack', () => {
  test('has every sheet on the front of a leaf and no answer key on a pupil’s page', async () => {
    const { pages } = await readPdf(await builder.build(packInput(pageOf(english), labels.en)));
    // The first page names every sheet, too.
    const at = (words: string): number => pages.findLastIndex((page) => page.includes(words));
    for (const title of ['When it goes wrong: five steps', 'To parents and carers', 'Do you remember?']) {
      assert.equal(at(title) % 2, 0, title);
      assert.ok(at(title) > at('right answer'));
      assert.ok(!(pages[at(title)] ?? '').includes('right answer'));
      assert.ok(!(pages[at(title) - 1] ?? '').includes('right answer'));
    }
    assert.ok((pages.at(-1) ?? '').includes(`page ${pages.length} of ${pages.length}`));
  });
});

describe('the builder', () => {
  const input = guideInput(pageOf(english), labels.en);

  test('makes the same bytes in another process, and dates them by the lesson edition', async () => {
    const [one, two] = await Promise.all([builder.build(input), buildPdf(input)]);
    assert.ok(Buffer.from(one).equals(Buffer.from(two)));
    assert.match(Buffer.from(one).toString('latin1'), /<xmp:CreateDate>2025-10-06T/);
  });

  test('serves a row of documents through children that it replaces', async () => {
    const small = createPdfBuilder({ workers: 1, documentsEach: 2 });
    const made = await Promise.all(Array.from({ length: 5 }, () => small.build(input)));
    assert.equal(new Set(made.map((pdf) => Buffer.from(pdf).toString('base64'))).size, 1);
    small.close();
  });

  test('heavy documents are set one at a time, and light ones do not wait behind them', async () => {
    const page = pageOf(english);
    const light = sheetInput(page, sheetOf(page), labels.en);
    const heavyFrom = JSON.stringify(input).length;
    assert.ok(JSON.stringify(light).length < heavyFrom);
    const log: string[] = [];
    const workOf = new Map<TypstChild, string[]>();
    // What is heavy takes as long as the test says, however fast the machine is.
    const held = Promise.withResolvers<void>();
    const startChild = (): TypstChild => {
      const child = startTypstChild();
      const did: string[] = [];
      workOf.set(child, did);
      return {
        ...child,
        set: async (job, timeoutMs) => {
          const what = job.content.length < heavyFrom ? 'light' : 'heavy';
          log.push(`${what} begins`);
          did.push(what);
          const made = await child.set(job, timeoutMs);
          if (what === 'heavy') await held.promise;
          log.push(`${what} ends`);
          return made;
        },
      };
    };
    const both = createPdfBuilder({ workers: 2, heavyFrom, startChild });
    const heavy = Promise.all([both.build(input), both.build(input)]);
    const before = Buffer.from(await both.build(light));
    assert.deepEqual(log, ['heavy begins', 'light begins', 'light ends']);
    held.resolve();
    const [one, two] = await heavy;
    assert.deepEqual(log.slice(3), ['heavy ends', 'heavy begins', 'heavy ends']);
    assert.ok(Buffer.from(one).equals(Buffer.from(two)));
    // After heavy work, light work is done by another child: the same bytes.
    assert.ok(before.equals(Buffer.from(await both.build(light))));
    for (const did of workOf.values()) assert.doesNotMatch(did.join(), /heavy,light/);
    assert.equal([...workOf.values()].flat().length, 4);
    both.close();
  });

  test('content is never markup, and a glyph that no font has is refused without harm to the next', async () => {
    const titled = (title: string) => guideInput({ ...pageOf(english), title }, labels.en);
    const pdf = await readPdf(await builder.build(titled('#panic("x") $a$ *b* @c')));
    assert.ok((pdf.pages[0] ?? '').includes('#panic("x") $a$ *b* @c'));
    await assert.rejects(
      builder.build(titled('🙂')),
      (error) => error instanceof PdfError && error.reason === 'refused',
    );
    assert.ok((await builder.build(input)).length > 10_000);
  });

  test('gives up on what takes too long, and on what waits when it is closed', async () => {
    const hasty = createPdfBuilder({ workers: 1, timeoutMs: 1 });
    await assert.rejects(hasty.build(input), { reason: 'tookTooLong' });
    hasty.close();
    await assert.rejects(hasty.build(input), { reason: 'closed' });
  });
});
