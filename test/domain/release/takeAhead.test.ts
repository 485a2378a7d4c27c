import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LessonPackage } from '../../../src/domain/package/lessonPackage.ts';
import { textHash } from '../../../src/domain/release/canonical.ts';
import { addSegment, joinSegments, moveSegment, removeSegment } from '../../../src/domain/release/editing.ts';
import { stalenessOf } from '../../../src/domain/release/meaning.ts';
import { historyWithAhead, raiseHistory } from '../../../src/domain/release/ownHistory.ts';
import { laterSets, stillAhead, takeAhead } from '../../../src/domain/release/takeAhead.ts';
import { edit, flow, flowSets, type River, segmentOf, spring } from '../update/smallRiver.ts';

const start = spring(['S1', 'S2', 'S3'].map((id) => segmentOf(id, `${id} first`)));
const at = (river: River, number = river.newest): LessonPackage => river.packages.get(number) as LessonPackage;
const take = (river: River, ...sets: readonly string[]) =>
  takeAhead(at(river, '1.0.0'), laterSets(river.releases, '1.0.0'), sets);
const textsIn = (lessonPackage: LessonPackage) =>
  Object.fromEntries(Object.values(lessonPackage.segments).map(({ id, text }) => [id, text]));

test('one set ahead, and nothing else of the releases before it', () => {
  const river = flow(flow(start, 'content', [edit(start, 'S1', 'one')]), 'safety', [edit(start, 'S2', 'two')]);
  const taken = take(river, 'set-1.2.0');
  assert.deepEqual(taken.ahead, ['set-1.2.0']);
  assert.deepEqual(textsIn(taken.lessonPackage), { S1: 'S1 first', S2: 'two', S3: 'S3 first' });
});

test('what a set depends on comes along, in the order of the releases, and is named', () => {
  const first = flow(start, 'content', [edit(start, 'S1', 'one')]);
  const river = flow(flow(first, 'content', [edit(first, 'S2', 'two')]), 'safety', [edit(first, 'S1', 'one again')]);
  const taken = take(river, 'set-1.3.0');
  assert.deepEqual(taken.ahead, ['set-1.1.0', 'set-1.3.0']);
  assert.equal(textsIn(taken.lessonPackage).S1, 'one again');
  assert.equal(textsIn(taken.lessonPackage).S2, 'S2 first');
});

test('what was made and taken back in between does not come along', () => {
  const there = flow(start, 'content', [edit(start, 'S1', 'one')]);
  const back = flow(there, 'content', [edit(there, 'S1', 'S1 first')]);
  const river = flow(back, 'safety', [edit(back, 'S1', 'better')]);
  assert.deepEqual(take(river, 'set-1.3.0').ahead, ['set-1.3.0']);
  // With the first one taken as well, the way back is needed.
  assert.deepEqual(take(river, 'set-1.1.0', 'set-1.3.0').ahead, ['set-1.1.0', 'set-1.2.0', 'set-1.3.0']);
});

test('a new segment behind a new neighbour brings the neighbour along', () => {
  const place = { lesson: 'L1', section: 'steps' };
  const one = flow(start, 'content', addSegment(at(start), segmentOf('N1', 'new'), { ...place, after: 'S1' }));
  const two = flow(one, 'content', addSegment(at(one), segmentOf('N2', 'newer'), { ...place, after: 'N1' }));
  assert.deepEqual(take(two, 'set-1.2.0').ahead, ['set-1.1.0', 'set-1.2.0']);
});

test('a set that cannot stand on the release is refused, and says which one', () => {
  const lesson = { ...at(start).lessons[0], id: 'L2' } as LessonPackage['lessons'][number];
  const empty = { ...lesson, sections: [{ id: 'steps', kind: 'steps' as const, placements: [] }] };
  const river = flow(start, 'content', [{ kind: 'lessonAdded', lesson: empty, after: 'L1' }]);
  assert.throws(() => takeAhead(at(river), laterSets(river.releases, '1.0.0'), ['set-1.1.0']), {
    code: 'aheadNotAlone',
  });
  assert.throws(() => take(river, 'unheard-of'), { code: 'changeSetUnknown' });
});

test('structure goes ahead, too: a join, a move, a removal', () => {
  const one = flow(start, 'content', [edit(start, 'S3', 'three')]);
  const joined = flow(one, 'content', joinSegments(at(one), ['S1', 'S2'], { id: 'J', text: 'joined' }));
  assert.deepEqual(Object.keys(take(joined, 'set-1.2.0').lessonPackage.segments).sort(), ['J', 'S3']);
  const from = { lesson: 'L1', section: 'steps', after: null };
  const moved = flow(one, 'content', moveSegment(at(one), 'S1', from, { ...from, after: 'S3' }));
  const order = take(moved, 'set-1.2.0').lessonPackage.lessons[0]?.sections[0]?.placements;
  assert.deepEqual(
    order?.map(({ segment }) => segment),
    ['S2', 'S3', 'S1'],
  );
  const removed = flow(one, 'content', removeSegment(at(one), 'S2'));
  assert.deepEqual(take(removed, 'set-1.2.0').ahead, ['set-1.2.0']);
});

test('a release that has the set leaves it out of what is still ahead; the whole way always fits', () => {
  const there = flow(start, 'content', [edit(start, 'S1', 'one')]);
  const back = flow(there, 'content', [edit(there, 'S1', 'S1 first')]);
  const river = flow(back, 'safety', [edit(back, 'S1', 'better')]);
  const later = laterSets(river.releases, '1.1.0');
  const still = stillAhead(at(river, '1.1.0'), later, ['set-1.3.0']);
  assert.deepEqual(still.ahead, ['set-1.2.0', 'set-1.3.0']);
  assert.equal(textsIn(still.lessonPackage).S1, 'better');
  assert.deepEqual(stillAhead(at(river), laterSets(river.releases, river.newest), ['set-1.3.0']).ahead, []);
});

test('a text between two sets of one release has a meaning, a severity and a date of its own', () => {
  const middle = edit(start, 'S1', 'safer');
  const river = flowSets(start, [
    { id: 'first', severity: 'safety', changes: [middle] },
    {
      id: 'second',
      severity: 'editorial',
      changes: [{ ...middle, before: 'safer', after: 'Safer.' } as typeof middle],
    },
  ]);
  const [old, hash, last] = ['S1 first', 'safer', 'Safer.'].map(textHash) as [string, string, string];
  assert.equal(stalenessOf(river.history.S1 ?? [], old, hash)?.severity, 'content', 'unknown without it');
  const own = historyWithAhead(river.history, river.releases, ['first']);
  const way = stalenessOf(own.S1 ?? [], old, hash);
  assert.deepEqual([way?.severity, way?.due, way?.sets], ['safety', '2026-12-01', ['first']]);
  assert.equal(stalenessOf(own.S1 ?? [], hash, last), null, 'the second set left the meaning alone');
  assert.equal(historyWithAhead(river.history, river.releases, []), river.history);
});

test('a raised severity makes an editorial change a meaning of its own; a lower one changes nothing', () => {
  const one = flow(start, 'editorial', [edit(start, 'S1', 'one')]);
  const river = flow(one, 'editorial', [edit(one, 'S1', 'one.')]);
  const [old, first, second] = ['S1 first', 'one', 'one.'].map(textHash) as [string, string, string];
  assert.equal(stalenessOf(river.history.S1 ?? [], old, second), null);
  const raised = raiseHistory(river.history, river.releases, {
    'set-1.1.0': { severity: 'safety', due: '2026-09-01' },
  });
  assert.deepEqual(stalenessOf(raised.S1 ?? [], old, second), {
    ...{ severity: 'safety', due: '2026-09-01', sets: ['set-1.1.0', 'set-1.2.0'] },
  });
  assert.equal(stalenessOf(raised.S1 ?? [], first, second), null, 'the next editorial change keeps the new meaning');
  const lower = raiseHistory(river.history, river.releases, { 'set-1.1.0': { severity: 'editorial', due: null } });
  assert.equal(lower, river.history);
});
