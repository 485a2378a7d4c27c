import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type TranslationUnit, unitStates } from '../../../src/domain/edition/edition.ts';
import { agreedUnit, reviewHindrance } from '../../../src/domain/edition/review.ts';
import { policies, type Segment } from '../../../src/domain/package/lessonPackage.ts';
import { textHash } from '../../../src/domain/release/canonical.ts';

const segment = fc
  .constantFrom(...policies)
  .map((policy): Segment => ({ id: 'S', kind: 'step', policy, text: 'Stop.' }));
const unit = fc
  .record({
    state: fc.constantFrom(...unitStates),
    by: fc.constantFrom('elif', 'murat'),
    revision: fc.integer({ min: 1, max: 3 }),
    back: fc.constantFrom('none', 'old', 'current'),
  })
  .map(({ state, by, revision, back }): TranslationUnit => {
    const target = 'Dur.';
    const of = textHash(back === 'current' ? target : 'Dur');
    return {
      ...{ edition: 'tr-TR', segment: 'S', target, state, basedOn: textHash('Stop.'), adapted: false, by, revision },
      ...{ backTranslation: back === 'none' ? null : { text: 'Stop.', by: 'deniz', of }, reviewedBy: null },
      ...{ at: '2026-11-20T09:00:00.000Z', origin: 'person' },
    };
  });

test('what is agreed to in bulk was read as it stands, waits, is not one’s own, and if core has its back-translation', () => {
  fc.assert(
    fc.property(
      segment,
      unit,
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom('tr', 'en'),
      (source, text, revision, language) => {
        const why = reviewHindrance({ revision, person: 'murat', language }, source, text);
        if (why !== null) {
          const wrong = {
            gone: false,
            changed: text.revision !== revision,
            done:
              text.state === 'initial' ||
              text.state === 'final' ||
              (text.state === 'reviewed' && source.policy !== 'core'),
            own: text.by === 'murat',
            backTranslation:
              source.policy === 'core' && language !== 'en' && text.backTranslation?.of !== textHash(text.target),
          };
          assert.ok(wrong[why], why);
          return;
        }
        assert.equal(text.revision, revision);
        assert.notEqual(text.by, 'murat');
        const agreed = agreedUnit(source, text, 'murat', '2026-11-21T09:00:00.000Z');
        assert.equal(agreed.state, source.policy === 'core' ? 'final' : 'reviewed');
        assert.deepEqual([agreed.target, agreed.by, agreed.reviewedBy], [text.target, text.by, 'murat']);
        if (source.policy === 'core' && language !== 'en')
          assert.equal(agreed.backTranslation?.of, textHash(agreed.target));
      },
    ),
    { numRuns: 100 },
  );
});

test('a text that is gone is not agreed to', () => {
  assert.equal(reviewHindrance({ revision: 1, person: 'murat', language: 'tr' }, undefined, null), 'gone');
});
