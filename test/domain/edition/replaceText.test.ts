import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { replacedIn, undoReplacing, withWords } from '../../../src/domain/edition/replacement.ts';
import { findPlaces, type Replacing, replaceAt, replaceText } from '../../../src/domain/edition/replaceText.ts';
import { placeholdersOf } from '../../../src/domain/package/placeholders.ts';
import { textHash } from '../../../src/domain/release/canonical.ts';

const plain: Replacing = {
  ...{ find: '', replace: '', wholeWord: false, matchCase: false, matchMarks: true, inFacts: false },
};
type Row = readonly [
  text: string,
  find: string,
  to: string,
  language: string,
  change: Partial<Replacing>,
  after: string,
];

const rows: readonly Row[] = [
  ['Öğretmene söyle. Öğretmen dinler.', 'öğretmen', 'hoca', 'tr', {}, 'hocae söyle. hoca dinler.'],
  ['Öğretmene söyle. Öğretmen dinler.', 'Öğretmen', 'Hoca', 'tr', { wholeWord: true }, 'Öğretmene söyle. Hoca dinler.'],
  ['İstanbul ve istanbul', 'istanbul', 'x', 'tr', {}, 'x ve x'],
  ['ISPARTA', 'ısparta', 'x', 'tr', {}, 'x'],
  ['ISPARTA', 'isparta', 'x', 'tr', {}, 'ISPARTA'],
  ['ISPARTA', 'isparta', 'x', 'en', {}, 'x'],
  ['İyi', 'i', 'x', 'tr', { matchCase: true }, 'İyx'],
  ['cafe\u0301 café', 'café', 'x', 'fr', {}, 'x x'],
  ['cafe\u0301', 'cafe', 'x', 'fr', {}, 'cafe\u0301'],
  ['Ara: {helpline.child}. helpline yok.', 'helpline', 'hat', 'tr', {}, 'Ara: {helpline.child}. hat yok.'],
  ['Ara: {helpline.child}.', 'helpline', 'hat', 'tr', { inFacts: true }, 'Ara: {hat.child}.'],
  ['dur{a.b}ma', 'durma', 'x', 'tr', {}, 'dur{a.b}ma'],
  ['مُعَلِّم قال', 'معلم', 'أستاذ', 'ar', {}, 'مُعَلِّم قال'],
  ['مُعَلِّم قال', 'معلم', 'أستاذ', 'ar', { matchMarks: false }, 'أستاذ قال'],
  ['معلـــم قال', 'معلم', 'أستاذ', 'ar', { matchMarks: false }, 'أستاذ قال'],
  ['a.c abc', 'a.c', 'x', 'en', {}, 'x abc'],
  ['aaa', 'aa', 'b', 'en', {}, 'ba'],
  ['a$1b', '$1', '$&', 'en', {}, 'a$&b'],
  ['停下来，停。', '停', '住手', 'zh', {}, '住手下来，住手。'],
];

describe('words in the place of others', () => {
  for (const [text, find, replace, language, change, after] of rows) {
    test(`${language}: ${text} | ${find} → ${replace} ${JSON.stringify(change)}`, () =>
      assert.equal(replaceText(text, language, { ...plain, find, replace, ...change }) ?? text, after));
  }
});

const texts = fc.array(
  fc.constantFrom(
    'Dur',
    'dur',
    'İ',
    'i',
    'ı',
    'I',
    ' ',
    '.',
    '{helpline.child}',
    'مُعَلِّم',
    'é',
    'e\u0301',
    '停',
    '\u0301',
    '😀',
  ),
  { maxLength: 14 },
);
const options = fc.record({
  wholeWord: fc.boolean(),
  matchCase: fc.boolean(),
  matchMarks: fc.boolean(),
  inFacts: fc.constant(false),
});
const languages = fc.constantFrom('tr', 'en', 'ar', 'lt');
const finds = fc.constantFrom('dur', 'i', 'İ', 'é', 'معلم', 'helpline', '停', '😀', '.');

test('nothing outside the places changes, facts stay, and places follow one another', () => {
  fc.assert(
    fc.property(texts, finds, options, languages, (parts, find, chosen, language) => {
      const text = parts.join('');
      const places = findPlaces(text, language, { ...plain, ...chosen, find });
      let end = 0;
      for (const place of places) {
        assert.ok(place.start >= end && place.end > place.start && place.end <= text.length);
        end = place.end;
      }
      const pieces = replaceAt(text, places, '\uE000').split('\uE000');
      const outside = places.map((place, index) => text.slice(places[index - 1]?.end ?? 0, place.start));
      assert.deepEqual(pieces, [...outside, text.slice(places.at(-1)?.end ?? 0)]);
      assert.deepEqual(placeholdersOf(replaceAt(text, places, 'x')), placeholdersOf(text));
    }),
    { numRuns: 100 },
  );
});

test('no match, no change; a word that stands nowhere comes back by the inverse', () => {
  fc.assert(
    fc.property(texts, finds, languages, (parts, find, language) => {
      const text = parts.join('').normalize('NFC');
      const exact: Replacing = { ...plain, matchCase: true, find: find.normalize('NFC'), replace: '\uE001' };
      const after = replaceText(text, language, exact);
      if (findPlaces(text, language, exact).length === 0) assert.equal(after, null);
      else {
        assert.ok(after !== null);
        assert.equal(replaceText(after, language, { ...exact, find: '\uE001', replace: exact.find }), text);
      }
      assert.equal(replaceText(text, language, { ...exact, replace: exact.find }), null);
    }),
    { numRuns: 100 },
  );
});

const unit = {
  ...{ edition: 'tr-TR', segment: 'L1.call', target: 'Hocayı ara: {a.b}', state: 'reviewed' as const },
  ...{ basedOn: textHash('Call: {a.b}'), adapted: false, backTranslation: null, by: 'elif', reviewedBy: 'murat' },
  ...{ at: '2026-01-01T00:00:00.000Z', origin: 'person' as const, revision: 4 },
};

test('a result that loses a fact, or says nothing, is refused', () => {
  const of = (find: string, replace: string, change: Partial<Replacing> = {}) =>
    replacedIn(unit, 'Call: {a.b}', 'tr', { ...plain, find, replace, ...change })?.refused;
  assert.equal(of('Hocayı', 'Öğretmeni'), null);
  assert.equal(of('{a.b}', '183', { inFacts: true }), 'factsMissing');
  assert.equal(of('Hocayı ara', '{c.d}'), 'factsForeign');
  assert.equal(of('Hocayı ara: {a.b}', ' ', { inFacts: true }), 'unitEmpty');
  assert.equal(of('yok', 'x'), undefined);
});

test('what was read is read again, what is stale stays stale, and undoing brings back what nobody touched', () => {
  const now = withWords(unit, 'Öğretmeni ara: {a.b}', 'deniz', '2026-02-01T00:00:00.000Z');
  assert.deepEqual([now.state, now.reviewedBy, now.by, now.basedOn], ['translated', null, 'deniz', unit.basedOn]);
  assert.equal(withWords({ ...unit, state: 'initial' }, 'x', 'deniz', now.at).state, 'initial');
  const replacement = {
    ...{ id: 'r1', edition: 'tr-TR', replacing: plain, by: 'deniz', at: now.at, meanwhile: [], refused: [] },
    ...{ changed: [{ segment: unit.segment, revision: 5 }], undone: null, revision: 1 },
  };
  const earlier = new Map([[unit.segment, unit]]);
  const at = '2026-03-01T00:00:00.000Z';
  const back = undoReplacing(replacement, new Map([[unit.segment, now]]), earlier, 'elif', at);
  assert.deepEqual(back.save, [{ ...unit, at, revision: 6 }]);
  assert.deepEqual(back.replacement.undone?.kept, []);
  const touched = new Map([[unit.segment, { ...now, revision: 6 }]]);
  const kept = undoReplacing(replacement, touched, earlier, 'elif', at);
  assert.deepEqual([kept.save, kept.replacement.undone?.kept], [[], [unit.segment]]);
  assert.throws(() => undoReplacing(back.replacement, touched, earlier, 'elif', at), /updateDone/);
});
