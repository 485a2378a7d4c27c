import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../../src/commands/ports.ts';
import type { Cases } from './contract.ts';
import { outcomes, refused } from './refused.ts';
import { edition, event, ledgerEntry, notice, unit } from './samples.ts';

export const transactionCases: Cases = (opened) => {
  test('a transaction that throws leaves nothing: no text, no event, no notice', async () => {
    const { store } = opened();
    const work = store.transaction(async (inner) => {
      await inner.units.save(unit('fr-CH', 'tx.1', 'lost'));
      await inner.ledger.save(ledgerEntry('fr-CH', 'tx.1'));
      await inner.events.add(event('tx-event', 'tx/1'), [notice('tx-notice', 'tx-person')], []);
      assert.equal((await inner.units.byId('fr-CH', 'tx.1'))?.target, 'lost');
      assert.equal(await store.units.byId('fr-CH', 'tx.1'), null);
      throw new Error('killed');
    });
    await assert.rejects(work, /killed/);
    assert.equal(await store.units.byId('fr-CH', 'tx.1'), null);
    assert.deepEqual(await store.ledger.ofEdition('fr-CH'), []);
    assert.deepEqual(await store.events.recent('tx', 10), []);
    assert.deepEqual(await store.notices.ofPerson('tx-person', 10), []);
  });

  test('questions asked side by side inside a transaction are answered', async () => {
    const { store } = opened();
    await store.units.saveMany([unit('fr-CH', 'tx.2', 'a'), unit('fr-CH', 'tx.3', 'b')]);
    const [one, all, history] = await store.transaction((inner) =>
      Promise.all([
        inner.units.byId('fr-CH', 'tx.2'),
        inner.units.ofEdition('fr-CH'),
        inner.units.history('fr-CH', 'tx.2'),
      ]),
    );
    assert.deepEqual([one?.target, all.length, history.length], ['a', 2, 0]);
  });

  test('a write that comes after its transaction is refused, not carried out', async () => {
    const { store } = opened();
    let escaped: Store | undefined;
    await store.transaction(async (inner) => {
      escaped = inner;
    });
    await assert.rejects(async () => escaped?.ledger.save(ledgerEntry('fr-CH', 'late')), /over/);
    const racing = store.transaction((inner) =>
      Promise.all([Promise.reject(new Error('killed')), inner.ledger.save(ledgerEntry('fr-CH', 'late'))]),
    );
    await assert.rejects(racing, /killed/);
    assert.deepEqual(await store.ledger.ofEdition('fr-CH'), []);
  });

  test('a transaction inside a transaction is the same one', async () => {
    const { store } = opened();
    const work = store.transaction(async (outer) => {
      await outer.transaction((inner) => inner.ledger.save(ledgerEntry('fr-CH', 'nested')));
      throw new Error('killed');
    });
    await assert.rejects(work, /killed/);
    assert.deepEqual(await store.ledger.ofEdition('fr-CH'), []);
  });

  test('two transactions on the same edition: the second reads anew and is told', async () => {
    const { store } = opened();
    await store.editions.save(edition('fr-CH'));
    const raise = (target: string) =>
      store.transaction(async (inner) => {
        await inner.units.save(unit('fr-CH', 'tx.4', target));
        await inner.editions.save(edition('fr-CH', 2));
      });
    assert.deepEqual(await outcomes([raise('a'), raise('b'), raise('c')]), {
      done: 1,
      refusals: ['staleRevision', 'staleRevision'],
    });
    assert.deepEqual(await store.units.history('fr-CH', 'tx.4'), []);
    assert.equal((await store.editions.byTag('fr-CH'))?.revision, 2);
  });

  test('a refusal inside a transaction comes out as it is', async () => {
    const { store } = opened();
    await refused(
      'staleRevision',
      store.transaction((inner) => inner.editions.save(edition('fr-CH', 9))),
    );
  });
};
