import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyOf } from '../../src/domain/edition/override.ts';
import { hashOf } from '../../src/domain/release/canonical.ts';
import { counts } from '../domain/notification/people.ts';
import type { Cases } from './contract.ts';
import { outcomes, refused } from './refused.ts';
import {
  at,
  edition,
  factValue,
  ledgerEntry,
  minutesOverride,
  orderOverride,
  publication,
  publishedLesson,
  update,
} from './samples.ts';

export const editionCases: Cases = (opened) => {
  test('editions come back as they were, and are saved by one of two', async () => {
    const { editions } = opened().store;
    await editions.save(edition('tr-TR'));
    await editions.save({ ...edition('de-CH'), partner: 'ch-kjp' });
    assert.deepEqual(await editions.byTag('tr-TR'), edition('tr-TR'));
    assert.deepEqual(
      (await editions.all()).map(({ tag }) => tag),
      ['de-CH', 'tr-TR'],
    );
    assert.deepEqual(
      (await editions.ofPartner('ch-kjp')).map(({ tag }) => tag),
      ['de-CH'],
    );
    await refused('staleRevision', editions.save(edition('tr-TR')));
    const withdrawn = { on: '2026-02-01', by: 'ayse', reason: 'Wrong' };
    const next = { ...edition('tr-TR', 2), publication: 3, withdrawn, lessons: {} };
    assert.deepEqual(await outcomes([editions.save(next), editions.save(next)]), {
      done: 1,
      refusals: ['staleRevision'],
    });
    assert.deepEqual(await editions.byTag('tr-TR'), next);
  });

  test('counts of a release are kept for each edition', async () => {
    const { editions } = opened().store;
    assert.equal(await editions.counts('tr-TR'), null);
    await editions.saveCounts([{ tag: 'tr-TR', release: '1.9.0', counts }]);
    await editions.saveCounts(['tr-TR', 'de-CH'].map((tag) => ({ tag, release: '1.10.0', counts })));
    assert.deepEqual(await editions.counts('tr-TR'), { release: '1.10.0', counts });
    await editions.saveCounts([]);
  });

  test('the ledger has one entry a segment', async () => {
    const { ledger } = opened().store;
    const declined = { ...ledgerEntry('tr-TR', 'B4.step.2'), declined: 'meaning' };
    await ledger.save(ledgerEntry('tr-TR', 'B4.step.1'));
    await ledger.save(declined);
    const other = { ...ledgerEntry('tr-TR', 'B4.step.1'), reason: 'Other', against: '1.0.0', revision: 2 };
    await ledger.save(other);
    await refused('staleRevision', ledger.save(other));
    await refused('staleRevision', ledger.save(ledgerEntry('tr-TR', 'B4.step.1')));
    assert.deepEqual(await ledger.byId('tr-TR', 'B4.step.1'), other);
    assert.equal(await ledger.byId('tr-TR', 'none'), null);
    await ledger.save(ledgerEntry('de-CH', 'B4.step.1'));
    assert.deepEqual(
      (await ledger.ofEdition('tr-TR')).map(({ reason }) => reason),
      ['Other', 'A name from here'],
    );
    assert.deepEqual(await ledger.ofEditions(['tr-TR'], ['B4.step.2']), [declined]);
    assert.deepEqual(await ledger.sums(), [
      { segment: 'B4.step.1', editions: 2, kinds: { name: 2 }, omitted: 0, declined: 0 },
      { segment: 'B4.step.2', editions: 1, kinds: { name: 1 }, omitted: 0, declined: 1 },
    ]);
    assert.deepEqual(
      (await ledger.sums(['B4.step.2'])).map(({ segment }) => segment),
      ['B4.step.2'],
    );
    await ledger.drop('tr-TR', 'B4.step.1');
    assert.deepEqual(await ledger.ofEdition('tr-TR'), [declined]);
  });

  test('minutes and an order of its own are kept once a place', async () => {
    const { overrides } = opened().store;
    const [minutes, order] = [minutesOverride('tr-TR'), orderOverride('tr-TR')];
    await overrides.save(minutes);
    await overrides.save(order);
    await overrides.save(minutesOverride('de-CH'));
    await refused('staleRevision', overrides.save(minutes));
    await overrides.save({ ...minutes, minutes: 20, revision: 2 });
    await refused('staleRevision', overrides.save({ ...minutes, minutes: 25, revision: 2 }));
    assert.deepEqual(await overrides.byKey(keyOf(minutes)), { ...minutes, minutes: 20, revision: 2 });
    assert.deepEqual(
      (await overrides.ofEdition('tr-TR')).map(({ kind }) => kind),
      ['minutes', 'order'],
    );
    assert.equal((await overrides.all()).length, 3);
    await overrides.drop(keyOf(minutes));
    assert.deepEqual(await overrides.ofEdition('tr-TR'), [order]);
    assert.equal(await overrides.byKey(keyOf(minutes)), null);
  });

  test('facts and proposals, with names that hold dots', async () => {
    const { facts } = opened().store;
    await facts.save(factValue);
    assert.deepEqual(await facts.byKey('TR', 'helpline.child'), factValue);
    assert.equal(await facts.byKey('DE', 'helpline.child'), null);
    assert.deepEqual(await facts.ofJurisdictions(['DE', 'TR']), [factValue]);
    const proposal = { key: factValue.key, jurisdiction: 'TR', value: factValue, by: 'ayse', at, reason: 'New number' };
    await facts.saveProposal(proposal);
    assert.deepEqual(await facts.proposal('TR', factValue.key), proposal);
    assert.deepEqual(await facts.proposals(['TR']), [proposal]);
    await facts.dropProposal('TR', factValue.key);
    assert.equal(await facts.proposal('TR', factValue.key), null);
  });

  test('an edition has one draft of an update; applied and undone ones stay', async () => {
    const { updates } = opened().store;
    const starts = await outcomes([updates.save(update('u1', 'tr-TR')), updates.save(update('u2', 'tr-TR'))]);
    assert.deepEqual(starts, { done: 1, refusals: ['staleRevision'] });
    const draft = await updates.draft('tr-TR');
    assert.ok(draft);
    assert.deepEqual(draft, update(draft.id, 'tr-TR'));
    const applied = { ...draft, state: 'applied', appliedAt: at, decisions: {}, before: null, revision: 2 } as const;
    await updates.save(applied);
    await refused('staleRevision', updates.save(applied));
    assert.equal(await updates.draft('tr-TR'), null);
    assert.deepEqual(await updates.applied('tr-TR'), applied);
    await updates.save({ ...update('u3', 'tr-TR'), updatedAt: '2026-03-01T00:00:00.000Z' });
    assert.deepEqual(
      (await updates.ofEdition('tr-TR')).map(({ id }) => id),
      ['u3', draft.id],
    );
    assert.equal((await updates.byId('u3'))?.state, 'draft');
    assert.equal(await updates.byId('none'), null);
  });

  test('publications are numbered once, found by code, and their lessons are stored once', async () => {
    const { publications } = opened().store;
    assert.equal(await publications.newestNumber('tr-TR'), 0);
    const one = publication('tr-TR', 1, '7K3QD-9X4MT');
    await publications.add(one);
    await publications.add(publication('tr-TR', 2, '7K3QD-9X4MT', '2026-02-02T00:00:00.000Z'));
    await publications.add(publication('de-CH', 1, 'AAAAA-BBBBB'));
    await refused('staleRevision', publications.add(one));
    assert.deepEqual(await publications.byNumber('tr-TR', 1), one);
    assert.equal(await publications.byNumber('tr-TR', 9), null);
    assert.equal(await publications.newestNumber('tr-TR'), 2);
    assert.deepEqual(
      (await publications.ofEdition('tr-TR')).map(({ number }) => number),
      [2, 1],
    );
    assert.deepEqual(
      (await publications.byCode('7K3QD-9X4MT')).map(({ number }) => number),
      [2, 1],
    );
    assert.deepEqual(await publications.byCode('none'), []);
    const hash = hashOf(publishedLesson);
    const twice = [publications.addLesson(hash, publishedLesson), publications.addLesson(hash, publishedLesson)];
    assert.deepEqual(await outcomes(twice), { done: 2, refusals: [] });
    assert.deepEqual(await publications.lesson(hash), publishedLesson);
    assert.equal(await publications.lesson('none'), null);
  });
};
