import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { readDrawings } from '../../../src/files/drawings.ts';
import { createClassroomFiles } from '../../../src/files/pdf/classroomFiles.ts';
import { buildPdf, createPdfBuilder } from '../../../src/files/pdf/pdfBuilder.ts';
import { buildPptx } from '../../../src/files/slides/buildPptx.ts';
import { deckOf } from '../../../src/formats/slides/deckOf.ts';
import { slideNotesInput, slidesInput } from '../../../src/formats/typst/slidesInput.ts';
import { comparable, readPdf } from '../../browser/pdfText.ts';
import { readPptx } from '../../formats/pptx/readPptx.ts';
import { deckPage } from '../../formats/slides/slideWords.ts';
import { labels } from './fixturePages.ts';

const builder = createPdfBuilder({ workers: 1 });
after(() => builder.close());
const files = createClassroomFiles(builder);
const drawings = readDrawings(join(import.meta.dirname, '../../../content/baseline/drawings'));
const ours = /^(NotoSans|NotoSerif|Vazirmatn)-/;

for (const tongue of ['en', 'tr', 'ar'] as const) {
  test(`slides in ${tongue}: one a page, tagged, in our fonts, each with its foot`, async () => {
    const page = deckPage(tongue, { demonstration: true });
    const { slides } = deckOf(page, labels[tongue]);
    const pdf = await readPdf(await files.build(page, { kind: 'slides' }));
    assert.equal(pdf.pages.length, slides.length);
    assert.ok(pdf.tagged && pdf.fonts.every((font) => ours.test(font)), pdf.fonts.join());
    assert.equal(pdf.language, page.imprint.edition);
    for (const text of pdf.pages) {
      for (const words of ['9TRM4-W7CK2', '1.8.1', 'CC BY-SA 4.0', page.imprint.edition])
        assert.ok(text.includes(words));
      assert.ok(text.includes(comparable(labels[tongue].demonstrationNotice)));
    }
    const last = pdf.pages.at(-1) ?? '';
    for (const { display, url } of page.help.lines.filter(({ use }) => use === 'child' || use === 'danger')) {
      assert.ok(last.includes(display) && url === '', `${display} in ${last}`);
    }
  });
}

test('in Arabic every number keeps its order', async () => {
  const pages = await Promise.all(
    (['slides', 'slideNotes'] as const).map(async (kind) => readPdf(await files.build(deckPage('ar'), { kind }))),
  );
  for (const pdf of pages) {
    const text = pdf.pages.join('\n');
    for (const number of ['16000', '116 111', '10–12', '1/4', 'www.example.org/ar'])
      assert.ok(text.includes(number), number);
    assert.ok(!text.includes('111 116') && !text.includes('12–10') && !text.includes('4/1'));
  }
});

describe('slides on paper', () => {
  for (const tongue of ['en', 'ar'] as const) {
    test(`are on A4 and on Letter, with the numbers to call on every page (${tongue})`, async () => {
      const page = deckPage(tongue);
      const main = page.help.lines.filter(({ use }) => use === 'child' || use === 'danger');
      for (const [paper, box] of [
        ['a4', [595, 842]],
        ['letter', [612, 792]],
      ] as const) {
        const pdf = await readPdf(await files.build(page, { kind: 'slideNotes' }, paper));
        for (const size of pdf.sizes) assert.deepEqual(size, box);
        for (const text of pdf.pages) {
          for (const { display } of main) assert.ok(text.includes(display), `${display} in ${text}`);
        }
      }
    });
  }

  test('stand beside their notes, which the ones for the screen do not have', async () => {
    const page = deckPage('en');
    const paper = (await readPdf(await files.build(page, { kind: 'slideNotes' }))).pages.join('\n');
    const screen = (await readPdf(await files.build(page, { kind: 'slides' }))).pages.join('\n');
    assert.ok(paper.includes('Hold up a pass card.') && paper.includes('We listen.') && paper.includes('slide 2 of 4'));
    assert.ok(!screen.includes('Hold up a pass card.') && screen.includes('We listen.'));
  });
});

test('a draft is stamped on every page and has no code', async () => {
  const page = deckPage('en', { draft: true, code: null, verifyUrl: null, verifyLabel: null, lessonEdition: null });
  for (const input of [slidesInput(page, labels.en), slideNotesInput(page, labels.en)]) {
    const pdf = await readPdf(await builder.build(input));
    for (const text of pdf.pages) assert.ok(text.includes('DRAFT') && text.includes('Not published'));
    assert.ok(!pdf.pages.join().includes('9TRM4'));
  }
});

test('the same slides are the same bytes in another process', async () => {
  const input = slidesInput(deckPage('tr'), labels.tr);
  const [one, two] = await Promise.all([builder.build(input), buildPdf(input)]);
  assert.ok(Buffer.from(one).equals(Buffer.from(two)));
});

test('PowerPoint and PDF have the same slides', async () => {
  const page = deckPage('en');
  const office = readPptx(await buildPptx(page, labels.en, drawings, async () => null));
  const pdf = await readPdf(await files.build(page, { kind: 'slides' }));
  assert.equal(office.slides.length, pdf.pages.length);
  for (const [at, { title }] of office.slides.entries()) assert.ok(pdf.pages[at]?.includes(comparable(title)), title);
});
