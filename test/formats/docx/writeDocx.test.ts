import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { writeGuideDocx, writeSheetDocx } from '../../../src/formats/docx/writeDocx.ts';
import type { LessonPage, LessonSheet } from '../../../src/formats/page/lessonPage.ts';
import { plainText } from '../../../src/formats/page/plainText.ts';
import { labels, pageOf } from '../../files/pdf/fixturePages.ts';
import { arabic } from '../page/arabicWords.ts';
import { english } from '../page/englishWords.ts';
import { turkish } from '../page/turkishWords.ts';
import { within } from '../readXml.ts';
import { type ReadDocx, readDocx } from './readDocx.ts';

const sheetOf = (page: LessonPage, index = 0): LessonSheet => {
  const sheet = page.sheetsToPrint[index];
  assert.ok(sheet);
  return sheet;
};
const draft = { draft: true, code: null, verifyUrl: null, verifyLabel: null, lessonEdition: null };
const pictureOf = (page: LessonPage) => ({ ...page, lead: [...page.lead, picture] });
const picture = {
  ...{ segment: 'x.1', kind: 'picture', policy: 'adaptable' },
  paragraphs: [[{ kind: 'text', text: 'A hand with a name on each finger' }]],
  drawing: { name: 'trust-hand', labels: ['Anna', 'Ben'] },
} as const satisfies LessonPage['lead'][number];
/** One grey dot. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);

/** Every part that is declared is there, and every part is declared; every link between parts has its end. */
function assertWhole({ names, parts }: ReadDocx): void {
  const types = parts.get('[Content_Types].xml');
  assert.ok(types);
  const declared = within(types, 'Override').map(({ attributes }) => (attributes.PartName ?? '').slice(1));
  const endings = within(types, 'Default').map(({ attributes }) => attributes.Extension ?? '');
  for (const name of declared) assert.ok(names.includes(name), `${name} is declared and not there`);
  for (const name of names)
    assert.ok(declared.includes(name) || endings.includes(name.split('.').at(-1) ?? ''), `${name} is not declared`);
  for (const [name, part] of parts) {
    if (!name.endsWith('.rels')) continue;
    const known = within(part, 'Relationship').map(({ attributes }) => attributes.Id ?? '');
    assert.equal(new Set(known).size, known.length, `${name} has an id twice`);
    const source = parts.get(name.replace('_rels/', '').replace('.rels', ''));
    if (source === undefined) continue;
    const used = within(source, 'w:hyperlink', 'a:blip').map(
      ({ attributes }) => attributes['r:id'] ?? attributes['r:embed'] ?? '',
    );
    for (const id of used) assert.ok(known.includes(id), `${name} lacks ${id}`);
  }
}

describe('the guide as a Word document', () => {
  test('has real headings for every part and step, lists, a table with a head, keys, help, imprint', async () => {
    const page = pageOf(english);
    const docx = readDocx(await writeGuideDocx(page, labels.en));
    assertWhole(docx);
    const headings = (style: string) => docx.paragraphs.filter((one) => one.style === style).map(({ text }) => text);
    assert.deepEqual(headings('Heading1'), [page.title]);
    assert.deepEqual(
      headings('Heading3').filter((text) => /^\d/.test(text)),
      page.steps.map(({ number, title }) => `${number}  ${plainText([title])}`),
    );
    for (const key of [
      'before',
      'objectives',
      'messages',
      'plan',
      'steps',
      'questions',
      'safeguarding',
      'help',
    ] as const) {
      assert.ok(headings('Heading2').includes(labels.en[key]), key);
    }
    assert.ok(docx.paragraphs.filter(({ listed }) => listed).length >= 6);
    const document = docx.parts.get('word/document.xml');
    assert.ok(document);
    assert.equal(within(document, 'w:tblHeader').length, 2);
    for (const words of [
      'Do not pay, do not send, tell (right answer)',
      'Practice step: do not shorten it',
      'www.example.org/report',
    ]) {
      assert.ok(docx.text.includes(words), words);
    }
    const core = docx.parts.get('docProps/core.xml');
    assert.ok(core);
    assert.deepEqual(
      within(core, 'dcterms:created', 'dcterms:modified').map(({ children }) => children.join('')),
      ['2025-10-06T00:00:00Z', '2025-10-06T00:00:00Z'],
    );
  });

  test('is never without whom to call, where it comes from, and how to check it', async () => {
    const docx = readDocx(await writeGuideDocx(pageOf(english), labels.en));
    const footer = docx.paragraphs
      .filter(({ part }) => part === 'word/footer1.xml')
      .map(({ text }) => text)
      .join('\n');
    for (const words of [
      ...['0800 1111', '999', 'Numbers checked on 8 September 2025', 'United Kingdom, English (en-GB)'],
      ...[
        'Lesson edition 22, 6 October 2025. Baseline 1.8.1',
        '9TRM4-W7CK2',
        'headwater.example/verify',
        'CC BY-SA 4.0',
      ],
    ]) {
      assert.ok(footer.includes(words), words);
    }
    assert.ok(docx.names.some((name) => /^word\/media\/.*\.png$/.test(name)));
    assert.deepEqual(docx.alts, ['QR code that leads to the check of 9TRM4-W7CK2']);
  });

  test('without an address has the code and no picture; a draft has neither, and says that it is one', async () => {
    const bare = readDocx(await writeGuideDocx(pageOf(english, { verifyUrl: null, verifyLabel: null }), labels.en));
    assert.ok(bare.text.includes('The code of this lesson:') && bare.text.includes('9TRM4-W7CK2'));
    assert.deepEqual(bare.alts, []);
    const page = readDocx(await writeGuideDocx(pageOf(english, draft), labels.en));
    assert.ok(page.text.includes('DRAFT. Not published. Do not hand out.'));
    assert.ok(!page.text.includes('9TRM4') && !page.text.includes('still current'));
    assert.ok(page.paragraphs.every(({ empty }) => !empty));
    assertWhole(page);
  });

  test('shows a picture with what it shows and the words in it, and refuses to leave one out', async () => {
    const page = pictureOf(pageOf(english, draft));
    const pictures = { 'x.1': { type: 'png', bytes: png, width: 1000, height: 840 } } as const;
    const docx = readDocx(await writeGuideDocx(page, labels.en, pictures));
    assert.deepEqual(docx.alts, ['A hand with a name on each finger (Anna · Ben)']);
    assertWhole(docx);
    await assert.rejects(writeGuideDocx(page, labels.en), /no picture for x\.1/);
  });
});

describe('a sheet as a Word document', () => {
  test('has its steps, lines to write on, the numbers, and none of the keys', async () => {
    const page = pageOf(english);
    for (const sheet of page.sheetsToPrint) {
      const docx = readDocx(await writeSheetDocx(page, sheet, labels.en));
      assertWhole(docx);
      assert.ok(docx.paragraphs.some(({ style, text }) => style === 'Heading1' && text === sheet.title));
      assert.ok(docx.text.includes('0800 1111') && docx.text.includes('Numbers checked on 8 September 2025'));
      for (const words of [labels.en.rightAnswer, 'Do not pay, do not send, tell', 'Usernames, messages, dates']) {
        assert.ok(!docx.text.includes(words), `${sheet.name}: ${words}`);
      }
      assert.ok(
        docx.paragraphs.every(({ empty }) => !empty),
        sheet.name,
      );
      const blanks = sheet.blocks.filter(({ kind }) => kind === 'blank').length;
      const lines = docx.paragraphs.filter(({ style, text }) => style === 'WritingLine' && text.endsWith('\t'));
      // What goes home has one more, for whom to go to in the own school.
      const school = lines.filter(({ text }) => text.includes(labels.en.schoolLine));
      assert.equal(school.length, sheet.kind === 'handout' || sheet.kind === 'letter' ? 1 : 0, sheet.name);
      assert.equal(lines.length, blanks + school.length);
      const ticks = sheet.blocks.filter(({ kind }) => kind === 'tick').length;
      const document = docx.parts.get('word/document.xml');
      assert.ok(document);
      assert.equal(within(document, 'w14:checkbox').length, ticks);
    }
  });

  test('in Arabic runs from the right; numbers are runs of their own, isolated, in order', async () => {
    const page = pageOf(arabic);
    for (const bytes of [await writeGuideDocx(page, labels.ar), await writeSheetDocx(page, sheetOf(page), labels.ar)]) {
      const docx = readDocx(bytes);
      assertWhole(docx);
      assert.ok(docx.paragraphs.every(({ empty }) => !empty));
      const arabicOnes = docx.paragraphs.filter(({ text }) => /\p{Script=Arabic}/u.test(text));
      assert.ok(arabicOnes.length > 10 && arabicOnes.every(({ rightToLeft }) => rightToLeft));
      for (const { runs, rightToLeft } of docx.paragraphs) {
        for (const run of runs) {
          if (/\p{Script=Arabic}/u.test(run.text)) assert.ok(run.rightToLeft && run.language === 'ar-EG', run.text);
          if (rightToLeft && /\d[ \-–/]\d/.test(run.text)) {
            assert.ok(!run.rightToLeft && /^\u2066.*\u2069$/.test(run.text), run.text);
          }
        }
      }
      const tables = [...docx.parts.values()].flatMap((part) => within(part, 'w:tbl'));
      assert.ok(tables.length > 0 && tables.every((table) => within(table, 'w:bidiVisual').length === 1));
    }
    const guide = readDocx(await writeGuideDocx(page, labels.ar));
    for (const number of ['16000', '122', '116 111', '10–12']) assert.ok(guide.text.includes(number), number);
  });
});

test('words that are still in the source’s language keep its language and direction', async () => {
  const plain = pageOf(arabic);
  const source = {
    ...{ segment: 'x.2', kind: 'paragraph', policy: 'adaptable', untranslated: true },
    paragraphs: [
      [
        { kind: 'text', text: 'Not yet in Arabic: call ' },
        { kind: 'number', text: '116 111' },
      ],
    ],
  } as const satisfies LessonPage['lead'][number];
  const docx = readDocx(await writeGuideDocx({ ...plain, lead: [source] }, labels.ar));
  const found = docx.paragraphs.find(({ text }) => text === 'Not yet in Arabic: call 116 111');
  assert.ok(found && !found.rightToLeft);
  assert.deepEqual(found.runs[0], { text: 'Not yet in Arabic: call ', rightToLeft: false, language: 'en-GB' });
});

test('the same lesson is the same document, in every zone and locale', async () => {
  const page = pageOf(turkish);
  const first = await writeGuideDocx(page, labels.tr);
  assert.deepEqual(await writeGuideDocx(page, labels.tr), first);
  const script = `
    import { createHash } from 'node:crypto';
    import { writeGuideDocx } from './src/formats/docx/writeDocx.ts';
    import { labels, pageOf } from './test/files/pdf/fixturePages.ts';
    import { turkish } from './test/formats/page/turkishWords.ts';
    console.log(createHash('sha256').update(await writeGuideDocx(pageOf(turkish), labels.tr)).digest('hex'));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: new URL('../../..', import.meta.url),
    env: { ...process.env, TZ: 'Pacific/Kiritimati', LC_ALL: 'ar_EG.UTF-8', LANG: 'ar_EG.UTF-8' },
    encoding: 'utf8',
  });
  assert.equal(stdout.trim(), createHash('sha256').update(first).digest('hex'), stderr);
});
