import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { createClassroomFiles } from '../../src/files/pdf/classroomFiles.ts';
import { createPdfBuilder } from '../../src/files/pdf/pdfBuilder.ts';
import { plainText } from '../../src/formats/page/plainText.ts';
import { writePptx } from '../../src/formats/pptx/writePptx.ts';
import { deckOf } from '../../src/formats/slides/deckOf.ts';
import type { SheetLabels } from '../../src/formats/typst/sheetLabels.ts';
import { comparable, readPdf } from '../browser/pdfText.ts';
import { readPptx } from '../formats/pptx/readPptx.ts';
import { assertSound } from '../formats/pptx/soundPptx.ts';
import { offered, realPage } from './realPage.ts';

const labelsOf = (tag: string): SheetLabels =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../locales/${tag.slice(0, 2)}/sheet.json`), 'utf8'));
const pdfs = createPdfBuilder({ workers: 2 });
after(() => pdfs.close());
const files = createClassroomFiles(pdfs);

describe('the deck of every lesson of every edition', () => {
  for (const [tag, id] of offered) {
    test(`${tag} ${id} is sound and says everything, in order`, () => {
      const page = realPage(tag, id);
      const deck = deckOf(page, labelsOf(tag));
      const read = readPptx(writePptx(deck));
      assertSound(read);
      assert.equal(read.slides.length, deck.slides.length);
      const shown = comparable(read.slides.flatMap(({ lines }) => lines).join('\n'));
      const noted = comparable(read.slides.flatMap(({ notes }) => notes).join('\n'));
      // What the help slide gives in place of the content's own is compared number by number.
      const last = deck.slides.at(-1);
      assert.ok(last?.kind === 'help');
      const replaced = page.slides.at(-1)?.title === last.title;
      let from = 0;
      for (const { title, lines } of replaced ? page.slides.slice(0, -1) : page.slides) {
        for (const words of [
          plainText([title]),
          ...lines.flatMap(({ paragraphs }) => paragraphs.map((each) => plainText([each]))),
        ]) {
          const at = shown.indexOf(comparable(words), from);
          assert.ok(at >= 0, `“${words}” after ${from}`);
          from = at;
        }
      }
      for (const { notes } of page.slides) {
        for (const { paragraphs } of notes) assert.ok(noted.includes(comparable(plainText(paragraphs))));
      }
      const help = comparable(read.slides.at(-1)?.lines.join('\n') ?? '');
      for (const { use, display } of page.help.lines) {
        if (use === 'child' || use === 'crisis' || use === 'danger')
          assert.ok(help.includes(comparable(display)), display);
      }
      const main = page.help.lines.filter(({ use }) => use === 'child' || use === 'crisis' || use === 'danger');
      for (const { footLines } of read.slides) {
        const [calls = '', origin = ''] = footLines.map(comparable);
        let at = 0;
        for (const { display } of main) {
          at = calls.indexOf(`: ${comparable(display)}`, at) + 1;
          assert.ok(at > 0, `${display} in its order in “${calls}”`);
        }
        for (const words of [tag, 'AAAAA-AAAAA', page.imprint.release]) assert.ok(origin.includes(words), words);
      }
      for (const slide of deck.slides)
        if (slide.kind === 'words') assert.ok(slide.size >= 24, 'readable across a room');
    });
  }
});

for (const [tag, id] of [
  ['tr-TR', 'TT1'],
  ['ar-EG', 'P1'],
  ['en-GB', 'D2'],
] as const) {
  test(`${tag} ${id} as PDF has one page a slide, and nothing runs over`, async () => {
    const page = realPage(tag, id);
    const pdf = await readPdf(await files.build(page, { kind: 'slides' }));
    assert.equal(pdf.pages.length, deckOf(page, labelsOf(tag)).slides.length);
    const text = comparable(pdf.pages.join('\n'));
    for (const { display } of page.help.lines) assert.ok(text.includes(comparable(display)));
    for (const [at, words] of pdf.pages.entries()) {
      const main = page.help.lines.filter(({ use }) => use === 'child' || use === 'crisis' || use === 'danger');
      for (const { display } of main) assert.ok(words.includes(comparable(display)), `${display} on slide ${at + 1}`);
      for (const each of [tag, 'AAAAA-AAAAA', page.imprint.release]) assert.ok(words.includes(each), each);
    }
  });
}
