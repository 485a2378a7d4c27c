import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proposeSetSeverity, proposeSeverity } from '../../../src/domain/diff/severity.ts';
import type { Change } from '../../../src/domain/release/release.ts';
import { lessonOf, packageOf, segmentOf } from '../package/samples.ts';

const base = packageOf([lessonOf('B4', { steps: ['s', 'core'] })], [segmentOf('core', { policy: 'core' })]);
const edit = (segment: string, before: string, after: string): Change => ({
  kind: 'segmentEdited',
  segment,
  before,
  after,
});

const edits: readonly (readonly [before: string, after: string, severity: string, why: string])[] = [
  ['Tell an adult you trsut.', 'Tell an adult you trust.', 'editorial', 'typo'],
  ['the colour of hats', 'the color of hats', 'editorial', 'typo'],
  ['Stop, now', 'Stop now.', 'editorial', 'punctuation'],
  ['an on-line game', 'an online game', 'editorial', 'punctuation'],
  ['tell someone', 'Tell someone', 'editorial', 'case'],
  ['Tell an adult', 'Talk to a teacher', 'content', 'wording'],
  ['their parent', 'their parents', 'content', 'wording'],
  ['Do not pay.', 'Do pay.', 'content', 'negation'],
  ['You are safe here', 'You are unsafe here', 'content', 'negation'],
  ['You can tell', "You can't tell", 'content', 'negation'],
  ['Wait 3 days', 'Wait 5 days', 'content', 'numbers'],
  ['Wait ٣ days', 'Wait ٥ days', 'content', 'numbers'],
  ['two adults', 'three adults', 'content', 'numbers'],
  ['Call: {helpline.child}', 'Call: {helpline.crisis}', 'content', 'facts'],
  ['Call: {helpline.child}', 'Call: {helpline.child|dative}', 'content', 'facts'],
  ['see [this](https://a.org)', 'see [this](https://b.org)', 'content', 'facts'],
];
for (const [before, after, severity, why] of edits) {
  test(`"${before}" → "${after}" is proposed as ${severity}, for ${why}`, () => {
    assert.deepEqual(proposeSeverity(base, edit('s', before, after)), { severity, why });
  });
}

test('core text is content at least, even for a comma', () => {
  assert.deepEqual(proposeSeverity(base, edit('core', 'Stop, now', 'Stop now')), { severity: 'content', why: 'core' });
});

test('the proposal for a set is its highest one', () => {
  assert.equal(proposeSetSeverity(base, []), 'editorial');
  assert.equal(proposeSetSeverity(base, [edit('s', 'a', 'A')]), 'editorial');
  assert.equal(proposeSetSeverity(base, [edit('s', 'a', 'A'), edit('s', 'A 1', 'A 2')]), 'content');
});

test('a policy that the same set makes core counts for the edits after it', () => {
  const toCore: Change = { kind: 'policyChanged', segment: 's', before: 'adaptable', after: 'core' };
  assert.equal(proposeSetSeverity(base, [toCore]), 'content');
});

test('a move within a lesson is editorial, the right answer is not', () => {
  const place = (after: string | null) => ({ lesson: 'B4', section: 'steps', after });
  const moved: Change = { kind: 'moved', placement: { segment: 's' }, from: place(null), to: place('core') };
  assert.deepEqual(proposeSeverity(base, moved), { severity: 'editorial', why: 'structure' });
  const right: Change = {
    kind: 'placementChanged',
    lesson: 'B4',
    section: 'steps',
    segment: 's',
    before: {},
    after: { right: true },
  };
  assert.deepEqual(proposeSeverity(base, right), { severity: 'content', why: 'structure' });
});
