import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fold, formsOf, wordsIn } from '../../../src/formats/search/searchWords.ts';

test('words are compared as readers type them: without accents, vowel marks and the four shapes of i', () => {
  const alike: readonly (readonly [string, string])[] = [
    ['Şantaj', 'santaj'],
    ['ISPARTA', 'ısparta'],
    ['İstanbul', 'ISTANBUL'],
    ['istanbul', 'ıstanbul'],
    ['أَلْعَاب', 'العاب'],
    ['آمِن', 'امن'],
    ['إخبار', 'اخبار'],
    ['مدرسة', 'مدرسه'],
    ['على', 'علي'],
    ['ســـرّ', 'سر'],
    ['façade', 'FACADE'],
    ['Straße', 'strasse'],
    ['don’t', "don't"],
    ['שָׁלוֹם', 'שלום'],
    ['٠٨٠٠', '0800'],
    ['\u20660800\u2069', '0800'],
  ];
  for (const [one, other] of alike) assert.equal(fold(one), fold(other), `${one} ${other}`);
  for (const [one, other] of [
    ['कि', 'का'],
    ['が', 'か'],
    ['sır', 'sor'],
  ]) {
    assert.notEqual(fold(one ?? ''), fold(other ?? ''), `${one} ${other}`);
  }
});

test('folding twice, composing or decomposing before, changes nothing; marks in Arabic and accents are not seen', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      assert.equal(fold(fold(text)), fold(text));
      assert.equal(fold(text.normalize('NFC')), fold(text.normalize('NFD')));
    }),
    { numRuns: 500 },
  );
  const letters = fc.constantFrom(...'ابتثجحخدذرزسشصضطظعغفقكلمنهويءaçeğıiöşuü');
  const marks = fc.constantFrom('', '\u064e', '\u0651', '\u0652', '\u0301', '\u200f');
  fc.assert(
    fc.property(fc.array(fc.tuple(letters, marks), { minLength: 1, maxLength: 20 }), (pairs) => {
      const marked = pairs.map(([letter, mark]) => letter + mark).join('');
      const plain = pairs.map(([letter]) => letter).join('');
      assert.equal(fold(marked), fold(plain));
    }),
    { numRuns: 500 },
  );
});

test('letters folded one by one are what the whole text is folded to', () => {
  const codes = [
    [0x20, 0x24f],
    [0x600, 0x6ff],
    [0x2000, 0x206f],
  ].map(([min = 0, max = 0]) => fc.integer({ min, max }));
  fc.assert(
    fc.property(fc.array(fc.oneof(...codes), { maxLength: 60 }), (letters) => {
      const text = String.fromCharCode(...letters);
      // A letter that is in no table sends the whole text the long way.
      assert.equal(fold(`${text}漢`), `${fold(text)}漢`);
    }),
    { numRuns: 2000 },
  );
});

test('every word stands in the text where it says, in order, also in scripts without spaces', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom('games', 'Şifre', 'ألعاب', '游戏', 'ภาษา', ' ', '-', '!', '🙂', '12', '\u2066116 111\u2069'),
      ),
      fc.constantFrom('en', 'tr', 'ar', 'zh', 'th'),
      (pieces, language) => {
        const text = pieces.join('');
        let end = 0;
        for (const word of wordsIn(text, language)) {
          assert.equal(text.slice(word.at, word.at + word.text.length), word.text);
          assert.ok(word.at >= end && word.folded !== '');
          end = word.at + word.text.length;
        }
      },
    ),
    { numRuns: 300 },
  );
  assert.deepEqual(
    wordsIn('游戏里的陌生人', 'zh').map(({ folded }) => folded),
    ['游戏', '里', '的', '陌生人'],
  );
});

test('an Arabic word is found with and without its article, and games are not mistaken for one', () => {
  const meet = (one: string, other: string): boolean => {
    const forms = new Set(formsOf(fold(one)));
    return formsOf(fold(other)).some((form) => forms.has(form));
  };
  assert.ok(meet('اللعبة', 'لعبة'));
  assert.ok(meet('للأطفال', 'الأطفال'));
  assert.ok(meet('الألعاب', 'العاب'));
  assert.ok(meet('والمدرسة', 'مدرسة'));
  assert.ok(!meet('الله', 'له'), 'too little would be left of it');
});
