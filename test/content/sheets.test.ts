import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { createClassroomFiles } from '../../src/files/pdf/classroomFiles.ts';
import { createPdfBuilder } from '../../src/files/pdf/pdfBuilder.ts';
import { plainText } from '../../src/formats/page/plainText.ts';
import { comparable, readPdf } from '../browser/pdfText.ts';
import { offered, pageOf } from './contentPage.ts';
import { tree } from './tree.ts';

const pdfs = createPdfBuilder({ workers: 2 });
after(() => pdfs.close());
const room = createClassroomFiles(pdfs);

test('the editions offer what they promise: all seventeen, all seventeen, four', () => {
  const count = (tag: string) => offered.filter(([edition]) => edition === tag).length;
  assert.deepEqual(['en-GB', 'tr-TR', 'ar-EG'].map(count), [17, 17, 4]);
  assert.deepEqual(tree.editions.map(({ edition }) => [edition.edition, edition.release]).sort(), [
    ['ar-EG', '1.6.0'],
    ['en-GB', '1.8.1'],
    ['tr-TR', '1.7.0'],
  ]);
});

describe('every lesson of every edition is whole on its page', () => {
  for (const [tag, id] of offered) {
    test(`${tag} ${id}`, () => {
      const page = pageOf(tag, id);
      const words = JSON.stringify(page);
      assert.doesNotMatch(words, /"missingFact"/, 'no fact is missing');
      assert.equal(page.questions.length >= 4, true);
      assert.equal(page.later.length, page.questions.length);
      assert.equal(
        page.steps.reduce((sum, step) => sum + step.minutes, 0),
        page.minutes,
      );
      assert.ok(page.sheetsToPrint.length > 0 && page.slides.length > 0);
      for (const slide of page.slides) assert.ok(slide.notes.length > 0, `${plainText([slide.title])} has its notes`);
      for (const { name, kind, blocks } of page.sheetsToPrint) {
        assert.ok(blocks.length > 0, name);
        if (kind === 'cards')
          assert.ok(
            blocks.some((block) => block.kind === 'heading'),
            `${name} has cards`,
          );
      }
      // A pupil's sheet never holds the right answers.
      const right = new Set(page.questions.flatMap(({ answers }) => answers.map(({ segment }) => segment)));
      assert.ok(
        page.sheetsToPrint.every(
          ({ kind, blocks }) => kind === 'plan' || blocks.every(({ segment }) => !right.has(segment)),
        ),
      );
    });
  }
});

describe('drawings come out of the printer with their words', () => {
  for (const [tag, id, name] of [
    ['tr-TR', 'A1', 'body-outline'],
    ['ar-EG', 'C3', 'first-ten-minutes'],
    ['en-GB', 'A3', 'comic'],
  ] as const) {
    test(`${tag} ${id} ${name}`, async () => {
      const page = pageOf(tag, id);
      const sheet = page.sheetsToPrint.find((each) => each.name === name);
      const labels = sheet?.blocks.flatMap(({ drawing }) => drawing?.labels ?? []) ?? [];
      assert.ok(labels.length >= 4);
      const read = await readPdf(await room.build(page, { kind: 'sheet', name }));
      assert.equal(read.pages.length, 1, 'one sheet of paper');
      const words = comparable(read.pages.join(' '));
      for (const label of labels) {
        for (const word of comparable(label).split(' ')) {
          assert.ok(words.includes(word), `${word} of “${label}” is on the sheet: ${words}`);
        }
      }
    });
  }
});
