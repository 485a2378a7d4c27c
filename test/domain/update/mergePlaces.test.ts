import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergedWith, mergeRuns } from '../../../src/domain/update/mergePlaces.ts';

const words = fc.array(fc.constantFrom('stop', 'now', 'do', 'not', 'pay', 'tell', 'an', 'adult'), { maxLength: 8 });
const text = words.map((all) => all.join(' '));

test('with nothing changed by the other side, a merge is the text of the side that changed', () => {
  fc.assert(
    fc.property(text, text, fc.boolean(), (base, changed, whole) => {
      assert.equal(mergedWith(mergeRuns(base, changed, base, 'en', whole), 'theirs'), changed);
      assert.equal(mergedWith(mergeRuns(base, base, changed, 'en', whole), 'ours'), changed);
    }),
    { numRuns: 100 },
  );
});

test('words both sides touched are one place, with the words of each', () => {
  const base = 'Talk in pairs, and walk around.';
  const runs = mergeRuns(
    base,
    base.replace('around', 'between tables'),
    base.replace('walk around', 'listen'),
    'en',
    true,
  );
  assert.deepEqual(
    runs.filter((run) => run.kind === 'choose'),
    [{ kind: 'choose', base: 'walk around', ours: 'walk between tables', theirs: 'listen' }],
  );
  assert.equal(mergedWith(runs, 'ours'), 'Talk in pairs, and walk between tables.');
  assert.equal(mergedWith(runs, 'theirs'), 'Talk in pairs, and listen.');
});

test('a placeholder or a sentence that one side added is told as that side’s', () => {
  const base = 'Call us.';
  const runs = mergeRuns(base, 'Call us. Any day.', 'Please call us.', 'en');
  assert.ok(runs.some((run) => run.kind === 'ours' && run.text.includes('Any day')));
});
