import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { excerptOf, markedRuns } from '../../../src/formats/search/excerpt.ts';
import { createLessonSearch, indexOfLessons, type SearchLesson } from '../../../src/formats/search/lessonIndex.ts';

const lesson = (id: string, title: string, sentence: string, texts: readonly string[]): SearchLesson => ({
  lesson: id,
  title,
  sentence,
  headings: [],
  passages: texts.map((text) => ({ where: 'Step', text })),
});
const english: readonly SearchLesson[] = [
  lesson('A1', 'My trust team', 'Children choose adults they trust.', ['Each finger stands for one grown-up.']),
  lesson('B4', 'Blackmail and help', 'They learn to tell.', [
    'A long beginning that says nothing about it, only that the class sits in a circle and reads the rules aloud.',
    'Somebody asks for money and threatens to share a picture. Call \u20660800 1111\u2069 together.',
  ]),
  lesson('C1', 'Pictures', 'A picture is asked for.', ['Nobody has to send a picture.']),
];
/** As a server has it: through JSON. */
const searchIn = async (language: string, lessons: readonly SearchLesson[]) =>
  createLessonSearch(JSON.parse(JSON.stringify(await indexOfLessons(language, lessons))));
const search = await searchIn('en', english);
const all = new Set(english.map((each) => each.lesson));
const found = (text: string) => search.find(text, all)?.hits.map((hit) => hit.lesson);

test('the best fit comes first: a title before a text, and every word has to be there', () => {
  assert.deepEqual(found('picture'), ['C1', 'B4']);
  assert.deepEqual(found('picture money'), ['B4']);
  assert.deepEqual(found('B4'), ['B4']);
  assert.equal(search.find('picture money', all)?.closeness, 'exact');
});

test('a lesson that may not be found hides no other one', () => {
  const among = new Set(['A1', 'B4']);
  assert.deepEqual(
    search.find('picture', among)?.hits.map((hit) => hit.lesson),
    ['B4'],
  );
  assert.deepEqual(search.find('send', among)?.hits, []);
});

test('slips are forgiven when nothing fits exactly, and some words are better than none', () => {
  const slip = search.find('blakmail', all);
  assert.deepEqual([slip?.closeness, slip?.hits.map((hit) => hit.lesson)], ['near', ['B4']]);
  const some = search.find('blackmail submarine', all);
  assert.deepEqual([some?.closeness, some?.hits.map((hit) => hit.lesson)], ['some', ['B4']]);
  assert.deepEqual(search.find('submarine', all)?.hits, []);
  assert.equal(search.find('!!! … ?', all), null);
});

test('a result says where the words stand, with them marked and no number cut in two', () => {
  const hit = search.find('threatens together', all)?.hits[0];
  assert.ok(hit);
  const excerpt = excerptOf(hit, 'en');
  assert.equal(excerpt?.where, 'Step');
  assert.deepEqual(
    excerpt?.runs.filter(({ marked }) => marked).map(({ text }) => text),
    ['threatens', 'together'],
  );
  const turkish = markedRuns('Sır ve ŞANTAJ', ['santaj'], 'tr');
  assert.deepEqual(turkish, [
    { text: 'Sır ve ', marked: false },
    { text: 'ŞANTAJ', marked: true },
  ]);
});

test('an excerpt never parts an isolated number, wherever it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 120 }), async (before, after) => {
      const number = '\u2066+44 (0) 800 11 11\u2069';
      const text = `${'w '.repeat(before)}${number} target ${'x '.repeat(after)}${number} end`;
      const one = (await searchIn('en', [lesson('A1', 'T', 'S', [text])])).find('target', all)?.hits[0];
      assert.ok(one);
      const shown =
        excerptOf(one, 'en')
          ?.runs.map((run) => run.text)
          .join('') ?? '';
      assert.match(shown, /target/);
      assert.equal(shown.split('\u2066').length, shown.split('\u2069').length);
      for (const part of shown.matchAll(/\u2066[^\u2069]*\u2069/g)) assert.equal(part[0], number);
      assert.ok(shown.length < 320);
    }),
    { numRuns: 200 },
  );
});

test('the same lessons make the same index, and no question can break a search', async () => {
  const [one, other] = await Promise.all([indexOfLessons('en', english), indexOfLessons('en', english)]);
  assert.equal(JSON.stringify(one), JSON.stringify(other));
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
      const answer = search.find(text, all);
      for (const hit of answer?.hits ?? []) excerptOf(hit, 'en');
      for (const hit of answer?.hits ?? []) assert.ok(english.some((each) => each.lesson === hit.lesson));
    }),
    { numRuns: 150 },
  );
  for (const word of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) assert.deepEqual(found(word), []);
});

test('longer words are looked for, but not where a hundred lessons have the word itself', async () => {
  const many = (count: number) => [
    ...Array.from({ length: count }, (_, at) => lesson(`L${at}`, 'T', 'S', [`A river, number ${at}.`])),
    lesson('longer', 'T', 'S', ['Two rivers.']),
  ];
  for (const [count, expected] of [
    [3, 4],
    [99, 100],
    [100, 100],
    [120, 120],
  ] as const) {
    const lessons = many(count);
    const hits = (await searchIn('en', lessons)).find('river', new Set(lessons.map((each) => each.lesson)))?.hits ?? [];
    assert.equal(hits.length, expected);
    assert.equal(
      hits.some((hit) => hit.lesson === 'longer'),
      expected > count,
    );
  }
});
