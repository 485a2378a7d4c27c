import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { bytesHash } from '../../../src/domain/release/canonical.ts';
import { createClassroomFiles } from '../../../src/files/pdf/classroomFiles.ts';
import { createPdfBuilder } from '../../../src/files/pdf/pdfBuilder.ts';
import { readPicture } from '../../../src/files/pictures.ts';
import { buildLessonPage } from '../../../src/formats/page/buildLessonPage.ts';
import type { LessonPage } from '../../../src/formats/page/lessonPage.ts';
import { comparable, readPdf } from '../../browser/pdfText.ts';
import { arabic } from '../../formats/page/arabicWords.ts';
import { english } from '../../formats/page/englishWords.ts';
import { imprintOf, type LessonWords, piece, publishedLesson } from '../../formats/page/publishedFixture.ts';
import { noise } from '../samplePicture.ts';

const made = await readPicture(await noise(600, 400).png().toBuffer());
const picture = {
  web: bytesHash(made.web),
  print: bytesHash(made.print),
  width: made.width,
  height: made.height,
  credit: { creator: 'Ada Boyar', licence: 'CC BY 4.0' as const, source: 'https://example.org/bridge' },
};
const builder = createPdfBuilder({ workers: 1 });
after(() => builder.close());

const shelf = new Map([[picture.print, made.print]]);
const files = createClassroomFiles(builder, new Map(), async (hash) => shelf.get(hash) ?? null);

/** The fixture with a picture of the edition's own on its first sheet and in its first step. */
function pageWith(words: LessonWords): LessonPage {
  const sections = Object.fromEntries(
    Object.entries(words.sections).map(([id, pieces]) => {
      if (id.startsWith('handout')) return [id, [...pieces, piece('own', 'picture', 'Alt', {})]];
      return [id, id === 'steps' ? [...pieces, piece('own', 'picture', 'Alt', {})] : pieces];
    }),
  );
  const published = publishedLesson({ ...words, sections });
  const own = published.segments.own;
  assert.ok(own);
  const segments = { ...published.segments, own: { ...own, text: 'A bridge over a small river.', picture } };
  return buildLessonPage({ ...published, segments }, imprintOf(words.edition));
}

for (const [words, thanks] of [
  [english, 'Picture: Ada Boyar, CC BY 4.0, example.org/bridge'],
  [arabic, 'الصورة: Ada Boyar، CC BY 4.0، example.org/bridge'],
] as const) {
  test(`an edition's own picture stands on its sheet and in the guide, with whom to thank (${words.edition})`, async () => {
    const page = pageWith(words);
    const name = page.sheetsToPrint[0]?.name ?? '';
    for (const file of [{ kind: 'sheet', name }, { kind: 'guide' }] as const) {
      const bytes = await files.build(page, file);
      const pdf = await readPdf(bytes);
      const text = comparable(pdf.pages.join(' '));
      assert.ok(pdf.tagged);
      for (const part of thanks.split(/[:،,]/)) assert.ok(text.includes(comparable(part)), `${part}\n${text}`);
      const raw = Buffer.from(bytes).toString('latin1');
      assert.match(raw, /\/Subtype\s*\/Image/, 'the picture itself is in the file');
    }
  });
}

test('a picture that is not in the archive stops the file', async () => {
  shelf.clear();
  const page = pageWith(english);
  await assert.rejects(files.build(page, { kind: 'sheet', name: page.sheetsToPrint[0]?.name ?? '' }), /archive/);
});
