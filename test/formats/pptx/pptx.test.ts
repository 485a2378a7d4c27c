import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { unzipSync } from 'fflate';
import QRCode from 'qrcode';
import sharp from 'sharp';
import { buildPptx } from '../../../src/files/slides/buildPptx.ts';
import { wordsIn } from '../../../src/formats/exchange/xmlTree.ts';
import type { Imprint, LessonPage } from '../../../src/formats/page/lessonPage.ts';
import { qrPng } from '../../../src/formats/pptx/qrPng.ts';
import { writePptx } from '../../../src/formats/pptx/writePptx.ts';
import { deckOf } from '../../../src/formats/slides/deckOf.ts';
import { comparable } from '../../browser/pdfText.ts';
import { labels } from '../../files/pdf/fixturePages.ts';
import { noise } from '../../files/samplePicture.ts';
import { deckPage, type Tongue } from '../slides/slideWords.ts';
import { all, attribute, own, placeOf, type ReadPptx, readPptx } from './readPptx.ts';
import { assertSound } from './soundPptx.ts';

const draft = { draft: true, code: null, verifyUrl: null, verifyLabel: null, lessonEdition: null };
const written = (page: LessonPage, tongue: Tongue): Uint8Array => writePptx(deckOf(page, labels[tongue]));
const made = (tongue: Tongue, imprint: Partial<Imprint> = {}): ReadPptx =>
  readPptx(written(deckPage(tongue, imprint), tongue));
const shown = (read: ReadPptx): string =>
  read.slides.flatMap(({ lines, footLines }) => [...lines, ...footLines]).join('\n');

/** Of every country of the fixture its lines in their order, and the day of their check. */
const helpRows = {
  en: 'To talk, to ask, to get help: 0800 1111 · In danger right now: 999 · Numbers checked on 8 September 2025',
  tr: 'Konuşmak, sormak, yardım istemek için: ALO 183 · Şu an tehlikedeysen: 112 · Numaraların kontrol tarihi: 8 Eylül 2025',
  ar: 'للحديث والسؤال وطلب المساعدة: 16000 · في خطر الآن: 122 · تاريخ التحقق من الأرقام: 8 سبتمبر 2025',
} as const;

for (const tongue of ['en', 'tr', 'ar'] as const) {
  test(`a deck in ${tongue} is sound; each slide has a title, whom to call, its origin and the code to scan`, () => {
    const read = made(tongue);
    assertSound(read);
    const page = deckPage(tongue);
    for (const { title, footLines, footPictures } of read.slides) {
      assert.notEqual(title.trim(), '');
      assert.equal(footLines.length, 2);
      assert.equal(comparable(footLines[0] ?? ''), helpRows[tongue]);
      for (const words of ['CC BY-SA 4.0', '9TRM4-W7CK2', '1.8.1', '22', '2025'])
        assert.ok(footLines[1]?.includes(words), words);
      const [picture = ''] = footPictures;
      assert.ok(Buffer.from(read.bytes(picture)).equals(Buffer.from(qrPng(page.imprint.verifyUrl ?? ''))));
    }
  });

  test(`a slide that a teacher adds to a deck in ${tongue} has the same foot: it is the master’s alone`, () => {
    const read = made(tongue);
    const layouts = read.paths.filter((path) => /^ppt\/slideLayouts\/[^/]+\.xml$/.test(path));
    assert.ok(layouts.length > 0);
    for (const path of [...layouts, ...read.slides.map((slide) => slide.path)]) {
      assert.notEqual(attribute(read.xml(path), 'showMasterSp'), '0', path);
      const names = own(read.xml(path), 'cNvPr').map((each) => attribute(each, 'name'));
      for (const name of ['Helplines', 'Imprint']) assert.ok(!names.includes(name), `${name} twice on ${path}`);
    }
    // What a slide holds stands above the foot; only its number is in it.
    const master = own(read.xml('ppt/slideMasters/slideMaster1.xml'), 'sp');
    const top = Math.min(
      ...master
        .filter((shape) => ['Helplines', 'Imprint'].includes(attribute(own(shape, 'cNvPr')[0] ?? shape, 'name')))
        .map((shape) => Number(attribute(all(shape, 'off')[0] ?? shape, 'y'))),
    );
    for (const shape of read.slides.flatMap(({ root }) => [...own(root, 'sp'), ...own(root, 'pic')])) {
      const [at, size] = [all(shape, 'off')[0], all(shape, 'ext')[0]];
      if (at === undefined || size === undefined) continue;
      assert.ok(Number(attribute(at, 'y')) + Number(attribute(size, 'cy')) <= top, wordsIn(shape));
    }
  });
}

describe('right to left', () => {
  const read = made('ar');

  test('every paragraph of slides and notes runs from the right, in Arabic of Egypt', () => {
    for (const root of read.slides.flatMap((slide) => [slide.root, slide.notesRoot])) {
      for (const paragraph of all(root, 'p')) {
        const properties = all(paragraph, 'pPr')[0];
        assert.equal(attribute(properties ?? paragraph, 'rtl'), '1', wordsIn(paragraph));
      }
      for (const run of all(root, 'rPr')) assert.equal(attribute(run, 'lang'), 'ar-EG');
    }
    const sides = read.slides.flatMap(({ notesRoot }) => all(notesRoot, 'pPr').map((each) => attribute(each, 'algn')));
    assert.ok(sides.length > 0 && sides.every((side) => side === 'r'));
    assert.equal(attribute(read.xml('ppt/presentation.xml'), 'rtl'), '1');
  });

  test('every number is a run of its own, isolated, with its digits in order', () => {
    const master = read.xml('ppt/slideMasters/slideMaster1.xml');
    const runs = [...read.slides.map(({ root }) => root), master].flatMap((root) => all(root, 't').map(wordsIn));
    for (const number of ['16000', '122', '116 111', 'www.example.org/ar', '10–12', '9TRM4-W7CK2', '1/4']) {
      assert.ok(runs.includes(`\u2066\u200e${number}\u200e\u2069`), `${number} in ${JSON.stringify(runs)}`);
    }
    assert.ok(!runs.some((text) => /(?<![\u200e\d])\d{3} \d{3}/.test(text)), 'no number stands bare in a run');
  });

  test('the first of things stands on the right', () => {
    const help = read.slides.at(-1);
    assert.ok(help);
    const left = own(help.root, 'sp')
      .filter((shape) => /^Help \d/.test(attribute(own(shape, 'cNvPr')[0] ?? shape, 'name')))
      .map((shape) => Number(attribute(all(shape, 'off')[0] ?? shape, 'x')));
    assert.ok(left.length >= 4 && (left[0] ?? 0) > (left.at(-1) ?? 0));
  });

  test('text that nobody has translated yet keeps its own direction and language', () => {
    const page = deckPage('ar');
    const slides = page.slides.map((slide) => ({
      ...slide,
      lines: slide.lines.map((block) => ({ ...block, untranslated: true as const })),
    }));
    const source = readPptx(written({ ...page, slides }, 'ar'));
    const paragraphs = source.slides.slice(1, -1).flatMap(({ root }) =>
      own(root, 'sp')
        .filter((shape) => placeOf(shape) === 'body')
        .flatMap((shape) => all(shape, 'p')),
    );
    assert.ok(paragraphs.length > 0);
    for (const paragraph of paragraphs) {
      assert.equal(attribute(all(paragraph, 'pPr')[0] ?? paragraph, 'rtl'), '0');
      assert.ok(all(paragraph, 'rPr').every((run) => attribute(run, 'lang') === 'en-GB'));
    }
  });
});

describe('what teachers and children must not miss', () => {
  test('the numbers stand last, largest, with the day of their check and the code', () => {
    const last = made('en').slides.at(-1);
    assert.ok(last);
    const text = last.lines.join('\n');
    for (const words of [
      '0800 1111',
      '999',
      'Numbers checked on 8 September 2025',
      'Are these slides still current?',
    ]) {
      assert.ok(text.includes(words), words);
    }
    const number = all(last.root, 'r').find((run) => wordsIn(run) === '0800 1111');
    assert.ok(number && Number(attribute(all(number, 'rPr')[0] ?? number, 'sz')) >= 4000);
  });

  test('a number taken out is said on the last slide', () => {
    const page = deckPage('en');
    const suspended = { ...page, help: { ...page.help, suspended: ['child' as const] } };
    const last = readPptx(written(suspended, 'en')).slides.at(-1);
    assert.ok(last?.lines.includes(labels.en.numberTakenOut));
    assert.ok(!shown(made('en')).includes(labels.en.numberTakenOut));
  });

  test('demonstration and draft are said on every slide, and a draft has no code', () => {
    const read = made('en', { ...draft, demonstration: true });
    assertSound(read);
    for (const { lines, footLines, footPictures } of read.slides) {
      assert.ok(footLines[0]?.includes('0800 1111') && footPictures.length === 0);
      for (const words of ['DRAFT', labels.en.draftNotice, labels.en.demonstrationNotice]) {
        assert.ok(lines.includes(words), words);
      }
    }
    assert.ok(!shown(read).includes('9TRM4'));
    assert.ok(!read.paths.some((path) => path.includes('media')), 'no QR code');
    assert.ok(!shown(made('en')).includes('DRAFT') && !shown(made('en')).includes('Demonstration'));
  });

  test('without a BASE_URL the code is printed and no address', () => {
    const read = made('tr', { verifyUrl: null, verifyLabel: null });
    assert.ok(shown(read).includes(labels.tr.codeOnly) && !shown(read).includes('headwater.example'));
    assert.ok(!read.paths.some((path) => path.includes('media')));
  });

  test('presenter notes are with their slide', () => {
    const rules = made('en').slides.find(({ title }) => title === 'Our rules');
    assert.deepEqual(rules?.notes, ['Hold up a pass card.']);
  });
});

for (const tongue of ['en', 'ar'] as const) {
  test(`the number of each slide is a field in the look of the words around it (${tongue})`, () => {
    const { slides } = made(tongue);
    for (const [at, { root }] of slides.entries()) {
      const fields = all(root, 'fld');
      assert.deepEqual(
        fields.map((field) => [attribute(field, 'type'), wordsIn(field)]),
        [['slidenum', String(at + 1)]],
      );
      assert.equal(attribute(fields.flatMap((field) => all(field, 'rPr'))[0] ?? root, 'sz'), '1100');
    }
  });
}

test('the QR code is the same picture as another writer makes of the address', async () => {
  const address = 'https://headwater.example/verify/9TRM4-W7CK2';
  const other = await QRCode.toBuffer(address.toUpperCase(), { errorCorrectionLevel: 'M', margin: 4, scale: 8 });
  const grey = (png: Uint8Array) => sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  const [ours, theirs] = [await grey(qrPng(address)), await grey(other)];
  assert.deepEqual([ours.info.width, ours.info.height], [theirs.info.width, theirs.info.height]);
  assert.ok(ours.data.equals(theirs.data));
  const read = made('en');
  const media = read.paths.find((path) => path.startsWith('ppt/media/')) ?? '';
  assert.ok(Buffer.from(read.bytes(media)).equals(Buffer.from(qrPng(address))));
});

test('words are never markup, and what XML cannot write is left out', () => {
  const page = { ...deckPage('en'), title: 'a <b> & "c" \u0001 ]]>', slides: [] };
  const read = readPptx(written(page, 'en'));
  assertSound(read);
  assert.equal(read.slides[0]?.title, 'a <b> & "c"  ]]>');
  assert.match(Buffer.from(read.bytes('docProps/core.xml')).toString(), /a &lt;b&gt; &amp; "c" {2}\]\]&gt;/);
});

describe('pictures', () => {
  const drawings = new Map([
    [
      'path',
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200" data-mirror="yes"><path d="M10 10h200" stroke="#000"/>' +
        '<text data-label="1" data-width="90" x="60" y="100" font-size="16"></text></svg>',
    ],
  ]);
  const block = { policy: 'adaptable', paragraphs: [[{ kind: 'text', text: 'A path with a word.' }]] } as const;
  const drawn = { ...block, segment: 'drawn', kind: 'picture', drawing: { name: 'path', labels: ['Start'] } } as const;
  const pageWith = (tongue: Tongue, lines: LessonPage['slides'][number]['lines']): LessonPage => {
    const page = deckPage(tongue);
    return {
      ...page,
      slides: page.slides.map((slide, at) => (at === 1 ? { ...slide, lines: [...slide.lines, ...lines] } : slide)),
    };
  };

  for (const tongue of ['en', 'ar'] as const) {
    test(`a drawing is dots for its lines and text for its words (${tongue})`, async () => {
      const bytes = await buildPptx(pageWith(tongue, [drawn]), labels[tongue], drawings, async () => null);
      const read = readPptx(bytes);
      assertSound(read);
      const slide = read.slides.find(({ lines }) => lines.includes('Start'));
      assert.ok(slide);
      const [picture] = own(slide.root, 'pic');
      assert.ok(picture);
      assert.equal(attribute(own(picture, 'cNvPr')[0] ?? picture, 'descr'), 'A path with a word.');
      const placeOfShape = (shape: typeof picture) => ({
        x: Number(attribute(all(shape, 'off')[0] ?? shape, 'x')),
        width: Number(attribute(all(shape, 'ext')[0] ?? shape, 'cx')),
      });
      const label = own(slide.root, 'sp').find((shape) => wordsIn(shape) === 'Start');
      assert.ok(label);
      const [frame, word] = [placeOfShape(picture), placeOfShape(label)];
      // The drawing reads in one direction and is turned around: its word with it.
      const middle = (word.x + word.width / 2 - frame.x) / frame.width;
      const expected = tongue === 'ar' ? (300 - 60) / 300 : 60 / 300;
      assert.ok(Math.abs(middle - expected) < 0.01, `${middle} is ${expected}`);
    });
  }

  test("an edition's own picture is there with whom to thank; one that is missing stops the file", async () => {
    const jpeg = await noise(600, 400).jpeg().toBuffer();
    const credit = { creator: 'Ada Boyar', licence: 'CC BY 4.0' as const, source: 'https://example.org/bridge' };
    const picture = { web: 'w', print: 'p', width: 600, height: 400, credit };
    const page = pageWith('en', [{ ...block, segment: 'own', kind: 'picture', picture }]);
    const read = readPptx(await buildPptx(page, labels.en, drawings, async (hash) => (hash === 'p' ? jpeg : null)));
    assertSound(read);
    assert.ok(shown(read).includes('Picture: Ada Boyar, CC BY 4.0, example.org/bridge'));
    assert.ok(read.paths.some((path) => path.endsWith('.jpeg') && Buffer.from(read.bytes(path)).equals(jpeg)));
    await assert.rejects(
      buildPptx(page, labels.en, drawings, async () => null),
      /archive/,
    );
    assert.throws(() => writePptx(deckOf(page, labels.en)), /own/);
  });
});

test('the same deck makes the same bytes, in another time zone too, dated by the lesson edition', () => {
  const before = process.env.TZ;
  const inZone = (zone: string): { readonly bytes: Uint8Array; readonly offset: number } => {
    process.env.TZ = zone;
    return { bytes: written(deckPage('ar'), 'ar'), offset: new Date(2025, 9, 6).getTimezoneOffset() };
  };
  try {
    const [east, west] = [inZone('Pacific/Kiritimati'), inZone('America/Los_Angeles')];
    assert.notEqual(east.offset, west.offset, 'the zones are two');
    assert.ok(Buffer.from(east.bytes).equals(Buffer.from(west.bytes)));
    const core = Buffer.from(unzipSync(east.bytes)['docProps/core.xml'] ?? []).toString();
    assert.match(core, /2025-10-06T00:00:00Z/);
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});
