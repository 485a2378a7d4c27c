import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addedWork, type ImpactItem, impactKinds, wordsOf } from '../../../src/domain/update/impact.ts';

const items = fc.uniqueArray(
  fc
    .record({
      key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      kind: fc.constantFrom(...impactKinds),
      words: fc.integer({ min: 0, max: 40 }),
    })
    .map(
      (item): ImpactItem => ({
        ...{ severity: 'content', due: null, policy: null, lessons: [], base: null, ours: null, theirs: null },
        ...item,
        words: item.kind === 'factNeeded' ? 0 : item.words,
      }),
    ),
  { selector: (item) => item.key },
);
const stale = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')).map((keys) => new Set<string>(keys));
const redo = new Set(['stale', 'conflict', 'coreOverridden']);

test('going stale is what was current and has to be redone: never a unit that is stale already', () => {
  fc.assert(
    fc.property(items, items, stale, (then, now, already) => {
      const work = addedWork(then, now, already);
      for (const item of work.going) assert.ok(redo.has(item.kind) && !already.has(item.key));
      const asked = then.filter((item) => redo.has(item.kind));
      assert.equal(asked.length, work.going.length + asked.filter((item) => already.has(item.key)).length);
    }),
    { numRuns: 100 },
  );
});

test('without the release nothing is added, and every word is counted once', () => {
  fc.assert(
    fc.property(items, stale, (then, already) => {
      const same = addedWork(then, then, new Set(then.map((item) => item.key)));
      assert.equal(wordsOf(same), 0);
      assert.deepEqual([...same.conflicts, ...same.overrides, ...same.added, ...same.facts], []);
      const work = addedWork(then, [], already);
      const whole = then.reduce((sum, item) => sum + item.words, 0);
      assert.ok(wordsOf(work) <= whole);
      assert.equal(wordsOf(addedWork(then, [], new Set())), whole);
    }),
    { numRuns: 100 },
  );
});
