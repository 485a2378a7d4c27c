import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sisterPlan } from '../../../src/domain/edition/sisterPlan.ts';
import { textHash } from '../../../src/domain/release/canonical.ts';
import { lessonPackage } from '../../store/baselineSamples.ts';
import { publishedLesson } from '../../store/samples.ts';

const base = lessonPackage(6);
const segments = { ...base.segments };
for (const [id, change] of Object.entries({
  'B4.step.4': { policy: 'local' as const },
  'B4.step.5': { text: 'Call {helpline.child}' },
})) {
  const segment = segments[id];
  if (segment !== undefined) segments[id] = { ...segment, ...change };
}
const ours = { ...base, segments };
const published = (texts: Readonly<Record<string, object>>) => ({
  ...publishedLesson,
  segments: Object.fromEntries(
    Object.entries(texts).map(([id, more]) => [
      id,
      {
        kind: 'paragraph' as const,
        policy: 'core' as const,
        text: `Metin ${id}`,
        basedOn: textHash('Text 1'),
        ...more,
      },
    ]),
  ),
});

test('brings what the sister wrote; ours, national, untranslated and foreign texts stay away', () => {
  const lessons = [
    published({
      'B4.step.0': {},
      'B4.step.1': { adapted: 'name' },
      'B4.step.2': { untranslated: true },
      'B4.step.3': { adapted: 'law' },
      'B4.step.4': {},
      'B4.step.5': { text: 'facts are missing here' },
    }),
    published({ 'B4.step.0': {}, 'gone.1': {}, constructor: {} }),
  ];
  const plan = sisterPlan(lessons, ours, new Set());
  assert.deepEqual(
    plan.texts.map(({ segment, adapted }) => [segment, adapted]),
    [
      ['B4.step.0', null],
      ['B4.step.1', 'name'],
    ],
  );
  assert.deepEqual(plan.left, { ours: 0, national: 2, untranslated: 1, elsewhere: 3 });
  assert.deepEqual(sisterPlan(lessons, ours, new Set(['B4.step.0'])).left.ours, 1);
});

test('what an edition in the baseline’s language inherits is no text of the sister', () => {
  const text = 'Text 0';
  const plan = sisterPlan([published({ 'B4.step.0': { text, basedOn: textHash(text) } })], ours, new Set());
  assert.deepEqual([plan.texts.length, plan.left.untranslated], [0, 1]);
});
