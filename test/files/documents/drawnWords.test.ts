import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import sharp from 'sharp';
import { docxPictures } from '../../../src/files/documents/pictures.ts';
import { readDrawings } from '../../../src/files/drawings.ts';
import { createPdfBuilder } from '../../../src/files/pdf/pdfBuilder.ts';
import { labelDrawing } from '../../../src/formats/drawing/labelDrawing.ts';
import { letteredSvg } from '../../../src/formats/drawing/letteredSvg.ts';
import type { Block } from '../../../src/formats/page/lessonPage.ts';
import { lettersInput } from '../../../src/formats/typst/lettersInput.ts';
import { realPage } from '../../content/realPage.ts';
import { labels } from '../pdf/fixturePages.ts';
import { drawnSheets, hashesOf, wordFiles } from './wordFilesOf.ts';

const root = join(import.meta.dirname, '../../..');
const drawings = readDrawings(join(root, 'content/baseline/drawings'));
const sources = { drawings, pictureOf: async () => null };
const pdfs = createPdfBuilder({ workers: 1 });
const folder = await mkdtemp(join(tmpdir(), 'headwater-no-fonts-'));
after(async () => {
  pdfs.close();
  await rm(folder, { recursive: true });
});

const files = wordFiles();

test('a machine without any font makes the same bytes', async () => {
  const empty = join(folder, 'fonts.conf');
  await writeFile(empty, '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig/>');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--no-warnings', join(import.meta.dirname, 'wordFilesOf.ts')],
    {
      cwd: folder,
      env: { FONTCONFIG_FILE: empty, FONTCONFIG_PATH: folder, HOME: folder, TZ: 'Asia/Kathmandu', LANG: 'ar_EG.UTF-8' },
    },
  );
  assert.deepEqual(JSON.parse(stdout), hashesOf(await files));
});

for (const [tag, lesson, name] of drawnSheets) {
  const page = realPage(tag, lesson);
  const sheetLabels = labels[page.imprint.language as keyof typeof labels];
  const block = page.sheetsToPrint.find((sheet) => sheet.name === name)?.blocks.find(({ drawing }) => drawing);
  assert.ok(block?.drawing);
  const { name: drawing, labels: said } = block.drawing;
  const drawn = labelDrawing(drawings.get(drawing) ?? '', said, page.imprint.direction);
  // A drawing has figures of its own, too; they are there without any label.
  const own = labelDrawing(drawings.get(drawing) ?? '', [], page.imprint.direction).texts;
  const set = drawn.texts.filter(({ x, y }) => !own.some((it) => it.x === x && it.y === y));
  const pictureOf = async (texts: readonly string[]): Promise<Uint8Array> => {
    const one: Block = { ...block, drawing: { name: drawing, labels: texts } };
    const made = await docxPictures(page, [one], sources, (it) => pdfs.letters(lettersInput(page, it, sheetLabels)));
    return made[block.segment]?.bytes ?? new Uint8Array();
  };

  describe(`the drawing of ${tag} ${lesson} ${name}`, () => {
    test('has outlines where its words are, and asks for no font', async () => {
      const svg = letteredSvg(drawn, await pdfs.letters(lettersInput(page, drawn, sheetLabels)));
      assert.doesNotMatch(svg, /<text\b|font-family/);
      const letters = drawn.texts.map(({ text }) => text.replace(/\s/g, '')).join('');
      // Some letters join into one outline, and some are a body and its marks.
      const outlines = [...svg.matchAll(/<use\b/g)].length;
      assert.ok(outlines > letters.length * 0.7 && outlines < letters.length * 1.7, `${outlines} of ${letters.length}`);
    });

    test('stands in Word in greys, its words in their places and nowhere else', async () => {
      const [lettered, bare] = await Promise.all([pictureOf(said), pictureOf([])]);
      const media = Object.entries(unzipSync((await files).get(name) ?? new Uint8Array()));
      assert.ok(media.some(([path, bytes]) => path.startsWith('word/media/') && Buffer.from(bytes).equals(lettered)));
      const dots = async (png: Uint8Array) =>
        sharp(png).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
      const [one, other] = await Promise.all([dots(lettered), dots(bare)]);
      assert.equal((await sharp(lettered).metadata()).space, 'b-w');
      assert.equal(one.info.channels, 1);
      const { width, height } = one.info;
      const unit = width / drawn.width;
      assert.equal(set.length, said.length);
      const written = set.map(() => 0);
      for (let at = 0; at < width * height; at += 1) {
        if (one.data[at] === other.data[at]) continue;
        const [x, y] = [(at % width) / unit, Math.floor(at / width) / unit];
        const place = set.findIndex(
          (it) => Math.abs(x - it.x) <= it.width / 2 + 2 && Math.abs(y - it.y) <= 3 * it.size,
        );
        assert.ok(place >= 0, `nothing is written at ${x}, ${y}`);
        written[place] = (written[place] ?? 0) + 1;
      }
      assert.ok(Math.min(...written) > 20, 'every label left dots');
    });
  });
}

test('a letter that no font has is refused, not shown as a box', async () => {
  const page = realPage('en-GB', 'A1');
  const texts = [{ text: '🙂', x: 50, y: 50, width: 90, size: 12, bold: false }];
  const input = lettersInput(page, { svg: '', width: 100, height: 100, texts }, labels.en);
  await assert.rejects(pdfs.letters(input), { reason: 'refused' });
});
