import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { roomFor } from '../../../src/domain/checks/unit/room.ts';
import type { CheckedText } from '../../../src/domain/checks/unit/unitFinding.ts';
import type { WordingRules } from '../../../src/domain/checks/wording.ts';
import { found, heard } from './texts.ts';

type Row = readonly [source: string, target: string, change: Partial<CheckedText>, ...heard: string[]];

function rows(name: string, all: readonly Row[]): void {
  describe(name, () => {
    for (const [source, target, change, ...wanted] of all) {
      test(`${change.language ?? 'tr'}: ${source} | ${target}`, () =>
        assert.deepEqual(heard(source, target, change), wanted));
    }
  });
}

rows('facts', [
  ['Call: {helpline.child}.', 'Ara: {helpline.child}.', {}],
  ['Ask {lead.title}.', '{lead.title|dative} sor, {lead.title|nominative} bilir.', {}],
  ['Call: {helpline.child}.', 'Onu ara.', {}, 'error factsMissing'],
  ['Call now.', 'Ara: {helpline.child}.', {}, 'error factsForeign'],
  ['Call: {a.b}.', 'Ara: {a.c}.', {}, 'error factsMissing', 'error factsForeign'],
]);

rows('numbers in the digits of any script', [
  ['Give 45 minutes.', 'أعطِ ٤٥ دقيقة.', { language: 'ar' }],
  ['Give 45 minutes.', '۴۵ دقیقه بدهید.', { language: 'fa' }],
  ['Give 45 minutes.', '45 मिनट दें।', { language: 'hi' }],
  ['Give 45 minutes.', '४५ मिनट दें।', { language: 'hi' }],
  ['Give 45 minutes.', '৪৫ মিনিট দিন।', { language: 'bn' }],
  ['Give 45 minutes.', 'ให้เวลา ๔๕ นาที', { language: 'th' }],
  ['Give 45 minutes.', '45分あげる。', { language: 'ja' }],
  ['Give 45 minutes.', '給四十五分鐘。', { language: 'zh' }, 'warning numbersMissing'],
  ['Give 45 minutes.', 'أعطِ ٥٤ دقيقة.', { language: 'ar' }, 'error numbersMissing', 'error numbersExtra'],
  ['About 1.5 hours.', 'Yaklaşık 1,5 saat.', {}],
  ['About 1.5 hours.', 'حوالي ١٫٥ ساعة.', { language: 'ar' }],
  ['Of 12,500 children.', '12.500 çocuktan.', {}],
  ['Of 12,500 children.', 'Von 12 500 Kindern.', { language: 'de' }],
  ['Of 12,500 children.', 'Von 12’500 Kindern.', { language: 'de' }],
  ['Of 12,500 children.', 'من ١٢٬٥٠٠ طفل.', { language: 'ar' }],
  ['For ages 8 to 10.', '8–10 yaş için.', {}],
  ['Starts at 10:30.', '10.30’da başlar.', {}],
  ['Read two sentences.', '2 cümle okuyun.', {}],
  ['Read 2 sentences.', 'İki cümle okuyun.', {}],
  ['Read 2 sentences.', 'Zwei Sätze lesen.', { language: 'de' }, 'warning numbersMissing'],
  ['Wait 3 minutes.', 'Biraz bekleyin.', {}, 'warning numbersMissing'],
  ['At 16 it changes.', '15 yaşında değişir.', {}, 'warning numbersMissing', 'warning numbersExtra'],
  ['Give 45 minutes.', 'Zaman verin.', {}, 'error numbersMissing'],
  ['Give time.', '45 dakika verin.', {}, 'error numbersExtra'],
  ['Give 45 minutes.', '40 dakika verin.', { adapted: true }, 'warning numbersMissing', 'warning numbersExtra'],
]);

rows('marks', [
  ['**Stop** now.', '**Dur** artık.', {}],
  ['**Stop** now.', 'Dur artık.', {}, 'warning marksDiffer'],
  ['*Stop* now.', 'توقف الآن.', { language: 'ar' }, 'warning marksDiffer'],
  ['**Stop** now.', '**Dur* artık.', {}, 'error marksBroken', 'warning marksDiffer'],
  ['See [the page](https://a.example/b) now.', '[Sayfaya](https://a.example/b) bak.', {}],
  ['See [the page](https://a.example/b) now.', 'Sayfaya bak.', {}, 'error marksDiffer'],
  [
    'See [the page](https://a.example/b) now.',
    '[Sayfaya] (https://a.example/b) bak.',
    {},
    'error marksBroken',
    'error marksDiffer',
  ],
  ['Take:\n- a pen\n- paper', 'Alın:\n- kalem\n- kâğıt', {}],
  ['Take:\n- a pen\n- paper', 'Alın: kalem ve kâğıt', {}, 'warning marksDiffer'],
  ['3. Say it aloud', '3. Yüksek sesle söyle', {}],
]);

rows('marks at the end, by script', [
  ['Stop now.', 'Dur artık.', {}],
  ['Stop now.', 'Dur artık', {}, 'warning ending'],
  ['Stop now.', 'توقف الآن.', { language: 'ar' }],
  ['Who helps?', 'من يساعد؟', { language: 'ar' }],
  ['Who helps?', 'من يساعد.', { language: 'ar' }, 'warning ending'],
  ['First, second:', 'أولًا، ثانيًا،', { language: 'ar' }],
  ['Stop now!', '现在停下来！', { language: 'zh' }],
  ['Stop now.', '现在停下来。', { language: 'zh' }],
  ['Who helps?', '谁来帮助？', { language: 'zh' }],
  ['Stop now.', '现在停下来', { language: 'zh' }, 'warning ending'],
  ['Who helps?', '誰が助けますか。', { language: 'ja' }],
  ['Stop now.', 'หยุดเดี๋ยวนี้', { language: 'th' }],
  ['Who helps?', 'ใครช่วย', { language: 'th' }],
  ['Stop now.', 'अभी रुको।', { language: 'hi' }],
  ['Stop now.', 'अभी रुको', { language: 'hi' }, 'warning ending'],
  ['Who helps?', 'Ποιος βοηθά;', { language: 'el' }],
  ['Who helps?', 'Ποιος βοηθά.', { language: 'el' }, 'warning ending'],
  ['Stop now.', 'Կանգ առ հիմա։', { language: 'hy' }],
  ['Who helps?', 'Ո՞վ է օգնում։', { language: 'hy' }],
  ['Stop now.', 'አሁን አቁም።', { language: 'am' }],
  ['Stop now.', 'ابھی رکو۔', { language: 'ur' }],
  ['Say: “Stop.”', 'De ki: “Dur.”', {}],
  ['(Stop now.)', '（现在停下来。）', { language: 'zh' }],
  ['**Stop now.**', '**Dur artık.**', {}],
  ['What it is', 'Bu nedir?', {}],
  ['Who helps?', 'Kim yardım eder', {}, 'warning ending'],
  ['A title', 'Bir başlık.', {}, 'warning ending'],
]);

rows('a text left in the source’s language', [
  ['My trust team', 'My trust team', {}, 'error untouched'],
  ['Album', 'Album', {}, 'warning untouched'],
  ['Take It Down', 'Take It Down', {}, 'warning untouched'],
  ['{helpline.child}', '{helpline.child}', {}],
  ['12 + 3', '12 + 3', {}],
  ['My trust team', 'My trust team', { language: 'en' }],
]);

rows('core text', [
  [
    'You did nothing wrong. It is never your fault. Adults help you.',
    'Suçun yok.',
    { policy: 'core' },
    'error coreShortened',
  ],
  [
    'You did nothing wrong. It is never your fault. Adults help you.',
    'Hiçbir yanlış yapmadın, suç yok.',
    { policy: 'core' },
  ],
  [
    'You did nothing wrong. It is never your fault. Adults help you.',
    '你没有做错。这不是你的错。大人会帮助你。',
    { policy: 'core', language: 'zh' },
  ],
  ['Never pay.', 'Hep öde.', { policy: 'core' }, 'warning negationLost'],
  ['Never pay.', 'Asla ödeme.', { policy: 'core' }],
  ['Do not pay.', 'Para göndermeyin.', { policy: 'core' }],
  ['Do not pay.', 'لا تدفع.', { policy: 'core', language: 'ar' }],
  ['Do not pay.', 'ادفع.', { policy: 'core', language: 'ar' }, 'warning negationLost'],
  ['Do not pay.', 'Nie płać.', { policy: 'core', language: 'pl' }],
  ['Do not pay.', 'Борба.', { policy: 'core', language: 'mn' }],
  ['Never pay.', 'Hep öde.', { policy: 'adaptable' }],
]);

const rules: WordingRules = {
  language: 'tr',
  sentenceWords: { A: 10, B: 14, C: 18, D: 20, adult: 22, teacher: 22 },
  readingLimit: {},
  avoid: [{ term: 'sapık*', instead: 'bunu yapan kişi', why: 'hakaret' }],
  redLines: [
    { phrase: 'senin hatan', why: 'suçu çocuğa yükler', except: ['answer'] },
    { phrase: 'internette sonsuza', why: 'kaldırılabilir', except: [] },
  ],
};

rows('words that are not said', [
  ['Some people do it.', 'Bunu sapıklar yapar.', { rules }, 'error avoidedTerm'],
  ['Some people do it.', 'SAPIKLAR yapar.', { rules }, 'error avoidedTerm'],
  ['It stays.', 'İnternette sonsuza dek kalır.', { rules }, 'error redLine'],
  ['It is so.', 'Bu senin hatan.', { rules }, 'error redLine'],
  ['It is so.', 'Bu senin hatan.', { rules, kind: 'answer' }],
  ['Say it.', 'Sapık denmez.', { rules, segment: 'GLO.word.1' }],
]);

rows('a number or an address where a fact belongs', [
  ['Call us.', '116 111’i ara.', {}, 'error freeFact', 'error numbersExtra'],
  ['Call us.', 'اتصل ١١٦ ١١١.', { language: 'ar' }, 'error freeFact', 'error numbersExtra'],
  ['Call us.', '183’ü ara.', { adapted: true }, 'error freeFact', 'warning numbersExtra'],
  ['Call us.', '110’u ara.', { adapted: true }, 'error freeFact', 'warning numbersExtra'],
  ['Call us.', '0212.555.12.34 ara.', { adapted: true }, 'error freeFact', 'warning numbersExtra'],
  ['See the page.', 'https://ihbar.example bak.', {}, 'error freeFact'],
  ['See the page.', 'ihbarweb.org.tr sayfasına bak.', {}, 'error freeFact'],
  ['Write to us.', 'yardim@example.org yaz.', {}, 'error freeFact'],
  ['It costs money.', '200 lira tutar.', { adapted: true }, 'warning numbersExtra'],
  ['In 2024 it was so.', '2024’te böyleydi.', {}],
  ['Of 350 children.', '350 çocuktan.', {}],
  ['Nearly 100% agree.', 'Neredeyse %100’ü kabul eder.', {}],
]);

test('a text fits where there is little room', () => {
  const long = 'a'.repeat(roomFor.label + 1);
  assert.deepEqual(heard('Sea', long, { room: 'label' }), ['warning tooLong']);
  assert.deepEqual(heard('Sea', 'a'.repeat(roomFor.label), { room: 'label' }), []);
  assert.deepEqual(heard('Sea', long, {}), []);
  assert.deepEqual(heard(long, `${long.slice(1)}b`, { room: 'label' }), []);
  assert.deepEqual(heard('Sea', '海'.repeat(19), { room: 'label', language: 'zh' }), ['warning tooLong']);
  assert.deepEqual(heard('Sea', 'بَحْرٌ '.repeat(6), { room: 'label', language: 'ar' }), []);
});

test('what the glossary says is to look at', () => {
  const glossary = () => [
    { kind: 'termForbidden' as const, word: 'şantajcı', instead: 'tehdit eden kişi', why: 'etiket' },
    { kind: 'termMissing' as const, word: 'sextortion', wanted: ['cinsel şantaj'] },
  ];
  assert.deepEqual(heard('Sextortion.', 'Şantajcı.', { glossary }), ['warning termForbidden', 'warning termMissing']);
});

test('what may be waived: never core, never facts, never a red line; a short number may be a count', () => {
  const waivable = (source: string, target: string, change: Partial<CheckedText> = {}) =>
    found(source, target, change).map((finding) => finding.waivable);
  assert.deepEqual(waivable('Give 45 minutes.', 'Zaman verin.'), [true]);
  assert.deepEqual(waivable('Give 45 minutes.', 'Zaman verin.', { policy: 'core' }), [false]);
  assert.deepEqual(waivable('Stop.', 'Dur', { policy: 'core' }), [false]);
  assert.deepEqual(waivable('Call: {a.b}.', 'Ara.'), [false]);
  assert.deepEqual(waivable('So.', 'Sapıklar.', { rules }), [false]);
  assert.deepEqual(waivable('So.', 'Okulda 845 kişi var.', { adapted: true }), [true, true]);
  assert.deepEqual(waivable('So.', '116 111’i ara.', { adapted: true }), [false, true]);
});

test('an empty text has nothing to look at', () => {
  assert.deepEqual(heard('Call: {a.b} 45.', '  '), []);
});
