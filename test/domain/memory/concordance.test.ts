import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hitsIn, patternOf, stands, type WordQuery } from '../../../src/domain/memory/concordance.ts';

const hits = (text: string, words: string, more: Partial<WordQuery> = {}): readonly string[] => {
  const pattern = patternOf({ words, whole: false, language: 'en', ...more });
  return pattern === null ? [] : hitsIn(text, pattern).flatMap((run) => (run.hit ? [run.text] : []));
};

test('finds words in any case, in parts or whole, over line ends', () => {
  assert.deepEqual(hits('Tell an adult. TELL\nan adult', 'tell an'), ['Tell an', 'TELL\nan']);
  assert.deepEqual(hits('telling, tell', 'tell', { whole: true }), ['tell']);
  assert.deepEqual(hits('telling, tell', 'tell'), ['tell', 'tell']);
});

test('Turkish has its own capitals, Arabic its own spellings, Thai and Chinese no spaces', () => {
  assert.deepEqual(hits('İSTİSMAR ısrar ISRAR', 'istismar', { language: 'tr' }), ['İSTİSMAR']);
  assert.deepEqual(hits('İSTİSMAR ısrar ISRAR', 'ısrar', { language: 'tr' }), ['ısrar', 'ISRAR']);
  assert.deepEqual(hits('أخبروا شخصًا', 'اخبروا شخصا', { language: 'ar' }), ['أخبروا شخصًا']);
  assert.deepEqual(hits('الصُّورة', 'الصورة', { language: 'ar' }), ['الصُّورة']);
  assert.deepEqual(hits('ครูคุยกับเด็กทุกคน', 'เด็ก', { language: 'th', whole: true }), ['เด็ก']);
  assert.deepEqual(hits('每个儿童都有权利', '儿童', { language: 'zh', whole: true }), ['儿童']);
});

test('what looks like a pattern is looked for as it stands; without a letter there is nothing to look for', () => {
  assert.deepEqual(hits('a.b axb', 'a.b'), ['a.b']);
  assert.deepEqual(hits('{helpline.child}', '{helpline.child}'), ['{helpline.child}']);
  for (const words of ['', '  ', '.*', '((', '\\', '[^]', '\u202e', '%%'])
    assert.equal(patternOf({ words, whole: true, language: 'en' }), null);
});

test('any query is harmless: it finds itself, and the runs give the text again', () => {
  const language = fc.constantFrom('en', 'tr', 'ar', 'th');
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 16 }),
      fc.string({ unit: 'binary', maxLength: 16 }),
      language,
      fc.boolean(),
      (words, around, of, whole) => {
        const text = `${around} ${words.normalize('NFC').trim()} ${around}`;
        const pattern = patternOf({ words, whole, language: of });
        if (pattern === null) return;
        const runs = hitsIn(text, pattern);
        assert.equal(runs.map((run) => run.text).join(''), text);
        if (!whole) assert.ok(stands(text, pattern), 'it finds itself');
        assert.equal(
          stands(text, pattern),
          runs.some((run) => run.hit),
        );
      },
    ),
    { numRuns: 100 },
  );
});

test('a long text of one letter takes no longer than another', () => {
  const pattern = patternOf({ words: 'aaaa aaaa aaaa aaab', whole: true, language: 'en' });
  assert.ok(pattern);
  const began = performance.now();
  assert.equal(stands('aaaa '.repeat(20_000), pattern), false);
  assert.ok(performance.now() - began < 2000);
});
