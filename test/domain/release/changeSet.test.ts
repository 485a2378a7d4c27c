import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proposals } from '../../../src/domain/diff/severity.ts';
import type { Segment } from '../../../src/domain/package/lessonPackage.ts';
import { applyChanges, reverseChanges } from '../../../src/domain/release/applyChange.ts';
import { textHash } from '../../../src/domain/release/canonical.ts';
import {
  compareNumbers,
  composeRelease,
  dependsOn,
  nextNumber,
  validateChangeSet,
} from '../../../src/domain/release/changeSet.ts';
import { packageRoot } from '../../../src/domain/release/merkle.ts';
import type { Change } from '../../../src/domain/release/release.ts';
import { lessonOf, packageOf, segmentOf } from '../package/samples.ts';
import { edit, setOf } from './samples.ts';

const base = packageOf(
  [lessonOf('B4', { steps: ['a', 'b', 'c'] })],
  [segmentOf('S', { policy: 'core' }), segmentOf('S.plain', { policy: 'core', variantOf: 'S' })],
);
const place = (segment: string, after: string | null): Change => ({
  kind: 'placed',
  at: { lesson: 'B4', section: 'steps', after },
  placement: { segment },
});
const unplace = (segment: string, after: string | null) => ({ ...place(segment, after), kind: 'unplaced' }) as Change;
const add = (id: string, more: Partial<Segment> = {}): Change => ({
  kind: 'segmentAdded',
  segment: segmentOf(id, more),
});
const details = { number: '0.2.0', on: '2026-01-01', summary: '', previous: '0.1.0', demonstration: false };
const orderOf = (...sets: ReturnType<typeof setOf>[]) =>
  composeRelease(base, sets, details).release.sets.map((set) => set.id);

test('an empty set is refused', () => {
  assert.throws(() => validateChangeSet(base, setOf('x', [])), { code: 'changeSetEmpty' });
});

test('an edited statement asks for its other registers', () => {
  const change = edit('S', 'Text of S', 'New');
  assert.throws(() => validateChangeSet(base, setOf('x', [change])), {
    code: 'variantUntouched',
    data: { segment: 'S', variants: ['S.plain'] },
  });
  validateChangeSet(base, setOf('x', [change], { clearedVariants: ['S.plain'] }));
  validateChangeSet(base, setOf('x', [change, edit('S.plain', 'Text of S.plain', 'New')]));
  assert.throws(() => validateChangeSet(base, setOf('x', [edit('S.plain', 'Text of S.plain', 'New')])), {
    data: { segment: 'S.plain', variants: ['S'] },
  });
});

test('core text is proposed as content, and two people may still call a comma editorial', () => {
  const comma = edit('S', 'Text of S', 'Text, of S');
  assert.deepEqual(
    proposals(base, [comma]).map(({ severity, why }) => [severity, why]),
    [['content', 'core']],
  );
  validateChangeSet(base, setOf('x', [comma], { severity: 'editorial', clearedVariants: ['S.plain'] }));
});

test('a change of numbers is never editorial', () => {
  const set = setOf('x', [edit('a', 'Text of a', 'Text of 2')], { severity: 'editorial' });
  assert.throws(() => validateChangeSet(base, set), {
    code: 'severityTooLow',
    data: { severity: 'editorial', proposed: 'content' },
  });
});

test('a mere rewording may be called editorial by its author', () => {
  validateChangeSet(base, setOf('x', [edit('a', 'Text of a', 'The text for a')], { severity: 'editorial' }));
});

test('a fact that nobody defines is refused', () => {
  assert.throws(() => validateChangeSet(base, setOf('x', [edit('a', 'Text of a', 'Call: {no.fact}')])), {
    code: 'factUnknown',
    data: { fact: 'no.fact' },
  });
});

test('an id comes back only as what it was', () => {
  const set = setOf('x', [add('old', { text: 'then' })]);
  const usedIds = new Set(['old']);
  assert.throws(() => validateChangeSet(base, set, { usedIds }), { code: 'segmentReused', data: { segment: 'old' } });
  const revision = { segment: 'old', release: '0.1.0', on: '2025-01-01', severity: null, changeSet: null, due: null };
  const history = { old: [{ ...revision, textHash: textHash('then'), meaning: textHash('then') }] };
  validateChangeSet(base, set, { usedIds, history });
});

test('a set depends on those that add or change what it touches', () => {
  const adds = setOf('adds', [add('n'), place('n', 'a')]);
  const uses = setOf('uses', [add('m'), place('m', 'n')]);
  const edits = setOf('edits', [edit('n', 'Text of n', 'New')]);
  const apart = setOf('apart', [edit('a', 'Text of a', 'New')]);
  assert.deepEqual(dependsOn(uses, [adds, edits, apart]), ['adds']);
  assert.deepEqual(dependsOn(edits, [adds, uses, apart]), ['adds']);
  assert.deepEqual(dependsOn(apart, [adds, uses, edits]), []);
  assert.deepEqual(dependsOn(adds, [uses, edits, apart]), []);
});

test('a release orders its sets by what they need', () => {
  const adds = setOf('adds', [add('n'), place('n', 'a')]);
  const uses = setOf('uses', [add('m'), place('m', 'n')]);
  assert.deepEqual(orderOf(uses, adds), ['adds', 'uses']);
  const first = setOf('first', [edit('a', 'Text of a', 'one')]);
  const second = setOf('second', [edit('a', 'one', 'two')]);
  assert.deepEqual(orderOf(second, first), ['first', 'second']);
  const back = setOf('back', [edit('a', 'one', 'Text of a')]);
  assert.deepEqual(orderOf(back, first), ['first', 'back']);
});

test('a set that needs a neighbour goes before the one that takes it away', () => {
  const takes = setOf('takes', [unplace('b', 'a')]);
  const puts = setOf('puts', [add('n'), place('n', 'b')]);
  assert.deepEqual(orderOf(takes, puts), ['puts', 'takes']);
});

test('a set without the one it depends on is refused, by name where the other is known', () => {
  const adds = setOf('adds', [add('n'), place('n', 'a')]);
  const edits = setOf('edits', [edit('n', 'Text of n', 'New')]);
  assert.throws(() => composeRelease(base, [edits], details), {
    code: 'dependencyMissing',
    data: { changeSet: 'edits', needs: ['n'] },
  });
  assert.throws(() => composeRelease(base, [edits], details, [adds]), {
    code: 'dependencyMissing',
    data: { changeSet: 'edits', needs: ['adds'] },
  });
});

test('two sets that edit one text from the same base do not fit', () => {
  const sets = [setOf('x', [edit('a', 'Text of a', 'one')]), setOf('y', [edit('a', 'Text of a', 'two')])];
  assert.throws(() => composeRelease(base, sets, details), { code: 'changeDoesNotFit' });
});

test('sets drafted apart find their places, and the release can be taken back exactly', () => {
  const adds = setOf('adds', [add('n'), place('n', 'a')]);
  const takes = setOf('takes', [unplace('b', 'a')], { severity: 'safety', due: '2026-05-01' });
  const { release, lessonPackage } = composeRelease(base, [adds, takes], details);
  assert.deepEqual(
    lessonPackage.lessons[0]?.sections[0]?.placements.map((each) => each.segment),
    ['a', 'n', 'c'],
  );
  assert.equal(release.severity, 'safety');
  assert.equal(release.root, packageRoot(lessonPackage));
  assert.ok(release.sets.every((set) => set.state === 'released' && set.release === '0.2.0'));
  const changes = release.sets.flatMap((set) => set.changes);
  assert.deepEqual(applyChanges(lessonPackage, reverseChanges(changes)), base);
});

test('release numbers grow by severity and compare as numbers', () => {
  assert.equal(nextNumber(null, 'content'), '0.1.0');
  assert.equal(nextNumber('1.9.3', 'editorial'), '1.9.4');
  assert.equal(nextNumber('1.9.3', 'content'), '1.10.0');
  assert.equal(nextNumber('1.9.3', 'safety'), '1.10.0');
  assert.ok(compareNumbers('1.10.0', '1.9.9') > 0);
  assert.equal(compareNumbers('1.2.3', '1.2.3'), 0);
  assert.throws(() => compareNumbers('1.2', '1.2.3'), { code: 'releaseUnknown' });
  const set = setOf('x', [edit('a', 'Text of a', 'one')]);
  assert.throws(() => composeRelease(base, [set], { ...details, number: '0.1.0' }), { code: 'releaseNotLater' });
});
