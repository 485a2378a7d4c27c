import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Recall } from '../../src/domain/recall/recall.ts';
import { canonicalJson } from '../../src/domain/release/canonical.ts';
import { packageRoot } from '../../src/domain/release/merkle.ts';
import { changeSet } from '../domain/notification/people.ts';
import { lessonPackage, releaseOf, revisionsOf } from './baselineSamples.ts';
import type { Cases } from './contract.ts';
import { outcomes, refused } from './refused.ts';
import { at } from './samples.ts';

const size = 200;
const first = lessonPackage(size);
const second = lessonPackage(size, 10);
const ids = Object.keys(first.segments);

export const baselineCases: Cases = (opened) => {
  const objects = () => opened().connection.collection('packageObjects').countDocuments();

  test('a release is kept with its package and history; the next one by what differs', async () => {
    const { releases } = opened().store;
    assert.equal(await releases.newest(), null);
    assert.deepEqual(await releases.fullHistory(), {});
    const one = releaseOf('1.9.0', null, first);
    await releases.add(one, first, revisionsOf('1.9.0', first, ids));
    assert.equal(await objects(), size + 3);
    const two = releaseOf('1.10.0', '1.9.0', second);
    const history = await releases.fullHistory();
    assert.equal(await releases.fullHistory(), history);
    await releases.add(two, second, revisionsOf('1.10.0', second, ids.slice(0, 10)));
    assert.equal(await objects(), size + 3 + 10);

    assert.deepEqual(await releases.newest(), two);
    assert.deepEqual(await releases.all(), [one, two]);
    assert.deepEqual(await releases.byNumber('1.9.0'), one);
    assert.equal(await releases.byNumber('2.0.0'), null);
    const [id = '', later = ''] = [ids[0], ids[50]];
    assert.deepEqual(
      (await releases.fullHistory())[id]?.map(({ release }) => release),
      ['1.9.0', '1.10.0'],
    );
    assert.deepEqual(await releases.history([id, later, 'unknown']), {
      [id]: [...revisionsOf('1.9.0', first, [id]), ...revisionsOf('1.10.0', second, [id])],
      [later]: revisionsOf('1.9.0', first, [later]),
      unknown: [],
    });
  });

  test('a package comes back as it was, is remembered, and shares what did not change', async () => {
    const { releases } = opened().store;
    const [old, now] = [await releases.lessonPackage('1.9.0'), await releases.lessonPackage('1.10.0')];
    assert.deepEqual(old, first);
    assert.equal(canonicalJson(now), canonicalJson(second));
    assert.equal(packageRoot(now), packageRoot(second));
    assert.deepEqual(Object.keys(now.segments), ids);
    assert.equal(await releases.lessonPackage('1.10.0'), now);
    assert.equal(now.segments[ids[50] ?? ''], old.segments[ids[50] ?? '']);
    assert.ok(Object.isFrozen(now.segments[ids[50] ?? '']));
    await refused('releaseUnknown', releases.lessonPackage('9.9.9'));
  });

  test('a number is given once, and a release that fails leaves nothing, not even in memory', async () => {
    const { store } = opened();
    const before = [await objects(), await store.releases.fullHistory()] as const;
    const third = lessonPackage(size, 20);
    const adding = (of: typeof third) =>
      store.releases.add(releaseOf('1.10.0', '1.9.0', of), of, revisionsOf('1.10.0', of, ids));
    await refused('staleRevision', adding(third));
    const failing = store.transaction(async (inner) => {
      await inner.releases.add(releaseOf('1.11.0', '1.10.0', third), third, revisionsOf('1.11.0', third, ids));
      assert.equal((await inner.releases.newest())?.number, '1.11.0');
      assert.equal(Object.keys((await inner.releases.lessonPackage('1.11.0')).segments).length, size);
      assert.equal((await inner.releases.fullHistory())[ids[50] ?? '']?.length, 2);
      throw new Error('killed');
    });
    await assert.rejects(failing, /killed/);
    assert.equal((await store.releases.newest())?.number, '1.10.0');
    assert.equal(await objects(), before[0]);
    assert.equal(await store.releases.fullHistory(), before[1]);
    await refused('releaseUnknown', store.releases.lessonPackage('1.11.0'));
  });

  test('change sets: open ones, one saver of two', async () => {
    const { changeSets } = opened().store;
    await changeSets.save(changeSet);
    await changeSets.save({ ...changeSet, id: 'old', state: 'released' });
    assert.deepEqual(await changeSets.byId('keep-the-proof'), changeSet);
    assert.deepEqual(
      (await changeSets.open()).map(({ id }) => id),
      ['keep-the-proof'],
    );
    assert.equal((await changeSets.all()).length, 2);
    const edit = (title: string) => changeSets.save({ ...changeSet, title, revision: 2 });
    assert.deepEqual(await outcomes([edit('a'), edit('b')]), { done: 1, refusals: ['staleRevision'] });
  });

  test('recalls are in force from the second person until they are lifted', async () => {
    const { recalls } = opened().store;
    const recall: Recall = {
      id: 'recall',
      target: { kind: 'segment', segment: 'B4.step.1' },
      reason: 'Wrong',
      instead: 'Leave it out',
      orderedBy: 'chief',
      orderedAt: at,
      secondedBy: null,
      inForceSince: null,
      liftedBy: null,
      liftedAt: null,
      revision: 1,
    };
    await recalls.save(recall);
    assert.deepEqual(await recalls.inForce(), []);
    const seconded = { ...recall, secondedBy: 'ped', inForceSince: at, revision: 2 };
    await recalls.save(seconded);
    await refused('staleRevision', recalls.save(seconded));
    assert.deepEqual(await recalls.inForce(), [seconded]);
    await recalls.save({ ...seconded, liftedBy: 'chief', liftedAt: at, revision: 3 });
    assert.deepEqual(await recalls.inForce(), []);
    assert.equal((await recalls.byId('recall'))?.liftedBy, 'chief');
    assert.equal((await recalls.all()).length, 1);
  });
};
