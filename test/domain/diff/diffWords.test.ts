import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { diffWords } from '../../../src/domain/diff/diffWords.ts';
import { nastyText } from '../package/arbitraries.ts';

const marked = (before: string, after: string, language = 'en') =>
  diffWords(before, after, language)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `+${text}+` : `-${text}-`))
    .join('');

const words = fc
  .array(fc.constantFrom('do', 'not', 'pay', 'tell', ' ', ', ', '.', '{helpline.child}', 'قل', '\n'))
  .map((w) => w.join(''));
const texts = fc.oneof(nastyText, words);

test('the runs give both texts again', () => {
  fc.assert(
    fc.property(texts, texts, fc.constantFrom('en', 'ar', 'tr'), (before, after, language) => {
      const runs = diffWords(before, after, language);
      const without = (kind: string) =>
        runs
          .filter((run) => run.kind !== kind)
          .map((run) => run.text)
          .join('');
      assert.equal(without('added'), before);
      assert.equal(without('removed'), after);
    }),
    { numRuns: 300 },
  );
});

const cases: readonly (readonly [why: string, before: string, after: string, runs: string, language?: string])[] = [
  ['an added sentence is one mark', 'Do not pay.', 'Do not pay. You can stop.', 'Do not pay.+ You can stop.+'],
  [
    'marks with one unchanged word between them are joined',
    'the red car is here',
    'a red bike is here',
    '-the red car-+a red bike+ is here',
  ],
  [
    'marks with two unchanged words between them stay apart',
    'keep one and two',
    'hold one and three',
    '-keep-+hold+ one and -two-+three+',
  ],
  ['unchanged punctuation stands outside a mark', 'One. Two three', 'Six. Two three', '-One-+Six+. Two three'],
  [
    'a placeholder is one word',
    'Call: {helpline.child}.',
    'Call: {helpline.crisis}.',
    'Call: -{helpline.child}-+{helpline.crisis}+.',
  ],
  ['words of other scripts are words', 'اتصل الآن بنا', 'اتصل غدا بنا', 'اتصل -الآن-+غدا+ بنا', 'ar'],
  ['changed punctuation is marked', 'Stop, now', 'Stop now', 'Stop-,- now'],
];
for (const [why, before, after, runs, language] of cases) {
  test(why, () => assert.equal(marked(before, after, language), runs));
}
