import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EditionImpact } from '../../../src/commands/baseline/releaseImpact.ts';
import type { LessonPackage, Policy, Segment } from '../../../src/domain/package/lessonPackage.ts';
import { applyChanges } from '../../../src/domain/release/applyChange.ts';
import { editSegment, moveSegment, removeSegment, splitSegment } from '../../../src/domain/release/editing.ts';
import { authorityHeadline } from '../../../src/web/desk/authority/authorityPage.ts';
import { readingOf } from '../../../src/web/desk/baseline/lessonText.ts';
import { changeLines } from '../../../src/web/desk/changeSets/changeLines.ts';
import { segmentChanges } from '../../../src/web/desk/changeSets/editVerbs.ts';
import { markedLesson, merged } from '../../../src/web/desk/changeSets/markedLesson.ts';
import { untouchedVariants } from '../../../src/web/desk/changeSets/variants.ts';
import { impactTable } from '../../../src/web/desk/releases/impact.ts';
import { chosenSets } from '../../../src/web/desk/releases/releasesPage.ts';
import { createTranslator } from '../../../src/web/i18n.ts';
import { smallPackage } from '../../domain/update/smallRiver.ts';
import { edition } from '../testApp.ts';

const translator = createTranslator();
const t = (key: string, values = {}) => translator.t('en', key, values);
const segment = (id: string, text: string, policy: Policy = 'adaptable', more: Partial<Segment> = {}): Segment => ({
  id,
  kind: 'paragraph',
  policy,
  text,
  ...more,
});
const before = smallPackage([
  segment('a', 'The first one stands here.', 'core'),
  segment('b', 'The second one stands here.', 'core'),
  segment('c', 'Call {helpline.child}.', 'local'),
  segment('d', 'The last.', 'core', { variantOf: 'a' }),
]);
const at = { lesson: 'L1', section: 'steps' };

test('the word of a policy stands at the first of its neighbours', () => {
  const [section] = readingOf(before, before.lessons[0] ?? assert.fail());
  assert.deepEqual(
    section?.rows.map((row) => row.first),
    [true, false, true, true],
  );
});

test('what was taken out stands where it stood', () => {
  const old = ['a', 'b', 'c'].map((id) => ({ segment: id }));
  const order = (now: readonly string[]) =>
    merged(
      old,
      now.map((id) => ({ segment: id })),
    ).map(({ placement, gone }) => (gone ? `-${placement.segment}` : placement.segment));
  assert.deepEqual(order(['b', 'c']), ['-a', 'b', 'c']);
  assert.deepEqual(order(['a', 'x']), ['a', '-b', '-c', 'x']);
  assert.deepEqual(order([]), ['-a', '-b', '-c']);
});

test('a draft is marked where it changes', () => {
  const moved = moveSegment(before, 'c', { ...at, after: null }, { ...at, after: null });
  const middle = applyChanges(before, moved);
  const changes = [...moved, ...editSegment(middle, 'a', 'The first stands there.'), ...removeSegment(middle, 'd')];
  const after = applyChanges(before, changes);
  const [section] = markedLesson(t, { before, after }, changes, 'L1');
  assert.deepEqual(
    section?.rows.map((row) => [row.segment, row.state]),
    [
      ['c', 'moved'],
      ['a', 'edited'],
      ['b', 'same'],
      ['d', 'removed'],
    ],
  );
  assert.match(section?.rows[0]?.told.join(' ') ?? '', /moved here was: L1, Steps, after b/);
});

test('lines tell each change once, a new segment with its place', () => {
  const changes = splitSegment(before, 'b', [
    { id: 'b1', text: 'One.' },
    { id: 'b2', text: 'Two.' },
  ]);
  const lines = changeLines(t, before, changes, null);
  assert.deepEqual(
    lines.map((line) => [line.subject, line.words]),
    [
      ['b1', 'new: paragraph, Core, L1, Steps, after a'],
      ['b2', 'new: paragraph, Core, L1, Steps, after b1'],
      ['b', 'taken out: L1, Steps, after a'],
      ['b', 'removed: paragraph, Core'],
    ],
  );
  const decided = changeLines(t, before, changes, null, 'safety');
  assert.deepEqual(new Set(decided.map((line) => `${line.severity}${line.why}`)), new Set(['safety']));
});

test('lineage leads back to what was released, through what only the draft had', () => {
  const split = splitSegment(before, 'b', [
    { id: 'b1', text: 'One.' },
    { id: 'b2', text: 'Two.' },
  ]);
  const draft = applyChanges(before, split);
  const wish = { verb: 'join', revision: 1, ...at, next: 'b2', id: 'b3', text: 'One. Two.' } as const;
  const added = segmentChanges(draft, before, 'b1', wish).find((change) => change.kind === 'segmentAdded');
  assert.deepEqual(added?.kind === 'segmentAdded' ? added.segment.from : null, ['b']);
});

test('registers that a set leaves as they are have to be cleared', () => {
  const changes = editSegment(before, 'd', 'The very last.');
  const ids = (after: LessonPackage) => untouchedVariants(before, after, changes).map(({ id }) => id);
  assert.deepEqual(ids(applyChanges(before, changes)), ['a']);
  assert.deepEqual(untouchedVariants(before, before, editSegment(before, 'b', 'Other.')), []);
});

test('impact: what is added to what waits already; most work first; a bar of one scale', () => {
  const counts = {
    take: 0,
    carry: 0,
    stale: 0,
    staleWords: 0,
    conflicts: 0,
    added: 0,
    removed: 0,
    safety: 0,
    factsNeeded: 0,
  };
  const row = (tag: string, change: Partial<typeof counts>): EditionImpact => ({
    edition: edition(tag, 'tr'),
    counts: { ...counts, ...change },
  });
  const then = [row('tr-TR', { stale: 3, staleWords: 20 }), row('ar-EG', { stale: 5, staleWords: 90, conflicts: 2 })];
  const { rows, sum, touched } = impactTable(then, [row('tr-TR', { stale: 3, staleWords: 15 })], 'en');
  assert.deepEqual(
    rows.map(({ tag, stale, already, words }) => [tag, stale, already, words]),
    [
      ['ar-EG', 5, 0, 90],
      ['tr-TR', 0, 3, 5],
    ],
  );
  assert.deepEqual([sum.stale, sum.already, sum.words, sum.conflicts, touched], [5, 3, 95, 2, 1]);
  assert.deepEqual(rows[0]?.bar.going, { from: 0, length: 60 });
  assert.deepEqual(rows[0]?.bar.conflicts, { from: 60, length: 40 });
});

test('sets are chosen by a list or by boxes; nothing else is', () => {
  assert.deepEqual(chosenSets({ sets: 'a-b,c,../x', 'set-d': 'yes', other: 'e' }), ['a-b', 'c', 'd']);
  assert.deepEqual(chosenSets({}), []);
});

test('the headline is the news', () => {
  const nothing = { approvals: [], releasable: [], seconds: [], questions: [], drafts: [] };
  assert.equal(authorityHeadline(t, nothing, 0), 'Nothing waits for you');
  assert.equal(authorityHeadline(t, nothing, 3), 'Three editions lack a safety change');
});
