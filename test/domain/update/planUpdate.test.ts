import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LedgerEntry } from '../../../src/domain/edition/edition.ts';
import type { Severity } from '../../../src/domain/release/release.ts';
import type { UpdateItem } from '../../../src/domain/update/update.ts';
import { edit, editionAt, flow, planOf, segmentOf, sideOf, smallPackage, spring, unitOf } from './smallRiver.ts';

const source = 'Do not pay. Keep the messages.';
const changed = 'Do not pay and do not send more. Keep the messages.';
const start = spring([segmentOf('S1', source), segmentOf('S2', 'Second.')]);

const ledgerEntry = (more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  edition: 'tr-TR',
  segment: 'S1',
  kind: 'example',
  reason: 'local example',
  owner: 'elif',
  on: '2026-01-02',
  omits: false,
  revision: 1,
  ...more,
});

function only(items: readonly UpdateItem[]): UpdateItem {
  assert.equal(items.length, 1, JSON.stringify(items));
  return items[0] as UpdateItem;
}

test('nothing changed: every text is carried without a word', () => {
  const river = flow(start, 'content', [edit(start, 'S2', 'Second, changed.')]);
  const plan = planOf(river, sideOf(river, editionAt('1.0.0'), [unitOf(start, 'S1', 'Para ödeme.')]));
  assert.deepEqual(plan.items, []);
  assert.equal(plan.counts.take, 1, 'the untranslated segment takes the new source by itself');
});

test('an editorial change is carried, and listed under "look if you like"', () => {
  const river = flow(start, 'editorial', [edit(start, 'S1', 'Do not pay. Keep all messages.')]);
  const plan = planOf(river, sideOf(river, editionAt('1.0.0'), [unitOf(start, 'S1', 'Para ödeme.')]));
  const item = only(plan.items);
  assert.equal(item.kind, 'editorial');
  assert.equal(plan.counts.carry, 1);
  assert.equal(plan.counts.stale, 0);
});

for (const severity of ['content', 'safety'] as const satisfies readonly Severity[]) {
  test(`a ${severity} change makes a translated text stale`, () => {
    const river = flow(start, severity, [edit(start, 'S1', changed)]);
    const item = only(planOf(river, sideOf(river, editionAt('1.0.0'), [unitOf(start, 'S1', 'Para ödeme.')])).items);
    assert.equal(item.kind, 'stale');
    assert.equal(item.severity, severity);
    assert.equal(item.due, severity === 'safety' ? '2026-12-01' : null);
    assert.equal(item.choices.includes('decline'), severity === 'content', 'safety cannot be declined');
    assert.deepEqual([item.base, item.ours, item.theirs], [source, 'Para ödeme.', changed]);
  });
}

test('core text cannot be declined, whatever the severity', () => {
  const core = spring([segmentOf('S1', source, 'core')]);
  const river = flow(core, 'content', [edit(core, 'S1', changed)]);
  const item = only(planOf(river, sideOf(river, editionAt('1.0.0'), [unitOf(core, 'S1', 'Para ödeme.')])).items);
  assert.deepEqual(item.choices, ['redo', 'confirm', 'later']);
});

test('same language: an adaptation elsewhere in the sentence is merged by words, as a proposal', () => {
  const river = flow(start, 'content', [edit(start, 'S1', changed)]);
  const ours = unitOf(start, 'S1', 'Do not pay. Keep the texts.', { adapted: true });
  const item = only(planOf(river, sideOf(river, editionAt('1.0.0', 'en'), [ours], [ledgerEntry()])).items);
  assert.equal(item.kind, 'stale');
  assert.equal(item.proposal, 'Do not pay and do not send more. Keep the texts.');
});

test('same language: both touched the same words, so a person decides', () => {
  const river = flow(start, 'content', [edit(start, 'S1', 'Do not pay. Keep the chat.')]);
  const ours = unitOf(start, 'S1', 'Do not pay. Keep the texts.', { adapted: true });
  const plan = planOf(river, sideOf(river, editionAt('1.0.0', 'en'), [ours], [ledgerEntry()]));
  assert.equal(only(plan.items).kind, 'conflict');
  assert.equal(plan.counts.conflicts, 1);
});

test('another language: an adaptation is offered again as stale, never merged', () => {
  const river = flow(start, 'content', [edit(start, 'S1', changed)]);
  const ours = unitOf(start, 'S1', 'Para ödeme.', { adapted: true });
  const item = only(planOf(river, sideOf(river, editionAt('1.0.0'), [ours], [ledgerEntry()])).items);
  assert.equal(item.proposal, null);
  assert.ok(item.choices.includes('keepOurs'));
});

test('what was left out is offered again when its meaning changes', () => {
  const river = flow(start, 'content', [edit(start, 'S1', changed)]);
  const plan = planOf(river, sideOf(river, editionAt('1.0.0'), [], [ledgerEntry({ omits: true, kind: 'omission' })]));
  assert.equal(only(plan.items).kind, 'reoffer');
});

test('a removed segment takes our text to the history, and asks where ours is an adaptation', () => {
  const segment = segmentOf('S1', source);
  const river = flow(start, 'content', [
    { kind: 'unplaced', at: { lesson: 'L1', section: 'steps', after: null }, placement: { segment: 'S1' } },
    { kind: 'segmentRemoved', segment },
  ]);
  const plain = only(planOf(river, sideOf(river, editionAt('1.0.0'), [unitOf(start, 'S1', 'Para ödeme.')])).items);
  assert.deepEqual([plain.kind, plain.choices], ['removed', []]);
  const ours = unitOf(start, 'S1', 'Para ödeme.', { adapted: true });
  const adapted = only(planOf(river, sideOf(river, editionAt('1.0.0'), [ours], [ledgerEntry()])).items);
  assert.ok(adapted.choices.includes('keepOurs'));
});

test('an added segment is untranslated work in another language and taken in the same', () => {
  const river = flow(start, 'content', [
    { kind: 'segmentAdded', segment: segmentOf('S3', 'Third.') },
    { kind: 'placed', at: { lesson: 'L1', section: 'steps', after: 'S2' }, placement: { segment: 'S3' } },
  ]);
  assert.equal(only(planOf(river, sideOf(river, editionAt('1.0.0'), [])).items).kind, 'added');
  const english = planOf(river, sideOf(river, editionAt('1.0.0', 'en'), []));
  assert.deepEqual([english.items.length, english.counts.take], [0, 1]);
});

test('adaptable becomes core: our adaptation is a case for a person', () => {
  const river = flow(start, 'content', [{ kind: 'policyChanged', segment: 'S1', before: 'adaptable', after: 'core' }]);
  const ours = unitOf(start, 'S1', 'Para ödeme.', { adapted: true });
  assert.equal(
    only(planOf(river, sideOf(river, editionAt('1.0.0'), [ours], [ledgerEntry()])).items).kind,
    'coreOverridden',
  );
});

test('a fact that became required is an item until it is filled', () => {
  const definition = { key: 'law.image', type: 'law', need: 'required', label: 'Law', checkEvery: 365 } as const;
  const river = flow(start, 'safety', [{ kind: 'factAdded', fact: definition }]);
  const ours = sideOf(river, editionAt('1.0.0'), []);
  assert.equal(only(planOf(river, ours).items).kind, 'factNeeded');
  assert.deepEqual(planOf(river, { ...ours, filledFacts: new Set(['law.image']) }).items, []);
});

test('a lesson added is offered, not imposed', () => {
  const lesson = { ...smallPackage([]).lessons[0], id: 'L2', sections: [] } as const;
  const river = flow(start, 'content', [{ kind: 'lessonAdded', lesson: lesson as never, after: 'L1' }]);
  const item = only(planOf(river, sideOf(river, editionAt('1.0.0'), [])).items);
  assert.deepEqual([item.kind, item.key], ['lessonAdded', 'L2']);
});
