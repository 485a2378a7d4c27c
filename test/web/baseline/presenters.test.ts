import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LessonPackage, Policy, Segment } from '../../../src/domain/package/lessonPackage.ts';
import { applyChanges } from '../../../src/domain/release/applyChange.ts';
import { editSegment, moveSegment, removeSegment, splitSegment } from '../../../src/domain/release/editing.ts';
import type { Release } from '../../../src/domain/release/release.ts';
import { addedWork, type ImpactItem } from '../../../src/domain/update/impact.ts';
import { authorityHeadline } from '../../../src/web/desk/authority/authorityPage.ts';
import { readingOf } from '../../../src/web/desk/baseline/lessonText.ts';
import { changeLines } from '../../../src/web/desk/changeSets/changeLines.ts';
import { segmentChanges } from '../../../src/web/desk/changeSets/editVerbs.ts';
import { markedLesson, merged } from '../../../src/web/desk/changeSets/markedLesson.ts';
import { untouchedVariants } from '../../../src/web/desk/changeSets/variants.ts';
import { askedPace, editionWork } from '../../../src/web/desk/releases/impact.ts';
import { impactList } from '../../../src/web/desk/releases/impactList.ts';
import { impactStream } from '../../../src/web/desk/releases/impactStream.ts';
import { hoursText, impactTable } from '../../../src/web/desk/releases/impactTable.ts';
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

const asked = (kind: ImpactItem['kind'], key: string, words: number): ImpactItem => ({
  ...{ key, kind, words, severity: 'content', due: null, policy: 'adaptable', lessons: ['L1'] },
  ...{ base: null, ours: null, theirs: null },
});

test('impact: most hours first; a bar of shares on one scale; hours by the pace of each edition', () => {
  const work = (tag: string, items: readonly ImpactItem[], already: readonly string[], pace: number) =>
    editionWork(edition(tag, 'tr'), addedWork(items, [], new Set(already)), { already, units: 100, pace });
  const items = [
    asked('stale', 'a', 40),
    asked('conflict', 'b', 50),
    asked('added', 'n', 10),
    asked('factNeeded', 'f', 0),
  ];
  const works = [work('tr-TR', items.slice(0, 1), ['a', 'c', 'd'], 100), work('ar-EG', items, [], 200)];
  const { rows, sum, touched, longest } = impactTable(works, { language: 'en', list: null });
  assert.deepEqual(
    rows.map(({ tag, stale, already, words, hoursText }) => [tag, stale, already, words, hoursText]),
    [
      ['ar-EG', 2, 0, 100, '0.5'],
      ['tr-TR', 0, 3, 0, '0'],
    ],
  );
  assert.deepEqual(
    [sum.stale, sum.already, sum.words, sum.conflicts, sum.added, sum.facts, touched],
    [2, 3, 100, 1, 1, 1, 1],
  );
  assert.deepEqual(longest, { tag: 'tr-TR', stale: 3, units: 100 });
  assert.deepEqual(rows[1]?.bar.already, { from: 0, length: 100 });
  assert.deepEqual(rows[0]?.bar.going, { from: 0, length: 33.3 });
  assert.deepEqual(rows[0]?.bar.conflicts, { from: 33.3, length: 33.3 });
});

test('hours are an estimate: tenths below ten, whole ones above, and never nothing for some words', () => {
  assert.deepEqual(
    [0, 0.01, 1.62, 9.94, 39.4].map((hours) => hoursText(hours, 'en')),
    ['0', '0.1', '1.6', '9.9', '39'],
  );
  assert.deepEqual(
    [askedPace({}), askedPace({ pace: '400' }), askedPace({ pace: '7' }), askedPace({ pace: 'x' })],
    [null, 400, null, null],
  );
});

test('the drawing has a ring for each edition under its release, the ones in conflict first, and the proposed last', () => {
  const release = (number: string) => ({ number, severity: 'content' }) as Release;
  const work = (tag: string, number: string, items: readonly ImpactItem[] = []) =>
    editionWork({ ...edition(tag, 'tr'), upstream: { release: number, ahead: [] } }, addedWork(items, [], new Set()), {
      already: [],
      units: 1,
      pace: 250,
    });
  const works = [work('ar-EG', '1.2.0'), work('tr-TR', '1.2.0', [asked('conflict', 'b', 1)]), work('de-DE', '1.10.0')];
  const columns = impactStream(['1.0.0', '1.2.0', '1.3.0', '1.10.0'].map(release), works, release('1.11.0'));
  assert.deepEqual(
    columns.map((column) => [column.number, column.editions, column.conflicts, column.proposed]),
    [
      ['1.2.0', 2, 1, false],
      ['1.3.0', 0, 0, false],
      ['1.10.0', 1, 0, false],
      ['1.11.0', 0, 0, true],
    ],
  );
  assert.deepEqual(
    columns[0]?.rings.map((ring) => ring.tag),
    ['tr-TR', 'ar-EG'],
  );
});

test('the list of all editions has each unit once, with the editions it is asked of; the most first', () => {
  const work = (tag: string, items: readonly ImpactItem[], already: readonly string[] = []) =>
    editionWork(edition(tag, 'tr'), addedWork(items, [], new Set(already)), { already, units: 4, pace: 250 });
  const works = [
    work('tr-TR', [asked('stale', 'a', 1), asked('stale', 'b', 1)], ['d']),
    work('ar-EG', [asked('conflict', 'b', 1)], ['d']),
  ];
  const { parts } = impactList(t, works, before, (tag) => `/list/${tag}`);
  assert.deepEqual(
    parts.map(({ part, rows }) => [part, rows.map((row) => [row.key, row.editions.map(({ tag }) => tag).join(' ')])]),
    [
      [
        'going',
        [
          ['b', 'tr-TR ar-EG'],
          ['a', 'tr-TR'],
        ],
      ],
      ['conflicts', [['b', 'ar-EG']]],
      ['already', [['d', 'tr-TR ar-EG']]],
    ],
  );
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
