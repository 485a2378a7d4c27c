import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Waiver } from '../../src/domain/checks/unit/waiver.ts';
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

export const waiverCases: Cases = (opened) => {
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
