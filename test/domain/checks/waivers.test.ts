import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkUnit } from '../../../src/domain/checks/unit/checkUnit.ts';
import { factDifference } from '../../../src/domain/checks/unit/factsCheck.ts';
import { createRemembering } from '../../../src/domain/checks/unit/remember.ts';
import { judged, stopsPublication, type Waiver } from '../../../src/domain/checks/unit/waiver.ts';
import type { Policy } from '../../../src/domain/package/lessonPackage.ts';
import { found, textOf } from './texts.ts';

const waiverOf = (of: string, change: Partial<Waiver> = {}): Waiver => ({
  ...{ edition: 'tr-TR', segment: 'L1.par.1', check: 'numbersMissing', of, reason: 'custom', words: '', by: 'murat' },
  ...{ at: '2026-06-01T08:00:00.000Z', withdrawn: null, revision: 1 },
  ...change,
});
const source = 'Give 45 minutes.';
const here = { target: 'Zaman verin.', meaning: 'm1' };

test('a waiver answers one finding about one text with one meaning of its source', () => {
  const [open] = judged(found(source, here.target), here, []);
  assert.ok(open !== undefined && stopsPublication(open));
  const waiver = waiverOf(open.of);
  const stops = (target: string, meaning: string, waivers: readonly Waiver[]) =>
    judged(found(source, target), { target, meaning }, waivers).some(stopsPublication);
  assert.equal(stops(here.target, 'm1', [waiver]), false);
  assert.equal(stops('Biraz zaman verin.', 'm1', [waiver]), true);
  assert.equal(stops(here.target, 'm2', [waiver]), true);
  assert.equal(stops(here.target, 'm1', [{ ...waiver, withdrawn: { by: 'a', at: waiver.at } }]), true);
});

test('a waiver from before a segment became core answers nothing', () => {
  const [adaptable] = judged(found(source, here.target), here, []);
  assert.ok(adaptable !== undefined);
  const core = judged(found(source, here.target, { policy: 'core' }), here, [waiverOf(adaptable.of)]);
  assert.deepEqual(core.map(stopsPublication), [true]);
});

const policies: readonly Policy[] = ['core', 'adaptable', 'local'];
const words = fc.array(fc.constantFrom('dur', 'anlat', 'yetişkin', 'güven', 'kart', 'öykü'), { minLength: 1 });
const keys = fc.uniqueArray(fc.constantFrom('helpline.child', 'emergency.number', 'report.authority'), {
  minLength: 1,
});

test('dropping a fact is always wrong, whatever the policy, and nobody waives it', () => {
  fc.assert(
    fc.property(words, keys, fc.constantFrom(...policies), fc.boolean(), (spoken, facts, policy, adapted) => {
      const text = `${spoken.join(' ')} ${facts.map((key) => `{${key}}`).join(' ')}`;
      const dropped = text.replace(`{${facts[0]}}`, '').trim();
      const finding = found(text, dropped, { policy, adapted }).find(({ check }) => check === 'factsMissing');
      assert.equal(finding?.level, 'error');
      assert.equal(finding.waivable, false);
    }),
    { numRuns: 100 },
  );
});

const digitsOf: readonly string[] = [
  '0123456789',
  '٠١٢٣٤٥٦٧٨٩',
  '۰۱۲۳۴۵۶۷۸۹',
  '०१२३४५६७८९',
  '๐๑๒๓๔๕๖๗๘๙',
  '০১২৩৪৫৬৭৮৯',
];

test('a text with the same numbers, marks and end passes in the digits of any script', () => {
  const numbers = fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 4 });
  fc.assert(
    fc.property(words, numbers, fc.boolean(), fc.constantFrom(...digitsOf), (spoken, counts, strong, digits) => {
      const say = (all: readonly string[], write: (n: number) => string) =>
        `${strong ? `**${all.join(' ')}**` : all.join(' ')} ${counts.map(write).join(' + ')}.`;
      const inScript = (n: number) => String(n).replace(/\d/g, (digit) => digits[Number(digit)] ?? '');
      const from = say(
        spoken.map((word) => `x${word}`),
        String,
      );
      assert.deepEqual(found(from, say(spoken, inScript), { policy: 'adaptable' }), []);
    }),
    { numRuns: 100 },
  );
});

test('facts of two texts differ by what only one of them has, and by nothing when they are equal', () => {
  const some = fc.subarray(['a', 'b.c', 'd.e_f', 'g']);
  fc.assert(
    fc.property(some, some, (ours, theirs) => {
      const text = (all: readonly string[]) => all.map((key) => `{${key}}`).join(' ');
      const { missing, foreign } = factDifference(text(theirs), text(ours));
      assert.deepEqual(new Set([...missing, ...ours]), new Set([...theirs, ...ours]));
      assert.ok(missing.every((key) => !ours.includes(key)) && foreign.every((key) => !theirs.includes(key)));
    }),
    { numRuns: 100 },
  );
});

test('what is remembered is what would be found', () => {
  const remembering = createRemembering(8);
  const targets = fc.array(fc.constantFrom('Dur', 'Dur.', '45 dur.', '**Dur.', '{a.b} dur.', 'Stop it now.'));
  fc.assert(
    fc.property(targets, fc.constantFrom(...policies), (all, policy) => {
      for (const target of all) {
        const text = textOf('Stop it now.', target, { policy });
        assert.deepEqual(remembering(text, 'tr'), checkUnit(text));
      }
    }),
    { numRuns: 100 },
  );
});
