import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { diffPackages } from '../../../src/domain/diff/diffReleases.ts';
import { emptyPackage, type LessonPackage } from '../../../src/domain/package/lessonPackage.ts';
import { applyChanges, reverseChanges } from '../../../src/domain/release/applyChange.ts';
import { packageRoot } from '../../../src/domain/release/merkle.ts';
import { lessonPackages } from '../package/arbitraries.ts';
import { lessonOf, packageOf } from '../package/samples.ts';

test('the differences of any two packages lead from one to the other, and back', () => {
  fc.assert(
    fc.property(lessonPackages, lessonPackages, (before, after) => {
      const changes = diffPackages(before, after);
      const reached = applyChanges(before, changes);
      assert.deepEqual(reached, after);
      assert.equal(packageRoot(reached), packageRoot(after));
      assert.deepEqual(applyChanges(after, reverseChanges(changes)), before);
    }),
    { numRuns: 300 },
  );
});

test('a package can be built from nothing, and taken down to nothing', () => {
  fc.assert(
    fc.property(lessonPackages, (lessonPackage) => {
      const changes = diffPackages(emptyPackage, lessonPackage);
      assert.deepEqual(applyChanges(emptyPackage, changes), lessonPackage);
      assert.deepEqual(applyChanges(lessonPackage, reverseChanges(changes)), emptyPackage);
    }),
    { numRuns: 200 },
  );
});

test('a package has no differences from itself', () => {
  fc.assert(
    fc.property(lessonPackages, (lessonPackage) => {
      assert.deepEqual(diffPackages(lessonPackage, structuredClone(lessonPackage)), []);
    }),
    { numRuns: 200 },
  );
});

const base = packageOf([
  lessonOf('A1', { head: ['a', 'b', 'c', 'd'], steps: ['e', 'f'] }),
  lessonOf('B4', { head: ['g', 'h'] }),
]);
const kinds = (after: LessonPackage) => diffPackages(base, after).map((change) => change.kind);

test('a segment that changed its place in a section is one move', () => {
  assert.deepEqual(
    kinds(packageOf([lessonOf('A1', { head: ['d', 'a', 'b', 'c'], steps: ['e', 'f'] }), base.lessons[1]])),
    ['moved'],
  );
});

test('a segment that went to another lesson is one move', () => {
  const after = packageOf([
    lessonOf('A1', { head: ['a', 'b', 'c', 'd'], steps: ['e'] }),
    lessonOf('B4', { head: ['g', 'f', 'h'] }),
  ]);
  assert.deepEqual(diffPackages(base, after), [
    {
      kind: 'moved',
      placement: { segment: 'f' },
      from: { lesson: 'A1', section: 'steps', after: 'e' },
      to: { lesson: 'B4', section: 'head', after: 'g' },
    },
  ]);
});

test('a segment of another kind is another segment', () => {
  const segments = { ...base.segments, e: { ...base.segments.e, kind: 'step' } } as LessonPackage['segments'];
  assert.deepEqual(kinds({ ...base, segments }), ['unplaced', 'segmentRemoved', 'segmentAdded', 'placed']);
});
