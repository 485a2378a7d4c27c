import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { unzipSync } from 'fflate';
import { createBeside } from '../../src/files/beside/beside.ts';
import { createPdfBuilder } from '../../src/files/pdf/pdfBuilder.ts';
import { sealOf } from '../../src/files/seal.ts';
import { createWriters } from '../../src/files/writers.ts';
import { fileNameOf } from '../../src/formats/files/lessonFile.ts';
import { editionWritersOf, tasksOf } from '../../src/formats/files/writers.ts';
import { offered, realPage } from '../content/realPage.ts';

const pdfs = createPdfBuilder({ workers: 1 });
const beside = createBeside();
after(async () => {
  pdfs.close();
  await beside.close();
});
const writers = createWriters({ pdfs, beside, pictureOf: async () => null });

for (const [tag, lesson] of [
  ['tr-TR', 'B4'],
  ['ar-EG', 'C3'],
] as const) {
  test(`${tag} ${lesson}: the pack first, every format made, the same bytes twice`, async () => {
    const page = realPage(tag, lesson);
    const tasks = tasksOf(writers, page);
    assert.equal(fileNameOf(tasks[0]?.file ?? { kind: 'book', format: 'epub', paper: null }), 'pack.pdf');
    const names = tasks.map(({ file }) => fileNameOf(file));
    assert.equal(new Set(names).size, names.length);
    for (const name of [
      'pack.letter.pdf',
      'slides.pptx',
      'slides.pdf',
      'slides-with-notes.pdf',
      'slides-with-notes.letter.pdf',
      'book.epub',
    ]) {
      assert.ok(names.includes(name), name);
    }
    for (const { file, writer } of tasks) {
      if (file.paper === 'letter') continue;
      const bytes = Buffer.from(await writer.build(page, file));
      if (file.format === 'pdf') assert.equal(bytes.subarray(0, 5).toString(), '%PDF-', fileNameOf(file));
      else {
        const within = { docx: 'word/document.xml', pptx: 'ppt/presentation.xml', epub: 'mimetype' }[file.format];
        assert.ok(unzipSync(bytes)[within], fileNameOf(file));
      }
      if (file.kind === 'book' || file.kind === 'slides' || file.format === 'docx') {
        assert.ok(bytes.equals(Buffer.from(await writer.build(page, file))), `${fileNameOf(file)} twice`);
      }
    }
  });
}

test('the guide and every sheet of every lesson of every edition are offered in Word', () => {
  for (const [tag, lesson] of offered) {
    const page = realPage(tag, lesson);
    const inWord = tasksOf(writers, page).flatMap(({ file }) => (file.format === 'docx' ? [fileNameOf(file)] : []));
    const expected = ['guide', ...page.sheetsToPrint.map(({ name }) => name)].map((name) => `${name}.docx`);
    assert.deepEqual(inWord.toSorted(), expected.toSorted(), `${tag} ${lesson}`);
  }
});

test('the edition is one book', async () => {
  const pages = ['B4', 'C3'].map((lesson) => realPage('en-GB', lesson));
  const [writer] = editionWritersOf(writers);
  assert.equal(writer?.kind, 'wholeBook');
  const bytes = await writer?.build({
    ...{ edition: 'en-GB', language: 'en', country: 'GB', direction: 'ltr', demonstration: true, base: null },
    publication: { number: 1, on: '2025-09-08', root: 'a'.repeat(64) },
    exitUrl: 'https://weather.example/',
    lessons: pages.map((page) => ({ page, files: [], safety: null })),
  });
  const files = unzipSync(bytes ?? new Uint8Array());
  assert.equal(Object.keys(files)[0], 'mimetype');
  const nav = Buffer.from(files['book/nav.xhtml'] ?? []).toString();
  for (const page of pages) assert.ok(nav.includes(page.title), page.title);
});

test('a seal changes with any file below its folders, and with nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-seal-'));
  try {
    writeFileSync(join(folder, 'one'), '1');
    const before = sealOf([folder]);
    assert.equal(sealOf([folder]), before);
    writeFileSync(join(folder, 'two'), '2');
    assert.notEqual(sealOf([folder]), before);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
