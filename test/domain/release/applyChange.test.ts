import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyChange, applyChanges } from '../../../src/domain/release/applyChange.ts';
import { subjectOf } from '../../../src/domain/release/changeSubject.ts';
import { lessonHash, packageRoot } from '../../../src/domain/release/merkle.ts';
import type { Change } from '../../../src/domain/release/release.ts';
import { lessonOf, packageOf, segmentOf } from '../package/samples.ts';

const base = packageOf(
  [lessonOf('A1', { head: ['a', 'b'], steps: ['c'] }), lessonOf('B4', { head: ['a'] })],
  [segmentOf('loose')],
);
const at = (lesson: string, section: string, after: string | null) => ({ lesson, section, after });

const misfits: readonly (readonly [why: string, change: Change, reason: string])[] = [
  ['a segment that is there', { kind: 'segmentAdded', segment: segmentOf('a') }, 'exists'],
  ['a segment that is still placed', { kind: 'segmentRemoved', segment: segmentOf('a') }, 'stillPlaced'],
  ['a segment that is not there', { kind: 'segmentRemoved', segment: segmentOf('x') }, 'missing'],
  ['another text before', { kind: 'segmentEdited', segment: 'a', before: 'x', after: 'y' }, 'differs'],
  [
    'an id that every object answers to',
    { kind: 'segmentEdited', segment: 'constructor', before: 'x', after: 'y' },
    'missing',
  ],
  [
    'a segment placed twice in a section',
    { kind: 'placed', at: at('A1', 'head', null), placement: { segment: 'a' } },
    'exists',
  ],
  [
    'an unknown segment placed',
    { kind: 'placed', at: at('A1', 'head', null), placement: { segment: 'x' } },
    'segmentMissing',
  ],
  [
    'an unknown section',
    { kind: 'placed', at: at('A1', 'slides', null), placement: { segment: 'c' } },
    'sectionMissing',
  ],
  ['an unknown lesson', { kind: 'placed', at: at('X', 'head', null), placement: { segment: 'c' } }, 'lessonMissing'],
  [
    'an unknown neighbour',
    { kind: 'placed', at: at('A1', 'head', 'c'), placement: { segment: 'c' } },
    'neighbourMissing',
  ],
  ['another neighbour', { kind: 'unplaced', at: at('A1', 'head', null), placement: { segment: 'b' } }, 'elsewhere'],
  [
    'other fields of a placement',
    { kind: 'unplaced', at: at('A1', 'head', 'a'), placement: { segment: 'b', minutes: 3 } },
    'differs',
  ],
  [
    'a section that is not empty',
    { kind: 'sectionRemoved', lesson: 'A1', section: 'steps', sectionKind: 'steps', after: 'head' },
    'notEmpty',
  ],
  ['a lesson that is there', { kind: 'lessonAdded', lesson: lessonOf('A1', {}), after: null }, 'exists'],
  [
    'a lesson with placements',
    { kind: 'lessonAdded', lesson: lessonOf('C1', { head: ['a'] }), after: null },
    'notEmpty',
  ],
];
for (const [why, change, reason] of misfits) {
  test(`a change does not fit: ${why}`, () => {
    const named = `${change.kind} ${subjectOf(change)}`;
    assert.throws(() => applyChange(base, change), { code: 'changeDoesNotFit', data: { change: named, reason } });
  });
}

test('what a change does not touch is shared, and the package before stays as it was', () => {
  const frozen = structuredClone(base);
  const after = applyChanges(base, [
    { kind: 'segmentEdited', segment: 'c', before: 'Text of c', after: 'New' },
    { kind: 'moved', placement: { segment: 'b' }, from: at('A1', 'head', 'a'), to: at('A1', 'head', null) },
  ]);
  assert.deepEqual(base, frozen);
  assert.equal(after.lessons[1], base.lessons[1]);
  assert.equal(after.segments.a, base.segments.a);
  assert.equal(after.facts, base.facts);
  assert.deepEqual(
    after.lessons[0]?.sections[0]?.placements.map((each) => each.segment),
    ['b', 'a'],
  );
});

test('a lesson hash changes with its segments and not with those of others', () => {
  const edited = applyChange(base, { kind: 'segmentEdited', segment: 'c', before: 'Text of c', after: 'New' });
  const [a1, b4] = [0, 1].map((index) => [base, edited].map((each) => lessonHash(each, each.lessons[index] as never)));
  assert.notEqual(a1?.[0], a1?.[1]);
  assert.equal(b4?.[0], b4?.[1]);
});

test('the root sees segments placed nowhere', () => {
  const edited = applyChange(base, { kind: 'segmentEdited', segment: 'loose', before: 'Text of loose', after: 'New' });
  assert.notEqual(packageRoot(edited), packageRoot(base));
});
