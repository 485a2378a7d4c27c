import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergeWords } from '../../../src/domain/update/mergeWords.ts';
import type { UpdateItem } from '../../../src/domain/update/update.ts';
import { edit, editionAt, flow, planOf, segmentOf, sideOf, spring, unitOf } from './smallRiver.ts';

const words = fc.constantFrom('keep', 'the', 'proof', 'tell', 'an', 'adult', 'never', 'pay', '2', '{helpline.child}');
const sentence = fc.array(words, { minLength: 1, maxLength: 10 }).map((list) => `${list.join(' ')}.`);
/** A text and what somebody made of it: words taken out, put in, replaced. */
const sides = fc
  .tuple(
    fc.array(words, { minLength: 3, maxLength: 12 }),
    fc.array(fc.tuple(fc.nat(12), words, fc.constantFrom('in', 'out', 'instead')), { maxLength: 3 }),
    fc.array(fc.tuple(fc.nat(12), words, fc.constantFrom('in', 'out', 'instead')), { maxLength: 3 }),
  )
  .map(([base, ours, theirs]) => [base.join(' '), edited(base, ours), edited(base, theirs)] as const);

type Edits = readonly (readonly [number, string, string])[];
function edited(base: readonly string[], edits: Edits): string {
  const list = [...base];
  for (const [place, word, how] of edits)
    list.splice(place % (list.length + 1), how === 'in' ? 0 : 1, ...(how === 'out' ? [] : [word]));
  return list.join(' ');
}

test('swapping sides mirrors a merge: the same conflicts, and without one the same words', () => {
  fc.assert(
    fc.property(fc.oneof(sides, fc.tuple(sentence, sentence, sentence)), ([base, ours, theirs]) => {
      const one = mergeWords(base, ours, theirs, 'en');
      const other = mergeWords(base, theirs, ours, 'en');
      assert.equal(one.conflict, other.conflict);
      if (!one.conflict) assert.equal(one.text, other.text);
    }),
    { numRuns: 100 },
  );
});

test('a side that changed nothing leaves the other one as it is', () => {
  fc.assert(
    fc.property(sides, ([base, ours]) => {
      assert.deepEqual(mergeWords(base, ours, base, 'en'), { text: ours, conflict: false });
      assert.deepEqual(mergeWords(base, base, ours, 'en'), { text: ours, conflict: false });
      assert.deepEqual(mergeWords(base, ours, ours, 'en'), { text: ours, conflict: false });
    }),
    { numRuns: 100 },
  );
});

test('swapping the sides of a same-language edition mirrors its plan', () => {
  fc.assert(
    fc.property(sides, ([base, ours, theirs]) => {
      if (new Set([base, ours, theirs]).size < 3) return;
      const plan = (mine: string, other: string): UpdateItem | undefined => {
        const start = spring([segmentOf('S1', base)]);
        const river = flow(start, 'content', [edit(start, 'S1', other)]);
        const unit = unitOf(start, 'S1', mine, { edition: 'en-TR', adapted: true });
        return planOf(river, sideOf(river, editionAt('1.0.0', 'en'), [unit])).items[0];
      };
      const [one, mirrored] = [plan(ours, theirs), plan(theirs, ours)];
      assert.ok(one && mirrored);
      assert.deepEqual(
        [one.kind, one.merged, one.choices, one.bulk],
        [mirrored.kind, mirrored.merged, mirrored.choices, mirrored.bulk],
      );
      if (one.merged) assert.equal(one.proposal, mirrored.proposal);
      assert.deepEqual([one.ours, one.theirs], [mirrored.theirs, mirrored.ours]);
    }),
    { numRuns: 100 },
  );
});
