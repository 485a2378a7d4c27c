import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LedgerEntry } from '../../../src/domain/edition/edition.ts';
import type { WorkingEdition } from '../../../src/domain/edition/workingText.ts';
import type { Claim, ReadUnit } from '../../../src/domain/exchange/exchangeFile.ts';
import { countsOf, planMark, unitsTaken } from '../../../src/domain/exchange/fileImport.ts';
import { type ImportLine, planImport } from '../../../src/domain/exchange/planImport.ts';
import { normalText } from '../../../src/domain/package/text.ts';
import { textHash } from '../../../src/domain/release/canonical.ts';
import { lineFrom, newSource, oldSource, unitOf, workingWith } from './smallExchange.ts';

const base = 'Ödeme. Ara: {helpline.child}.';
const changed = 'Sakın ödeme. Ara: {helpline.child}.';
const other = 'Para verme. Ara: {helpline.child}.';

function only(units: readonly ReadUnit[], working: WorkingEdition): ImportLine {
  const [line] = planImport(units, working);
  assert.ok(line !== undefined);
  return line;
}
const outcome = (units: readonly ReadUnit[], working: WorkingEdition) => {
  const { outcome: told, why } = only(units, working);
  return why ?? told;
};
const left = workingWith();

test('the truth table: base, ours, theirs', () => {
  const ours = (target: string) => workingWith({ unit: unitOf(target, { revision: 4 }) });
  const file = (target: string) => [lineFrom(left, { target })];
  assert.equal(outcome(file(base), left), 'same', 'nothing changed');
  assert.equal(outcome(file(changed), left), 'taken', 'only the file changed');
  assert.equal(outcome(file(base), ours(changed)), 'same', 'only we changed: ours stays');
  assert.equal(outcome(file(changed), ours(changed)), 'same', 'both changed to the same');
  assert.equal(outcome(file(changed), ours(other)), 'bothChanged');
  const conflict = only(file(changed), ours(other));
  assert.deepEqual([conflict.ours, conflict.theirs], [other, changed], 'both texts are told');
});

test('a taken text is translated, waits for review and knows what it was made from', () => {
  const reviewed = workingWith({ unit: unitOf(base, { state: 'final', reviewedBy: 'murat' }) });
  const lines = planImport([lineFrom(reviewed, { target: changed, claim: 'done' })], reviewed);
  const [unit] = unitsTaken(lines, reviewed, 'deniz', '2026-11-24T09:00:00.000Z');
  assert.deepEqual(
    [unit?.target, unit?.state, unit?.reviewedBy, unit?.by, unit?.revision, unit?.basedOn],
    [changed, 'translated', null, 'deniz', 4, textHash(oldSource)],
  );
});

test('the source moved on: the text is taken, and stale at once', () => {
  const now = workingWith({ source: newSource });
  const line = only([lineFrom(left, { target: changed })], now);
  assert.deepEqual([line.outcome, line.stale, line.basedOn], ['taken', true, textHash(oldSource)]);
  const [unit] = unitsTaken([line], now, 'deniz', '2026-11-24T09:00:00.000Z');
  assert.equal(unit?.basedOn, textHash(oldSource));
});

test('a text for the new source makes a stale unit current', () => {
  const now = workingWith({ source: newSource });
  const line = only([lineFrom(now, { target: changed })], now);
  assert.deepEqual([line.outcome, line.stale, line.basedOn], ['taken', false, textHash(newSource)]);
});

test('what somebody did meanwhile to the same text is work, too', () => {
  const file = [lineFrom(left, { target: changed })];
  const with_ = (change: Parameters<typeof unitOf>[1]) =>
    workingWith({ source: newSource, unit: unitOf(base, { revision: 4, ...change }) });
  assert.equal(outcome(file, with_({ basedOn: textHash(newSource) })), 'confirmedMeanwhile');
  assert.equal(outcome(file, with_({ state: 'reviewed', reviewedBy: 'murat' })), 'reviewedMeanwhile');
  assert.equal(outcome(file, with_({ backTranslation: { text: 'x', by: 'murat', of: textHash(base) } })), 'taken');
});

test('what cannot be saved at the desk is not taken, and says why', () => {
  const with_ = (change: Partial<ReadUnit>) => outcome([lineFrom(left, change)], left);
  assert.equal(with_({ target: 'Ödeme.' }), 'factsMissing');
  assert.equal(with_({ target: `${changed} {emergency.number}` }), 'factsForeign');
  assert.equal(with_({ target: '  ' }), 'targetEmpty');
  assert.equal(with_({ target: changed.padEnd(20_001, '!') }), 'textTooLong');
  assert.equal(with_({ target: `${changed}\u0007` }), 'characters');
  assert.equal(with_({ target: `\u202e${changed}` }), 'characters', 'an override turns a number around');
  assert.equal(with_({ target: `\u2067${changed}\u2069\u200f` }), 'taken', 'isolates and marks are of the script');
  assert.equal(with_({ target: changed, source: 'Pay.' }), 'sourceAltered');
  assert.equal(with_({ target: changed, claim: 'unfinished' }), 'unfinished');
  assert.equal(with_({ target: changed, segment: 'X9' }), 'segmentUnknown');
  assert.equal(with_({ target: changed, segment: 'constructor' }), 'segmentUnknown');
  const gone: LedgerEntry = {
    edition: 'tr-TR',
    segment: 'S1',
    kind: 'omission',
    reason: 'r',
    owner: 'x',
    on: '2026-01-01',
    omits: true,
    revision: 1,
  };
  assert.equal(outcome([lineFrom(left, { target: changed })], workingWith({ ledger: gone })), 'omitted');
});

test('a tool that drops the stamp: an empty place is filled, a text is never replaced', () => {
  const dropped = { stamp: null, claim: 'done' } as const;
  assert.equal(outcome([lineFrom(left, { ...dropped, target: changed })], left), 'baseUnknown');
  assert.equal(outcome([lineFrom(left, { ...dropped, target: base })], left), 'same');
  assert.equal(outcome([lineFrom(left, { ...dropped, target: changed })], workingWith({ unit: null })), 'taken');
  const foreign = lineFrom(left, { ...dropped, target: changed, source: 'Pay.' });
  assert.equal(outcome([foreign], workingWith({ unit: null })), 'sourceUnknown');
});

test('two lines about one segment: the one that was only carried along says nothing', () => {
  const carried = lineFrom(left);
  const added = lineFrom(left, { stamp: null, target: changed, claim: 'done' });
  const told = (units: readonly ReadUnit[]) => planImport(units, left).map((line) => line.why ?? line.outcome);
  assert.deepEqual(told([carried, added]), ['same', 'taken']);
  assert.deepEqual(told([added, carried]), ['taken', 'same']);
  assert.deepEqual(told([lineFrom(left, { target: changed }), lineFrom(left, { target: changed })]), ['taken', 'same']);
  assert.deepEqual(told([lineFrom(left, { target: changed }), lineFrom(left, { target: other })]), [
    'segmentTwice',
    'segmentTwice',
  ]);
});

test('a mark without a new text is told and not taken', () => {
  const stale = workingWith({ source: newSource });
  assert.equal(outcome([lineFrom(stale, { claim: 'done' })], stale), 'stateOnly');
  assert.equal(outcome([lineFrom(left, { claim: 'unfinished' })], left), 'stateOnly');
});

test('an inherited text that is changed becomes a unit of its own', () => {
  const british = workingWith({ language: 'en', unit: null });
  assert.equal(outcome([lineFrom(british)], british), 'same');
  const lines = planImport([lineFrom(british, { target: `${oldSource} Now.` })], british);
  const [unit] = unitsTaken(lines, british, 'grace', '2026-11-24T09:00:00.000Z');
  assert.deepEqual([unit?.target, unit?.adapted, unit?.revision], [`${oldSource} Now.`, true, 1]);
});

test('what was shown is what is taken: the mark changes with every revision', () => {
  const file = [lineFrom(left, { target: changed })];
  const seen = planMark(planImport(file, left));
  assert.equal(planMark(planImport(file, workingWith())), seen);
  const moved = workingWith({ unit: unitOf(base, { revision: 4, backTranslation: null }) });
  assert.notEqual(planMark(planImport(file, moved)), seen);
});

test('never is a text replaced that is not the base, and never is one lost', () => {
  const texts = fc.constantFrom(base, changed, other, 'Ödeme.', '', `${base} `, 'Ödeme. Ara: {helpline.child}.\r\n');
  const state = fc.constantFrom('initial', 'translated', 'reviewed', 'final');
  const side = fc.record({ target: texts, state, revision: fc.integer({ min: 1, max: 5 }), moved: fc.boolean() });
  const claim = fc.constantFrom<Claim>('untouched', 'done', 'unfinished');
  fc.assert(
    fc.property(side, side, texts, claim, fc.boolean(), fc.boolean(), (then, now, theirs, told, dropped, movedOn) => {
      const unit = ({ target, state: of, revision, moved }: typeof then) =>
        target === ''
          ? null
          : unitOf(normalText(target), { state: of, revision, basedOn: textHash(moved ? newSource : oldSource) });
      const before = workingWith({ unit: unit(then) });
      const after = workingWith({ unit: unit(now), source: movedOn ? newSource : oldSource });
      const line = lineFrom(before, { target: theirs, claim: told, ...(dropped ? { stamp: null } : {}) });
      const [result] = planImport([line], after);
      assert.ok(result !== undefined);
      const [saved] = unitsTaken([result], after, 'deniz', '2026-11-24T09:00:00.000Z');
      const ours = normalText(now.target);
      if (saved !== undefined) {
        assert.ok(ours === '' || ours === normalText(then.target), 'what is replaced is the base');
        assert.ok(!dropped || ours === '', 'without a base nothing is replaced');
        assert.equal(saved.state, 'translated');
        assert.equal(saved.basedOn, textHash(oldSource), 'based on the source that the file left with');
        assert.equal(saved.revision, (unit(now)?.revision ?? 0) + 1);
      } else if (normalText(theirs) !== ours && (dropped || normalText(theirs) !== normalText(then.target))) {
        assert.equal(result.outcome, 'notTaken');
        assert.equal(result.theirs, normalText(theirs), 'the text in the file is kept in the report');
      }
      assert.equal(countsOf([result]).lines, 1);
    }),
    { numRuns: 100 },
  );
});
