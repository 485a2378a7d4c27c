import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { createClassroomFiles } from '../../src/files/pdf/classroomFiles.ts';
import { createPdfBuilder } from '../../src/files/pdf/pdfBuilder.ts';
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
  ['ar-EG', 'C3', 'booster'],
  ['ar-EG', 'C3', 'first-ten-minutes'],
] as const;

describe('on Letter, which is shorter than A4', () => {
  for (const [tag, id, name] of full) {
    test(`${tag} ${id} ${name} is one page with the words of A4, numbers in their order`, async () => {
      const page = realPage(tag, id);
      const file = { kind: 'sheet', name } as const;
      const [a4, letter] = await Promise.all([room.build(page, file), room.build(page, file, 'letter')]);
      const [one, other] = await Promise.all([readPdf(a4), readPdf(letter)]);
      assert.equal(other.pages.length, 1, 'one page');
      assert.ok(other.tagged);
      assert.deepEqual([one.sizes, other.sizes], [[[595, 842]], [[612, 792]]]);
      const words = (pages: readonly string[]) => comparable(pages.join(' ')).split(/\s+/).sort();
      assert.deepEqual(words(other.pages), words(one.pages));
      const line = page.help.lines.find(({ use }) => use === 'child');
      assert.ok(other.pages.join(' ').includes(line?.display ?? 'no number'));
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
