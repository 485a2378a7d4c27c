import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cases } from './contract.ts';
import { outcomes, refused } from './refused.ts';
import { unit } from './samples.ts';

const targets = (units: readonly { readonly target: string }[]) => units.map(({ target }) => target);

export const unitCases: Cases = (opened) => {
  test('a unit is found by edition and segment; what it replaces is in the history, newest first', async () => {
    const { units } = opened().store;
    await units.save(unit('tr-TR', 'CPS-01.plain', 'one'));
    await units.save(unit('tr-TR', 'CPS-01.plain', 'two', 2));
    await units.save(unit('tr-TR', 'CPS-01.plain', 'three', 3));
    assert.deepEqual(await units.byId('tr-TR', 'CPS-01.plain'), unit('tr-TR', 'CPS-01.plain', 'three', 3));
    assert.equal(await units.byId('de-CH', 'CPS-01.plain'), null);
    const history = await units.history('tr-TR', 'CPS-01.plain');
    assert.deepEqual(history, [unit('tr-TR', 'CPS-01.plain', 'two', 2), unit('tr-TR', 'CPS-01.plain', 'one', 1)]);
  });

  test('two savers: one is told, with both texts, and neither text is lost', async () => {
    const { units } = opened().store;
    await units.save(unit('tr-TR', 'race', 'before'));
    const saves = ['mine', 'yours'].map((target) => units.save(unit('tr-TR', 'race', target, 2)));
    assert.deepEqual(await outcomes(saves), { done: 1, refusals: ['staleRevision'] });
    const winner = await units.byId('tr-TR', 'race');
    const data = await refused('staleRevision', units.save(unit('tr-TR', 'race', 'late', 2)));
    assert.deepEqual(data, { segment: 'race', ours: 'late', theirs: winner?.target });
    assert.deepEqual(targets(await units.history('tr-TR', 'race')), ['before']);
    const firsts = ['a', 'b'].map((target) => units.save(unit('tr-TR', 'race.first', target)));
    assert.deepEqual(await outcomes(firsts), { done: 1, refusals: ['staleRevision'] });
  });

  test('ten savers who read again until they get through lose nothing', async () => {
    const { units } = opened().store;
    const add = async (word: string): Promise<void> => {
      for (;;) {
        const now = await units.byId('tr-TR', 'counter');
        const next = unit('tr-TR', 'counter', `${now?.target ?? ''}${word}`, (now?.revision ?? 0) + 1);
        if ((await outcomes([units.save(next)])).done === 1) return;
      }
    };
    await Promise.all([...'abcdefghij'].map(add));
    assert.equal([...((await units.byId('tr-TR', 'counter'))?.target ?? '')].sort().join(''), 'abcdefghij');
    assert.equal((await units.history('tr-TR', 'counter')).length, 9);
  });

  test('many are saved as one: all, or none', async () => {
    const { units } = opened().store;
    await units.saveMany(['m.1', 'm.2', 'm.3'].map((id) => unit('tr-TR', id, 'old')));
    const next = [unit('tr-TR', 'm.1', 'new', 2), unit('tr-TR', 'm.2', 'new', 3), unit('tr-TR', 'm.4', 'new')];
    assert.equal((await refused('staleRevision', units.saveMany(next))).segment, 'm.2');
    assert.deepEqual(targets(await units.some('tr-TR', ['m.1', 'm.2', 'm.4'])), ['old', 'old']);
    assert.deepEqual(await units.history('tr-TR', 'm.1'), []);
    await units.saveMany([unit('tr-TR', 'm.1', 'new', 2), unit('tr-TR', 'm.4', 'new')]);
    assert.deepEqual(targets(await units.some('tr-TR', ['m.1', 'm.4'])).sort(), ['new', 'new']);
    await units.saveMany([]);
  });

  test('a retired unit is out of the edition and in the history; one that comes back goes on counting from there', async () => {
    const { units } = opened().store;
    await units.save(unit('tr-TR', 'gone', 'first'));
    await refused('staleRevision', units.retire(unit('tr-TR', 'gone', 'first', 2)));
    await units.retire(unit('tr-TR', 'gone', 'first'));
    assert.equal(await units.byId('tr-TR', 'gone'), null);
    await refused('staleRevision', units.save(unit('tr-TR', 'gone', 'second', 3)));
    await units.save(unit('tr-TR', 'gone', 'second', 2));
    await units.retire(unit('tr-TR', 'gone', 'second', 2));
    await units.save(unit('tr-TR', 'gone', 'third'));
    assert.deepEqual(await units.byId('tr-TR', 'gone'), unit('tr-TR', 'gone', 'third', 3));
    await refused('staleRevision', units.save(unit('tr-TR', 'gone', 'somebody who saw the first', 2)));
    assert.deepEqual(targets(await units.history('tr-TR', 'gone')), ['second', 'first']);
    await units.save(unit('tr-TR', 'here', 'one'));
    await units.save(unit('tr-TR', 'here', 'two', 2));
    const past = await units.histories(['tr-TR', 'de-CH'], ['gone', 'here', 'nowhere']);
    assert.deepEqual(past.map(({ segment, target }) => `${segment} ${target}`).sort(), [
      'gone first',
      'gone second',
      'here one',
    ]);
    assert.deepEqual(await units.histories([], ['gone']), []);
  });

  test('an edition’s units, and those of many editions for a few segments', async () => {
    const { units } = opened().store;
    await units.saveMany(['ar-EG', 'ar-SA'].flatMap((tag) => ['s.1', 's.2', 's.3'].map((id) => unit(tag, id, id))));
    assert.deepEqual(
      (await units.ofEdition('ar-EG')).map(({ segment }) => segment),
      ['s.1', 's.2', 's.3'],
    );
    const some = await units.ofEditions(['ar-EG', 'ar-SA'], ['s.2', 's.9']);
    assert.deepEqual(some.map((found) => `${found.edition} ${found.segment}`).sort(), ['ar-EG s.2', 'ar-SA s.2']);
    assert.deepEqual(await units.ofEditions([], ['s.2']), []);
    const { basedOn, adapted } = unit('ar-EG', 's.2', 's.2');
    assert.deepEqual(await units.standings(['ar-EG'], ['s.2', 's.9']), [
      { edition: 'ar-EG', segment: 's.2', basedOn, adapted },
    ]);
  });
};
