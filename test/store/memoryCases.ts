import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { textHash } from '../../src/domain/release/canonical.ts';
import { lessonPackage, releaseOf } from './baselineSamples.ts';
import type { Cases } from './contract.ts';
import { edition, unit } from './samples.ts';

const minute = (count: number) => `2026-03-01T10:0${count}:00.000Z`;
const saved = (tag: string, place: number, target: string, revision = 1, at = minute(0)) => ({
  ...unit(tag, `B4.step.${place}`, target, revision),
  basedOn: textHash(`Text ${place}`),
  at,
});

export const memoryCases: Cases = (opened) => {
  describe('the translation memory', () => {
    const best = async (source: string, now = minute(1)) => {
      const index = await opened().store.translationMemory.index('xx', now);
      return index
        .lookup({ source, edition: 'xx-TR', limit: 9 })
        .map(({ entry, percent }) => `${entry.edition} ${entry.target} ${percent} ${entry.place}`);
    };

    test('holds the texts of all editions of a language, with the source that each was made from', async () => {
      const { store } = opened();
      const base = lessonPackage(5);
      await store.releases.add(releaseOf('90.0.0', null, base), base, []);
      await store.editions.save({ ...edition('xx-TR'), language: 'xx' });
      await store.editions.save({ ...edition('xx-CY'), language: 'xx' });
      await store.editions.save({ ...edition('yy-CY'), language: 'yy' });
      await store.units.saveMany([
        saved('xx-TR', 1, 'bir'),
        saved('xx-CY', 1, 'bir!'),
        saved('yy-CY', 1, 'one'),
        { ...saved('xx-TR', 2, 'lost'), basedOn: textHash('a text that no release has') },
      ]);
      assert.deepEqual(await best('Text 1'), ['xx-TR bir 100 working', 'xx-CY bir! 100 working']);
      assert.deepEqual(await best('Text 4'), ['xx-TR bir 83 working', 'xx-CY bir! 83 working']);
    });

    test('knows what was saved since, and what stood there before; a review says nothing new', async () => {
      const { store } = opened();
      await store.units.save({ ...saved('xx-TR', 1, 'bir', 2, minute(2)), state: 'reviewed' });
      assert.deepEqual(await best('Text 1', minute(2)), ['xx-TR bir 100 working', 'xx-CY bir! 100 working']);
      await store.units.save(saved('xx-TR', 1, 'iki', 3, minute(3)));
      await store.units.save(saved('xx-TR', 1, 'üç', 4, minute(3)));
      assert.deepEqual(await best('Text 1', minute(3)), [
        'xx-TR bir 100 history',
        'xx-TR üç 100 working',
        'xx-CY bir! 100 working',
        'xx-TR iki 100 history',
      ]);
    });

    test('keeps what is taken out as history, and begins anew when the unit comes back', async () => {
      const { store } = opened();
      await store.units.retire(saved('xx-CY', 1, 'bir!'));
      await store.editions.save({ ...edition('xx-CY', 2), language: 'xx' });
      assert.equal((await best('Text 1', minute(4))).includes('xx-CY bir! 100 history'), true);
      await store.units.save(saved('xx-CY', 1, 'yine', 1, minute(5)));
      const now = await best('Text 1', minute(5));
      assert.ok(now.includes('xx-CY bir! 100 history') && now.includes('xx-CY yine 100 working'), now.join());
    });

    test('a transaction that fails leaves nothing in it', async () => {
      const { store } = opened();
      const failing = store.transaction(async (inner) => {
        await inner.units.save(saved('xx-TR', 3, 'never', 1, minute(6)));
        await inner.translationMemory.index('xx', minute(6));
        throw new Error('no');
      });
      await assert.rejects(failing, /no/);
      assert.ok(!(await best('Text 3', minute(6))).join().includes('never'));
    });

    test('another process sees the same: a memory that is built from the start has what this one has', async () => {
      const { store } = opened();
      const units = await store.units.since('xx-TR', minute(2));
      assert.deepEqual(
        units.map(({ target }) => target),
        ['üç'],
      );
      assert.deepEqual((await store.units.pastOf('xx-TR')).map(({ target }) => target).sort(), ['bir', 'bir', 'iki']);
    });
  });
};
