import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Waiver } from '../../src/domain/checks/unit/waiver.ts';
import type { Replacement } from '../../src/domain/edition/replacement.ts';
import type { Cases } from './contract.ts';
import { outcomes, refused } from './refused.ts';
import { at } from './samples.ts';

const waiver = (tag: string, segment: string, of: string, change: Partial<Waiver> = {}): Waiver => ({
  edition: tag,
  segment,
  check: 'numbersMissing',
  of,
  reason: 'custom',
  words: '',
  by: 'ayse',
  at,
  withdrawn: null,
  revision: 1,
  ...change,
});

const replacement: Replacement = {
  ...{ id: 'r1', edition: 'tr-TR', by: 'elif', at, meanwhile: ['B4.step.2'], undone: null, revision: 1 },
  replacing: {
    ...{ find: 'öğretmen', replace: '', wholeWord: true, matchCase: false, matchMarks: true, inFacts: false },
  },
  changed: [{ segment: 'B4.step.1', revision: 3 }],
  refused: [{ segment: 'B4.step.3', why: 'factsMissing' }],
};

export const waiverCases: Cases = (opened) => {
  test('replacements are kept, newest first, and taken back by one of two', async () => {
    const { replacements } = opened().store;
    await replacements.save(replacement);
    await replacements.save({ ...replacement, id: 'r2', at: '2026-03-01T00:00:00.000Z' });
    await replacements.save({ ...replacement, id: 'r3', edition: 'de-CH' });
    assert.deepEqual(await replacements.byId('tr-TR', 'r1'), replacement);
    assert.equal(await replacements.byId('tr-TR', 'r3'), null);
    const all = await replacements.ofEdition('tr-TR', 10);
    assert.deepEqual(
      all.map(({ id }) => id),
      ['r2', 'r1'],
    );
    const undone = { ...replacement, undone: { by: 'murat', at, kept: ['B4.step.1'] }, revision: 2 };
    assert.deepEqual(await outcomes([replacements.save(undone), replacements.save(undone)]), {
      done: 1,
      refusals: ['staleRevision'],
    });
    assert.deepEqual(await replacements.byId('tr-TR', 'r1'), undone);
  });

  test('a finding is waived by one of two, taken back, and waived again; other texts keep their own', async () => {
    const { waivers } = opened().store;
    const first = waiver('tr-TR', 'B4.step.1', 'a'.repeat(64));
    const other = waiver('tr-TR', 'B4.step.1', 'b'.repeat(64), { reason: 'other', words: 'Burada böyle denir.' });
    assert.deepEqual(await outcomes([waivers.save(first), waivers.save({ ...first, by: 'murat' })]), {
      done: 1,
      refusals: ['staleRevision'],
    });
    await waivers.save(other);
    await waivers.save(waiver('de-CH', 'B4.step.1', 'a'.repeat(64)));
    const stored = await waivers.byId('tr-TR', 'B4.step.1', first.of);
    assert.ok(stored);
    assert.deepEqual(await waivers.ofEdition('tr-TR'), [stored, other]);
    const withdrawn = { ...stored, withdrawn: { by: 'murat', at }, revision: 2 };
    await waivers.save(withdrawn);
    await refused('staleRevision', waivers.save(withdrawn));
    assert.deepEqual(await waivers.byId('tr-TR', 'B4.step.1', first.of), withdrawn);
    await waivers.save({ ...first, revision: 3 });
    assert.deepEqual(await waivers.byId('tr-TR', 'B4.step.1', first.of), { ...first, revision: 3 });
    assert.equal(await waivers.byId('tr-TR', 'B4.step.2', first.of), null);
  });
};
