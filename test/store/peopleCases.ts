import assert from 'node:assert/strict';
import { test } from 'node:test';
import { person } from '../domain/notification/people.ts';
import type { Cases } from './contract.ts';
import { outcomes, refused } from './refused.ts';
import { at, event } from './samples.ts';

export const peopleCases: Cases = (opened) => {
  test('partners are saved and found', async () => {
    const { partners } = opened().store;
    const partner = { id: 'tr-moe', name: 'Ministry', kind: 'national', jurisdictions: ['TR'] } as const;
    await partners.save(partner);
    await partners.save({ ...partner, name: 'Ministry of Education' });
    assert.deepEqual(await partners.byId('tr-moe'), { ...partner, name: 'Ministry of Education' });
    assert.deepEqual(
      (await partners.all()).map(({ id }) => id),
      ['tr-moe'],
    );
    assert.equal(await partners.byId('nobody'), null);
  });

  test('people: addresses without case, one account an address, passwords apart', async () => {
    const { people } = opened().store;
    const ayse = person('ayse', 'tr-moe', ['coordinator'], { email: 'Ayse@Example.org' });
    await people.save(ayse);
    await people.save(person('mehmet', 'tr-moe', ['reviewer']));
    assert.deepEqual(await people.byEmail(' aYSE@example.ORG'), ayse);
    assert.deepEqual(
      (await people.ofPartner('tr-moe')).map(({ id }) => id),
      ['ayse', 'mehmet'],
    );
    assert.equal((await people.all()).length, 2);
    await refused('emailTaken', people.save(person('other', 'tr-moe', [], { email: 'AYSE@example.org' })));
    const mehmet = person('mehmet', 'tr-moe', ['reviewer'], { email: 'ayse@EXAMPLE.org', revision: 2 });
    await refused('emailTaken', people.save(mehmet));
    assert.equal((await people.byId('mehmet'))?.email, 'mehmet@example.org');
    assert.equal(await people.passwordHash('ayse'), null);
    await people.setPasswordHash('ayse', 'hash');
    await people.save({ ...ayse, epoch: 2, revision: 2 });
    assert.equal(await people.passwordHash('ayse'), 'hash');
  });

  test('an operator in place of a value finds nobody', async () => {
    const { people, links } = opened().store;
    for (const trick of [{ $ne: null }, { $gt: '' }, { $regex: '.*' }, { $where: '1' }]) {
      const found = await people.byId(trick as unknown as string).catch(() => null);
      assert.equal(found, null);
      assert.equal(await links.use(trick as unknown as string).catch(() => false), false);
    }
  });

  test('a person is saved by the first of two who started from the same revision', async () => {
    const { people } = opened().store;
    const first = person('racer', 'tr-moe', ['translator']);
    const inserts = await outcomes([people.save(first), people.save({ ...first, name: 'Other' })]);
    assert.deepEqual(inserts, { done: 1, refusals: ['staleRevision'] });
    const saves = ['One', 'Two', 'Three'].map((name) => people.save({ ...first, name, revision: 2 }));
    assert.deepEqual(await outcomes(saves), { done: 1, refusals: ['staleRevision', 'staleRevision'] });
    assert.deepEqual(await refused('staleRevision', people.save({ ...first, revision: 2 })), { theirs: 2 });
    await refused('staleRevision', people.save({ ...first, id: 'nobody', email: 'no@example.org', revision: 3 }));
  });

  test('a link is used by one of twenty, and only once', async () => {
    const { links } = opened().store;
    const link = { tokenHash: 'token', purpose: 'reset', person: 'ayse', expires: at } as const;
    await links.save(link);
    assert.deepEqual(await links.byTokenHash('token'), link);
    const used = await Promise.all(Array.from({ length: 20 }, () => links.use('token')));
    assert.equal(used.filter(Boolean).length, 1);
    assert.equal(await links.byTokenHash('token'), null);
    await links.save({ ...link, tokenHash: 'second' });
    await links.dropFor('ayse');
    assert.equal(await links.use('second'), false);
  });

  test('a link is used once, even by twenty transactions', async () => {
    const { store } = opened();
    await store.links.save({ tokenHash: 'shared', purpose: 'reset', person: 'ayse', expires: at });
    const used = await Promise.all(
      Array.from({ length: 20 }, (_, racer) =>
        store.transaction(async (inner) => {
          const mine = await inner.links.use('shared');
          if (mine) await inner.events.add(event(`link-${racer}`, 'link/shared'));
          return mine;
        }),
      ),
    );
    assert.equal(used.filter(Boolean).length, 1);
    assert.equal((await store.events.recent('link/shared', 10)).length, 1);
  });

  test('steps of the first start are remembered', async () => {
    const { seeding } = opened().store;
    assert.deepEqual([...(await seeding.done())], []);
    await seeding.markDone('baseline');
    await seeding.markDone('baseline');
    assert.deepEqual([...(await seeding.done())], ['baseline']);
  });
};
