import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LedgerEntry } from '../../../src/domain/edition/edition.ts';
import { reofferOf, reofferOfOverride } from '../../../src/domain/edition/ledger.ts';
import { sumLedger } from '../../../src/domain/edition/ledgerSum.ts';
import type { MinutesOverride } from '../../../src/domain/edition/override.ts';
import { edit, flow, type River, segmentOf, spring } from '../update/smallRiver.ts';

const start = spring(['S1', 'S2', 'S3', 'S4', 'S5'].map((id) => segmentOf(id, `${id} says one thing.`)));
const change = (river: River, severity: 'editorial' | 'content' | 'safety', id: string, text: string) =>
  flow(river, severity, [edit(river, id, text)]);

function around(river: River, upstream = river.newest) {
  const lessonPackage = river.packages.get(upstream);
  assert.ok(lessonPackage);
  return { lessonPackage, history: river.history, upstream };
}

const entry = (segment: string, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  edition: 'tr-TR',
  segment,
  kind: 'law',
  reason: 'Our law says so',
  owner: 'elif',
  on: '2026-01-01',
  omits: false,
  against: '1.0.0',
  revision: 1,
  ...more,
});

test('a change nearby brings a difference back: its own text before its neighbour, its neighbour before its lesson', () => {
  const river = change(
    change(change(start, 'content', 'S2', 'S2 new.'), 'safety', 'S3', 'S3 new.'),
    'content',
    'S5',
    'S5 new.',
  );
  const found = reofferOf(around(river), entry('S2'));
  assert.deepEqual(
    found?.changes.map(({ segment, near, severity, since }) => [segment, near, severity, since]),
    [
      ['S2', 'own', 'content', '1.0.0'],
      ['S3', 'neighbour', 'safety', '1.0.0'],
      ['S5', 'lesson', 'content', '1.0.0'],
    ],
  );
  assert.equal(found?.near, 'own');
});

test('what does not change the meaning, what is there and back, and what comes after upstream brings nothing back', () => {
  const editorial = change(start, 'editorial', 'S2', 'S2 says one thing, well.');
  assert.equal(reofferOf(around(editorial), entry('S2')), null);
  const there = change(start, 'content', 'S2', 'S2 says another thing.');
  const back = change(there, 'content', 'S2', 'S2 says one thing.');
  assert.notEqual(reofferOf(around(there), entry('S2')), null);
  assert.equal(reofferOf(around(back), entry('S2')), null);
  assert.equal(reofferOf(around(there, '1.0.0'), entry('S2')), null);
});

test('once somebody said that it is still true, or declined that meaning, it rests', () => {
  const river = change(start, 'content', 'S2', 'S2 new.');
  assert.equal(reofferOf(around(river), entry('S2', { against: '1.1.0' })), null);
  const declined = river.history.S2?.at(-1)?.meaning ?? '';
  assert.equal(reofferOf(around(river), entry('S2', { declined })), null);
  assert.equal(reofferOf(around(river), entry('S3', { declined }))?.near, 'neighbour');
});

test('an old entry is judged by its day', () => {
  const { against: _, ...old } = entry('S2');
  const river = change(start, 'content', 'S2', 'S2 new.');
  assert.equal(reofferOf(around(river), { ...old, on: '2026-01-01' }), null);
  assert.equal(reofferOf(around(river), { ...old, on: '2025-12-31' })?.near, 'own');
});

test('minutes come back when the baseline has others, too', () => {
  const lessonPackage = around(start).lessonPackage;
  const [lesson] = lessonPackage.lessons;
  assert.ok(lesson);
  const placements = (minutes: number) =>
    ['S1', 'S2', 'S3', 'S4', 'S5'].map((segment) => (segment === 'S2' ? { segment, minutes } : { segment }));
  const withMinutes = (minutes: number) => ({
    ...around(start),
    lessonPackage: {
      ...lessonPackage,
      lessons: [{ ...lesson, sections: [{ id: 'steps', kind: 'steps' as const, placements: placements(minutes) }] }],
    },
  });
  const override: MinutesOverride = {
    ...{ edition: 'tr-TR', lesson: 'L1', section: 'steps', kind: 'minutes', segment: 'S2', minutes: 12, base: 10 },
    ...{ reason: 'Short lessons', owner: 'elif', on: '2026-01-01', against: '1.0.0', revision: 1 },
  };
  assert.equal(reofferOfOverride(withMinutes(10), override), null);
  assert.deepEqual(reofferOfOverride(withMinutes(8), override), { near: 'own', changes: [], baseMoved: true });
});

test('the sum counts each edition once and keeps kinds, omissions and refusals apart', () => {
  const row = (segment: string, kind: LedgerEntry['kind'], omits = false, declined = false) => ({
    segment,
    kind,
    omits,
    declined,
    count: 1,
  });
  assert.deepEqual(
    sumLedger([row('A', 'law'), row('B', 'law', true), row('B', 'other', false, true), row('B', 'law')]),
    [
      { segment: 'B', editions: 3, kinds: { law: 2, other: 1 }, omitted: 1, declined: 1 },
      { segment: 'A', editions: 1, kinds: { law: 1 }, omitted: 0, declined: 0 },
    ],
  );
});
