import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { emptyPackage, type LessonPackage } from '../../../src/domain/package/lessonPackage.ts';
import { applyChanges } from '../../../src/domain/release/applyChange.ts';
import { textHash } from '../../../src/domain/release/canonical.ts';
import {
  extendHistory,
  type History,
  meaningOf,
  revisionsOf,
  stalenessOf,
} from '../../../src/domain/release/meaning.ts';
import { type ChangeSet, type Severity, severities } from '../../../src/domain/release/release.ts';
import { packageOf, segmentOf } from '../package/samples.ts';
import { edit, setOf } from './samples.ts';

type Step = { readonly text: string; readonly severity: Severity; readonly due?: string };

/** The life of the segment `s`, one set and one release a step. */
function lifeOf(first: string, steps: readonly Step[]) {
  let history: History = {};
  let current: LessonPackage = emptyPackage;
  let text = first;
  const release = (set: ChangeSet, minor: number) => {
    const revisions = revisionsOf(current, [set], { number: `0.${minor}.0`, on: '2026-01-01' }, history);
    current = applyChanges(current, set.changes);
    history = extendHistory(history, revisions);
  };
  release(setOf('start', [{ kind: 'segmentAdded', segment: segmentOf('s', { text }) }]), 1);
  for (const [index, step] of steps.entries()) {
    release(
      setOf(`set-${index + 1}`, [edit('s', text, step.text)], { severity: step.severity, due: step.due ?? null }),
      index + 2,
    );
    text = step.text;
  }
  return history.s ?? [];
}
const stale = (life: ReturnType<typeof lifeOf>, from: string, to: string) =>
  stalenessOf(life, textHash(from), textHash(to));

test('an editorial change keeps the meaning, a content change opens a new one', () => {
  const life = lifeOf('a', [
    { text: 'b', severity: 'editorial' },
    { text: 'c', severity: 'content' },
  ]);
  assert.deepEqual(
    life.map((each) => each.meaning),
    ['a', 'a', 'c'].map(textHash),
  );
  assert.deepEqual(
    life.map((each) => each.severity),
    [null, 'editorial', 'content'],
  );
  assert.equal(stale(life, 'a', 'b'), null);
  assert.deepEqual(stale(life, 'a', 'c'), { severity: 'content', due: null, sets: ['set-1', 'set-2'] });
});

test('a return to an earlier text restores its meaning and un-stales what was made from it', () => {
  const life = lifeOf('a', [
    { text: 'b', severity: 'safety', due: '2026-05-01' },
    { text: 'a', severity: 'content' },
  ]);
  assert.equal(life.at(-1)?.meaning, textHash('a'));
  assert.equal(stale(life, 'a', 'a'), null);
  assert.deepEqual(stale(life, 'b', 'a'), { severity: 'content', due: null, sets: ['set-2'] });
});

test('a return to an editorial neighbour of the old text un-stales, too', () => {
  const life = lifeOf('a', [
    { text: 'b', severity: 'editorial' },
    { text: 'c', severity: 'content' },
    { text: 'b', severity: 'content' },
  ]);
  assert.equal(stale(life, 'a', 'b'), null);
});

test('the highest severity and the earliest date on the way count', () => {
  const life = lifeOf('a', [
    { text: 'b', severity: 'safety', due: '2026-06-01' },
    { text: 'c', severity: 'safety', due: '2026-05-01' },
    { text: 'd', severity: 'content' },
  ]);
  assert.deepEqual(stale(life, 'a', 'd'), { severity: 'safety', due: '2026-05-01', sets: ['set-1', 'set-2', 'set-3'] });
  assert.deepEqual(stale(life, 'c', 'd'), { severity: 'content', due: null, sets: ['set-3'] });
});

test('a text made from a later source has no date to meet', () => {
  const life = lifeOf('a', [{ text: 'b', severity: 'safety', due: '2026-06-01' }]);
  assert.deepEqual(stale(life, 'b', 'a'), { severity: 'safety', due: null, sets: ['set-1'] });
});

test('a source that the history does not know is stale', () => {
  assert.deepEqual(stale(lifeOf('a', []), 'x', 'a'), { severity: 'content', due: null, sets: [] });
  assert.equal(meaningOf([], 'x'), 'x');
});

test('several sets that edit one segment in a release make one entry with the highest severity', () => {
  const before = packageOf([], [segmentOf('s', { text: 'a' })]);
  const sets = [
    setOf('one', [edit('s', 'a', 'b')], { severity: 'safety', due: '2026-05-01' }),
    setOf('two', [edit('s', 'b', 'c')], { severity: 'editorial' }),
  ];
  const revisions = revisionsOf(before, sets, { number: '0.2.0', on: '2026-01-01' }, {});
  assert.deepEqual(revisions, [
    {
      segment: 's',
      release: '0.2.0',
      on: '2026-01-01',
      textHash: textHash('c'),
      meaning: textHash('c'),
      severity: 'safety',
      changeSet: 'one',
      due: '2026-05-01',
    },
  ]);
});

test('sets that cancel out within a release leave no entry', () => {
  const before = packageOf([], [segmentOf('s', { text: 'a' })]);
  const sets = [setOf('one', [edit('s', 'a', 'b')]), setOf('two', [edit('s', 'b', 'a')])];
  assert.deepEqual(revisionsOf(before, sets, { number: '0.2.0', on: '2026-01-01' }, {}), []);
});

test('a text is stale exactly when its meaning is another, whatever the way', () => {
  const step = fc.record({ text: fc.constantFrom('a', 'b', 'c', 'd'), severity: fc.constantFrom(...severities) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), fc.nat(), (steps, pick) => {
      const life = lifeOf('a', steps);
      const [from, to] = [life[pick % life.length], life.at(-1)];
      const staleness = stalenessOf(life, from?.textHash ?? '', to?.textHash ?? '');
      assert.equal(staleness === null, meaningOf(life, from?.textHash ?? '') === meaningOf(life, to?.textHash ?? ''));
      // One text never has two meanings.
      for (const revision of life) assert.equal(revision.meaning, meaningOf(life, revision.textHash));
    }),
    { numRuns: 300 },
  );
});
