import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { createClassroomFiles } from '../../src/files/pdf/classroomFiles.ts';
import { createPdfBuilder } from '../../src/files/pdf/pdfBuilder.ts';
import { plainText } from '../../src/formats/page/plainText.ts';
import { comparable, readPdf } from '../browser/pdfText.ts';
import { realPage } from './realPage.ts';

const pdfs = createPdfBuilder({ workers: 2 });
after(() => pdfs.close());
const room = createClassroomFiles(pdfs);

/** Of every script a sheet that nearly fills its page, sheets that need the least air, and the fullest cards. */
const full = [
  ['en-GB', 'P1', 'home-talk'],
  ['en-GB', 'TT1', 'sort'],
  ['en-GB', 'D3', 'plan-card'],
  ['en-GB', 'P1', 'letter'],
  ['tr-TR', 'B2', 'traffic-light-cards'],
  ['ar-EG', 'B4', 'letter'],
  ['ar-EG', 'C3', 'booster'],
  ['ar-EG', 'C3', 'first-ten-minutes'],
  ['ar-EG', 'P1', 'services'],
] as const;

/** As printed by a site with an address: with a code to scan. */
const addressed = {
  verifyUrl: 'https://headwater.example/verify/AAAAA-AAAAA',
  verifyLabel: 'headwater.example/verify',
} as const;

describe('on A4, and on Letter, which is shorter', () => {
  for (const [tag, id, name] of full) {
    test(`${tag} ${id} ${name} is one page on both, with the same words, numbers in their order`, async () => {
      const page = realPage(tag, id, addressed);
      const file = { kind: 'sheet', name } as const;
      const [a4, letter] = await Promise.all([room.build(page, file), room.build(page, file, 'letter')]);
      const [one, other] = await Promise.all([readPdf(a4), readPdf(letter)]);
      assert.deepEqual([one.pages.length, other.pages.length], [1, 1], 'one page');
      assert.ok(other.tagged);
      assert.deepEqual([one.sizes, other.sizes], [[[595, 842]], [[612, 792]]]);
      const words = (pages: readonly string[]) => comparable(pages.join(' ')).split(/\s+/).sort();
      assert.deepEqual(words(other.pages), words(one.pages));
      const line = page.help.lines.find(({ use }) => use === 'child');
      assert.ok(other.pages.join(' ').includes(line?.display ?? 'no number'));
    });
  }

  for (const [tag, id, name, count] of [
    ['en-GB', 'TT1', 'core-statements', 2],
    ['ar-EG', 'P1', 'home-talk', 1],
  ] as const) {
    test(`${tag} ${id} ${name} has no last page with nothing but the numbers`, async () => {
      const page = realPage(tag, id, addressed);
      for (const paper of ['a4', 'letter'] as const) {
        const { pages } = await readPdf(await room.build(page, { kind: 'sheet', name }, paper));
        assert.equal(pages.length, count, paper);
        // Whoever finds one leaf of several finds help.
        const main = page.help.lines.filter(({ use }) => use === 'child' || use === 'crisis' || use === 'danger');
        for (const [at, text] of pages.entries())
          for (const { display } of main) assert.ok(text.includes(comparable(display)), `${display} on page ${at + 1}`);
        const words = (text = ''): string => comparable(text).replace(/\s+/g, '');
        const block = page.sheetsToPrint.find((sheet) => sheet.name === name)?.blocks.at(-1);
        const last = words(plainText([block?.paragraphs.at(-1) ?? []])).slice(-12);
        assert.ok(last.length > 0 && words(pages.at(-1)).includes(last), `“${last}” stands on the last page`);
      }
    });
  }

  test('a pack keeps its order: each sheet on the front of a leaf, no answer beside a pupil’s sheet', async () => {
    const page = realPage('en-GB', 'B4');
    const { pages } = await readPdf(await room.build(page, { kind: 'pack' }, 'letter'));
    const fronts = page.sheetsToPrint.map(({ title }) =>
      pages.findLastIndex((text) => comparable(text).replace(/\s+/g, ' ').includes(comparable(title))),
    );
    assert.deepEqual(
      fronts,
      fronts.toSorted((one, other) => one - other),
      'the sheets stand in print order',
    );
    for (const front of fronts) {
      assert.ok(front > 0 && front % 2 === 0, `page ${front + 1} is a front`);
      assert.ok(![pages[front - 1], pages[front]].join(' ').includes('(right answer)'));
    }
    assert.ok((pages.at(-1) ?? '').includes(`page ${pages.length} of ${pages.length}`));
  });
});
