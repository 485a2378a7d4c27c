import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  hardParts,
  hideSmall,
  type LessonCounts,
  leastShown,
  middleMinutes,
  shownFeedback,
  usables,
} from '../../../src/domain/feedback/feedback.ts';

const counts = (over: Partial<LessonCounts>): LessonCounts => ({
  edition: 'tr-TR',
  lesson: 'B4',
  answers: 0,
  usable: {},
  minutes: {},
  hard: {},
  ...over,
});

test('fewer than five answers show nothing at all', () => {
  const shown = shownFeedback(counts({ answers: 4, usable: { yes: 4 }, minutes: { 45: 4 }, hard: { time: 4 } }));
  assert.equal(shown.answers, null);
  assert.equal(shown.minutes, null);
  assert.deepEqual([...new Set([...Object.values(shown.usable), ...Object.values(shown.hard)])], [null]);
});

test('enough answers show what is large enough', () => {
  const shown = shownFeedback(
    counts({ answers: 20, usable: { yes: 15, partly: 5 }, minutes: { 40: 3, 50: 4 }, hard: { time: 6, words: 2 } }),
  );
  assert.equal(shown.answers, 20);
  // “no” has nobody: hiding it alone would not hide it, so the next smallest goes with it.
  assert.deepEqual(shown.usable, { yes: 15, partly: null, no: null });
  assert.equal(shown.minutes, 50);
  assert.deepEqual([shown.hard.time, shown.hard.words, shown.hard.age], [6, null, null]);
});

test('the middle of the minutes', () => {
  assert.equal(middleMinutes({ 40: 2, 45: 2 }), null);
  assert.equal(middleMinutes({ 100: 1, 40: 2, 45: 2 }), 45);
  assert.equal(middleMinutes({ 9: 5, 10: 5 }), 9);
});

const some = fc.nat({ max: 30 });

test('no small number is shown, and none follows from what is shown', () => {
  const usable = fc.record({ yes: some, partly: some, no: some });
  fc.assert(
    fc.property(usable, (each) => {
      const shown = hideSmall(usables, each);
      const hidden = usables.filter((name) => shown[name] === null);
      for (const name of usables) {
        if (each[name] < leastShown) assert.equal(shown[name], null);
        if (shown[name] !== null) assert.equal(shown[name], each[name]);
      }
      // The whole is known: one hidden number alone would be the rest of it.
      assert.notEqual(hidden.length, 1);
    }),
  );
});

test('what was hard is shown as it is or not at all', () => {
  const hard = fc.record(Object.fromEntries(hardParts.map((part) => [part, some])));
  fc.assert(
    fc.property(some, hard, (answers, each) => {
      const shown = shownFeedback(counts({ answers, hard: each }));
      for (const part of hardParts) {
        const fit = answers >= leastShown && (each[part] ?? 0) >= leastShown;
        assert.equal(shown.hard[part], fit ? each[part] : null);
      }
    }),
  );
});
