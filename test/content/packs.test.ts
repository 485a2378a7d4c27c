import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { createClassroomFiles } from '../../src/files/pdf/classroomFiles.ts';
import { createPdfBuilder } from '../../src/files/pdf/pdfBuilder.ts';
import type { Paper } from '../../src/formats/files/lessonFile.ts';
import type { LessonPage } from '../../src/formats/page/lessonPage.ts';
import { plainText } from '../../src/formats/page/plainText.ts';
import { comparable, readPdf } from '../browser/pdfText.ts';
import { labels } from '../files/pdf/fixturePages.ts';
import { offered, realPage } from './realPage.ts';

const pdfs = createPdfBuilder({ workers: 2 });
after(() => pdfs.close());
const room = createClassroomFiles(pdfs);

/** Everything in one line, as it is compared. */
const flat = (text: string): string => comparable(text.replaceAll('\n', ' '));
const wordsOf = (page: LessonPage) => labels[page.imprint.language as keyof typeof labels];

type Part = { readonly title: string; readonly first: number; readonly last: number };

/** What the first page says of the pages of each part: a row begins or, read from the right, ends with them. */
function contentsOf(page: LessonPage, first: string): readonly Part[] {
  const titles = [wordsOf(page).teacherGuide, ...page.sheetsToPrint.map(({ title }) => title)];
  const lines = first.split('\n').map(flat);
  const head = lines.findIndex((line) => line.includes(flat(wordsOf(page).packTitle)));
  assert.ok(head >= 0, 'the first page says what the pack holds');
  const rows = lines.slice(head + 1).filter((line) => /^\d+(–\d+)? /.test(line));
  return titles.map((title, index) => {
    const row = rows[index] ?? '';
    assert.ok(row.includes(flat(title)), `row ${index + 1} is ${title}: ${row}`);
    const [, from = '', to = from] = /^(\d+)(?:–(\d+))?\s/.exec(row) ?? [];
    return { title, first: Number(from), last: Number(to) };
  });
}

for (const [tag, id, paper] of [
  ['en-GB', 'B4', 'a4'],
  ['tr-TR', 'A3', 'letter'],
  ['ar-EG', 'C3', 'a4'],
] as const satisfies readonly (readonly [string, string, Paper])[]) {
  describe(`the class pack of ${tag} ${id}`, async () => {
    const page = realPage(tag, id, { verifyUrl: 'https://headwater.example/v/A', verifyLabel: 'headwater.example/v' });
    const words = wordsOf(page);
    const { pages } = await readPdf(await room.build(page, { kind: 'pack' }, paper));
    const parts = contentsOf(page, pages[0] ?? '');
    const texts = pages.map(flat);
    const within = ({ first, last }: Part): readonly string[] => texts.slice(first - 1, last);

    test('says on which pages its parts are, and is right', () => {
      assert.equal(parts[0]?.first, 1);
      for (const [index, { title, first, last }] of parts.entries()) {
        assert.ok(first % 2 === 1 && last >= first, `${title} begins on the front of a leaf`);
        if (index > 0) assert.ok(texts[first - 1]?.includes(flat(title)), `${title} is on page ${first}`);
        const next = parts[index + 1]?.first ?? pages.length + 1;
        // Between two parts there is at most the empty back of a leaf.
        assert.ok(next - last <= 2 && texts.slice(last, next - 1).every((text) => text === ''), title);
        assert.ok(within({ title, first, last }).every((text) => text !== ''));
      }
      assert.ok(texts[0]?.includes(flat(words.packNote.split('{{pages}}')[0] ?? '')));
      assert.equal(parts.at(-1)?.last, pages.length);
    });

    test('keeps the keys of the questions off every page but the teacher’s', () => {
      const keys = [...page.questions, ...page.later].flatMap(({ explanation }) =>
        explanation.flatMap(({ paragraphs }) => paragraphs.map((line) => flat(plainText([line])).slice(0, 40))),
      );
      const secret = [flat(`(${words.rightAnswer})`), ...keys.filter((key) => key.length > 20)];
      assert.ok(secret.length > 4);
      const [guide, ...sheets] = parts;
      assert.ok(guide && sheets.length > 3);
      const inGuide = within(guide).join(' ');
      assert.ok(inGuide.includes(secret[0] ?? '?'), 'the guide has the keys');
      for (const sheet of sheets) {
        for (const text of within(sheet)) {
          for (const key of secret) assert.ok(!text.includes(key), `${sheet.title}: ${key}`);
        }
      }
    });

    test('says on every page whom to call, when that was checked, and which copy this is', () => {
      const main = page.help.lines.filter(({ use }) => use === 'child' || use === 'crisis' || use === 'danger');
      assert.ok(main.length >= 2);
      for (const [index, text] of texts.entries()) {
        if (text === '') continue;
        for (const { display } of main) assert.ok(text.includes(display), `page ${index + 1} lacks ${display}`);
        for (const line of ['AAAAA-AAAAA', page.imprint.release, page.imprint.licence, flat(words.notChecked)]) {
          assert.ok(text.includes(line), `page ${index + 1} lacks ${line}`);
        }
      }
    });

    test('has a line for the own school in the guide, on the help card and on what is taken home', () => {
      const withLine = parts.slice(1).filter((part) => within(part).join(' ').includes(flat(words.schoolLine)));
      const expected = page.sheetsToPrint.filter(
        ({ name, kind }) => name === 'help-card' || kind === 'handout' || kind === 'letter',
      );
      assert.deepEqual(
        withLine.map(({ title }) => title),
        expected.map(({ title }) => title),
      );
      const guide = parts[0];
      assert.ok(guide && within(guide).join(' ').includes(flat(words.inOurSchool)));
    });
  });
}

test('in every lesson for a class the help card comes after the handouts, before what is for later or for others', () => {
  for (const [tag, id] of offered) {
    const { group, sheetsToPrint } = realPage(tag, id);
    if (group === 'adults') continue;
    const at = sheetsToPrint.findIndex(({ name }) => name === 'help-card');
    assert.ok(at > 0, `${tag} ${id}`);
    const later = sheetsToPrint.slice(at + 1).map(({ kind }) => kind);
    assert.ok(
      later.every((kind) => kind === 'letter' || kind === 'booster' || kind === 'plan'),
      `${tag} ${id}: ${later.join()}`,
    );
  }
});
