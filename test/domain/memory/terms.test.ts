import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Term } from '../../../src/domain/memory/term.ts';
import { termFindings, termsIn, termUse } from '../../../src/domain/memory/terms.ts';

const term = (over: Partial<Term> & Pick<Term, 'id' | 'language' | 'source' | 'targets'>): Term => ({
  forbidden: [],
  definition: '',
  note: '',
  revision: 1,
  by: 'seed',
  at: '2026-01-01T00:00:00.000Z',
  ...over,
});
const one = (text: string, ...forms: readonly string[]) => ({ text, forms });

const blackmail = term({
  id: 'blackmail',
  language: 'tr',
  source: one('blackmail', 'blackmail*'),
  targets: [one('şantaj')],
  forbidden: [{ text: 'anlaşma', instead: 'tehdit', why: 'özgürce anlaşılmadı' }],
});
const child = term({ id: 'child', language: 'tr', source: one('child', 'children'), targets: [one('çocuk', 'çocuğ')] });
const extortion = term({
  id: 'extortion',
  language: 'tr',
  source: one('sexual extortion', 'sexual extortion of a child'),
  targets: [one('cinsel şantaj')],
});
const picture = term({
  id: 'private-picture',
  language: 'tr',
  source: one('private picture', 'private pictures'),
  targets: [one('özel … fotoğraf', 'özel … resim', 'özel … resm')],
});

test('a Turkish target takes endings, changed consonants are forms, and a capital İ or I is read the Turkish way', () => {
  assert.deepEqual(termUse(blackmail, 'Blackmailing is a crime.', 'ŞANTAJCI suç işler.'), {
    occurs: true,
    used: true,
    forbiddenFound: [],
  });
  assert.equal(termUse(child, 'The children decide.', 'Çocuğun kararı.').used, true);
  assert.equal(termUse(child, 'The children decide.', 'Gencin kararı.').used, false);
  const told = term({ id: 't', language: 'tr', source: one('luring'), targets: [one('ısrar'), one('istismar')] });
  assert.equal(termUse(told, 'luring', 'İSTİSMARA uğradı').used, true);
  assert.equal(termUse(told, 'luring', 'ISRARLA istedi').used, true);
});

test('words may stand between the parts of a phrase where it says so, and no sentence end', () => {
  assert.equal(termUse(picture, 'a private picture', 'özel bir fotoğrafı').used, true);
  assert.equal(termUse(picture, 'a private picture', 'Bu özel. Fotoğraf başka.').used, false);
});

test('an Arabic target is found behind its particles, with pronouns after it and with or without vowel signs', () => {
  const image = term({
    id: 'image',
    language: 'ar',
    source: one('picture', 'pictures'),
    targets: [one('صورة', 'صور')],
  });
  for (const text of ['الصورة', 'وصورتك', 'بصورته', 'للصور', 'فالصُّورة', 'صور أخرى']) {
    assert.equal(termUse(image, 'a picture', text).used, true, text);
  }
  assert.equal(termUse(image, 'a picture', 'رسالة').used, false);
  const luring = term({
    id: 'grooming',
    language: 'ar',
    source: one('grooming', 'groom*'),
    targets: [one('الاستدراج', 'استدرج', 'يستدرج')],
    forbidden: [{ text: 'إغواء', instead: 'الاستدراج', why: 'يجعل الخداع متبادلًا' }],
  });
  assert.equal(termUse(luring, 'grooming', 'احذروا من استدراج الأطفال').used, true);
  assert.equal(termUse(luring, 'groomed', 'ويستدرجه').used, true);
  assert.deepEqual(
    termUse(luring, 'grooming', 'هذا الاغواء خطر').forbiddenFound.map((each) => each.found),
    ['الاغواء'],
  );
});

test('English words are whole words; the longest term stands', () => {
  assert.equal(termsIn('A childish game', [child]).length, 0);
  const source = 'Sexual extortion of a child is blackmail.';
  const found = termsIn(source, [child, extortion, blackmail]);
  assert.deepEqual(
    found.map(({ term: { id }, start, end }) => [id, source.slice(start, end)]),
    [
      ['extortion', 'Sexual extortion of a child'],
      ['blackmail', 'blackmail'],
    ],
  );
});

test('languages without spaces are looked through letter by letter', () => {
  const thai = term({ id: 'child', language: 'th', source: one('child'), targets: [one('เด็ก')] });
  assert.equal(termUse(thai, 'a child', 'ครูคุยกับเด็กทุกคน').used, true);
  const chinese = term({ id: 'child', language: 'zh', source: one('child'), targets: [one('儿童')] });
  assert.equal(termUse(chinese, 'a child', '每个儿童都有权利').used, true);
  assert.equal(termUse(chinese, 'a child', '每个人都有权利').used, false);
});

test('facts in braces are no words', () => {
  const help = term({ id: 'h', language: 'tr', source: one('helpline'), targets: [one('yardım')] });
  assert.equal(termUse(help, 'Call: {helpline.child}', 'x').occurs, false);
  assert.equal(termUse(help, 'Call the helpline: {helpline.child}', '{yardim.hatti} ara').used, false);
});

test('findings name what is missing and what is not said, once a term', () => {
  const findings = termFindings([blackmail, child], 'Blackmail, blackmail! A child.', 'Bir anlaşma.', 'tr');
  assert.deepEqual(
    findings.map(({ kind, term: { id }, word }) => [kind, id, word]),
    [
      ['termMissing', 'blackmail', 'Blackmail'],
      ['termForbidden', 'blackmail', 'anlaşma'],
      ['termMissing', 'child', 'child'],
    ],
  );
  assert.deepEqual(termFindings([blackmail], 'Blackmail', '  ', 'tr'), []);
  assert.deepEqual(termFindings([blackmail], 'Blackmail', 'x', 'ar'), [], 'another language has its own glossary');
});

test('a word that is only named in quotation marks is not used', () => {
  const named = 'Şantaj için kullanmayın: “anlaşma” ve “hatanın bedeli”.';
  assert.deepEqual(termFindings([blackmail], 'Blackmail. Avoid “a deal”.', named, 'tr'), []);
  const spoken = '“Bu şantaj değil, iki kişi arasında bir anlaşma olsun istedim.”';
  assert.equal(termFindings([blackmail], 'Blackmail', spoken, 'tr').length, 1);
});
