import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LessonPackage } from '../../../src/domain/package/lessonPackage.ts';
import { applyChanges } from '../../../src/domain/release/applyChange.ts';
import {
  addSegment,
  editSegment,
  joinSegments,
  moveSegment,
  removeSegment,
  splitSegment,
  squash,
} from '../../../src/domain/release/editing.ts';
import { lessonOf, packageOf, segmentOf } from '../package/samples.ts';

const base = packageOf([
  lessonOf('A1', { steps: [{ segment: 'a', minutes: 5 }, 'b', 'c'] }),
  lessonOf('B4', { steps: ['x', 'a'] }),
]);
const orders = (lessonPackage: LessonPackage) =>
  lessonPackage.lessons.map((lesson) => lesson.sections[0]?.placements.map((each) => each.segment).join(' '));

test('an edit says what was there before, and nothing when nothing changed', () => {
  assert.deepEqual(editSegment(base, 'a', ' New\r\nline '), [
    { kind: 'segmentEdited', segment: 'a', before: 'Text of a', after: 'New\nline' },
  ]);
  assert.deepEqual(editSegment(base, 'a', 'Text of a\r\n'), []);
  assert.throws(() => editSegment(base, 'constructor', 'x'), { code: 'segmentUnknown' });
});

test('a new segment stands where it was put', () => {
  const changes = addSegment(base, segmentOf('n'), { lesson: 'A1', section: 'steps', after: 'a' }, { minutes: 3 });
  assert.deepEqual(orders(applyChanges(base, changes)), ['a n b c', 'x a']);
  assert.throws(() => addSegment(base, segmentOf('a'), null), { code: 'segmentReused' });
});

test('a removed segment is gone from every place', () => {
  const after = applyChanges(base, removeSegment(base, 'a'));
  assert.deepEqual(orders(after), ['b c', 'x']);
  assert.equal(after.segments.a, undefined);
});

test('a segment moves within its section and to another lesson', () => {
  const from = { lesson: 'A1', section: 'steps', after: null };
  const down = moveSegment(base, 'a', from, { ...from, after: 'c' });
  assert.deepEqual(orders(applyChanges(base, down)), ['b c a', 'x a']);
  const away = moveSegment(base, 'b', from, { lesson: 'B4', section: 'steps', after: 'x' });
  assert.deepEqual(orders(applyChanges(base, away)), ['a c', 'x b a']);
  assert.deepEqual(moveSegment(base, 'a', from, from), []);
  assert.throws(() => moveSegment(base, 'x', from, from), { code: 'changeDoesNotFit' });
});

test('the parts of a split stand wherever the whole stood, and remember it', () => {
  const after = applyChanges(
    base,
    splitSegment(base, 'a', [
      { id: 'a1', text: 'one' },
      { id: 'a2', text: 'two' },
    ]),
  );
  assert.deepEqual(orders(after), ['a1 a2 b c', 'x a1 a2']);
  assert.deepEqual(after.segments.a2, { id: 'a2', kind: 'paragraph', policy: 'adaptable', text: 'two', from: ['a'] });
  assert.equal(after.lessons[0]?.sections[0]?.placements[0]?.minutes, 5);
});

test('what is joined stands where the first part stood', () => {
  const after = applyChanges(base, joinSegments(base, ['b', 'c', 'x'], { id: 'j', text: 'both' }));
  assert.deepEqual(orders(after), ['a j', 'a']);
  assert.deepEqual(after.segments.j?.from, ['b', 'c', 'x']);
});

test('what was made and taken back in between is squashed away', () => {
  const there = editSegment(base, 'a', 'New');
  const back = editSegment(applyChanges(base, there), 'a', 'Text of a');
  assert.deepEqual(squash(base, [...there, ...back]), []);
  assert.deepEqual(squash(base, [...there, ...back, ...there]), there);
});
