import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { fontFiles } from '../../../src/files/pdf/fontFiles.ts';
import { gatherObjects } from '../../../src/files/pdf/gatherObjects.ts';
import { pagesIn } from '../../../src/site/builtFiles.ts';
import { readPdf } from '../../browser/pdfText.ts';

const paragraphs = Array.from(
  { length: 250 },
  (_, at) => `= Step ${at}\nSay: *you are not to blame* ${at}.\n\n- one\n- two`,
);
const source = `#set document(title: "Many steps")\n#set text(font: "Noto Sans", lang: "en")\n${paragraphs.join('\n\n')}`;

/** A document as the typesetter writes it, with some thousand objects. */
function written(): Buffer {
  const compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs: fontFiles().map((file) => readFileSync(file)) }] });
  const { result } = compiler.compile({ mainFileContent: source });
  assert.ok(result);
  return compiler.pdf(result, { pdfStandard: 'ua-1' });
}

/** What a screen reader is told about each page. */
async function structureOf(bytes: Uint8Array): Promise<readonly unknown[]> {
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0 });
  try {
    const pdf = await task.promise;
    const trees: unknown[] = [];
    for (let number = 1; number <= pdf.numPages; number++)
      trees.push(await (await pdf.getPage(number)).getStructTree());
    return trees;
  } finally {
    await task.destroy();
  }
}

describe('the objects of a PDF, gathered', () => {
  const before = written();
  const after = gatherObjects(before);

  test('make less than half of the file, the same bytes each time', () => {
    assert.ok(after.length * 2 < before.length, `${after.length} of ${before.length} bytes`);
    assert.deepEqual(gatherObjects(before), after);
  });

  test('say the same to a reader and to a screen reader', async () => {
    const pdf = await readPdf(after);
    assert.deepEqual(pdf, await readPdf(before));
    assert.equal(pdf.title, 'Many steps');
    assert.ok(pdf.tagged);
    assert.equal(pagesIn(after), pdf.pages.length);
    const structure = await structureOf(after);
    assert.deepEqual(structure, await structureOf(before));
    assert.match(JSON.stringify(structure), /"role":"H1"/);
  });

  test('are left where a file is not written as ours are', () => {
    assert.throws(() => gatherObjects(after), /without the usual table/);
    assert.throws(() => gatherObjects(before.subarray(0, -200)), /usual table/);
    const moved = Buffer.concat([Buffer.from('%PDF-1.7\n'), before]);
    assert.throws(() => gatherObjects(moved), /usual table|not in its place/);
  });
});
