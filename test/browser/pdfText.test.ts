import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { comparable, readPdf } from './pdfText.ts';

const fonts = dirname(dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/vazirmatn/package.json')));
const compiler = NodeCompiler.create({
  fontArgs: [
    {
      fontBlobs: [
        'noto-sans/400Regular/NotoSans_400Regular.ttf',
        'noto-sans/700Bold/NotoSans_700Bold.ttf',
        'vazirmatn/400Regular/Vazirmatn_400Regular.ttf',
        'vazirmatn/700Bold/Vazirmatn_700Bold.ttf',
      ].map((file) => readFileSync(join(fonts, file))),
    },
  ],
});

interface Sheet {
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly font: string;
  readonly title: string;
  readonly sentence: string;
}

const TURKISH: Sheet = {
  lang: 'tr',
  dir: 'ltr',
  font: 'Noto Sans',
  title: 'Güvenli çevrimiçi',
  sentence: 'Şüpheli bir ofis mesajı alırsan, İğdır’da bile, güvendiğin bir yetişkine söyle.',
};
const ARABIC: Sheet = {
  lang: 'ar',
  dir: 'rtl',
  font: 'Vazirmatn',
  title: 'السلامة على الإنترنت',
  sentence: 'إذا طلب منك شخصٌ غريب صورةً (أو كلمة السر) فأخبر شخصًا بالغًا تثق به، لا تخف.',
};

/** Content goes in as data, never as markup. `phone` is the Typst that sets the number. */
function pdfOf(sheet: Sheet, phone = '#text(dir: ltr)[116 111]', main = ''): Uint8Array {
  const mainFileContent = `
#let sheet = json(bytes(sys.inputs.sheet))
#set document(title: sheet.title)
#set text(lang: sheet.lang, dir: if sheet.dir == "rtl" { rtl } else { ltr }, font: sheet.font, fallback: false)
= #sheet.title
#sheet.sentence

#sheet.title ${phone} #sheet.title
${main}`;
  const compiled = compiler.compile({ mainFileContent, inputs: { sheet: JSON.stringify(sheet) } });
  assert.ok(compiled.result, JSON.stringify(compiled.takeError()?.shortDiagnostics));
  return compiler.pdf(compiled.result, { pdfStandard: 'ua-1', creationTimestamp: 0 });
}

for (const sheet of [TURKISH, ARABIC]) {
  test(`a PDF in ${sheet.lang} is read back as it was written`, async () => {
    const pdf = await readPdf(pdfOf(sheet));
    assert.deepEqual(pdf, {
      pages: [[sheet.title, sheet.sentence, `${sheet.title} 116 111 ${sheet.title}`].map(comparable).join('\n')],
      sizes: [[595, 842]],
      title: sheet.title,
      language: sheet.lang,
      tagged: true,
      fonts: [`${sheet.font.replace(' ', '')}-Bold`, `${sheet.font.replace(' ', '')}-Regular`],
    });
  });
}

test('a number that was not isolated is read as it is printed: wrong', async () => {
  const pdf = await readPdf(pdfOf(ARABIC, '116 111'));
  assert.match(pdf.pages[0] ?? '', /111 116/);
  assert.doesNotMatch(pdf.pages[0] ?? '', /116 111/);
});

test('lists, tables and pages are read in order, from right to left too', async () => {
  const main =
    '- #text(dir: ltr)[3]\n- لا بأس\n\n#table(columns: (1fr, 1fr), table.header([واحد], [اثنان]), [ثلاثة], [أربعة])\n#pagebreak()\nزوروا https://headwater.example (اليوم).';
  const { pages } = await readPdf(pdfOf(ARABIC, '', main));
  assert.equal(pages.length, 2);
  assert.deepEqual(pages[0]?.split('\n').slice(-6), ['• 3', '• لا بأس', 'واحد', 'اثنان', 'ثلاثة', 'أربعة']);
  assert.equal(pages[1], 'زوروا https://headwater.example (اليوم).');
});

test('comparable text has no presentation forms, direction marks or vowel signs', () => {
  assert.equal(
    comparable('\u2066116\u00a0111\u2069 \ufefb \ufb01 \u0634\u062e\u0635\u064b\u0627\u200f'),
    '116 111 لا fi شخصا',
  );
});
