import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counts } from '../domain/notification/people.ts';
import type { Cases } from './contract.ts';
import { at, event, mail, notice } from './samples.ts';

const later = '2026-02-01T12:30:00.000Z';

export const deliveryCases: Cases = (opened) => {
  test('an event is written with its notices and mails, once', async () => {
    const { events, notices, outbox } = opened().store;
    const told = [
      notice('n1', 'ayse', { counts, severity: 'safety', release: '1.10.0' }),
      notice('n2', 'ayse', { at: later }),
      notice('n3', 'mehmet'),
    ];
    const happened = event('e1', 'edition/tr-TR/unit/CPS-01');
    for (let time = 0; time < 2; time++) await events.add(happened, told, [mail('m1', { notices: ['n1', 'n2'] })]);
    assert.deepEqual(await events.recent('edition/tr-TR/unit/CPS-01', 10), [happened]);
    assert.deepEqual(await notices.ofPerson('ayse', 10), [told[1], told[0]]);
    assert.deepEqual(await notices.ofPerson('ayse', 1), [told[1]]);
    assert.deepEqual(await notices.byIds(['n3', 'none', 'n1']), [told[2], told[0]]);
    assert.equal(await outbox.waiting(), 1);
  });

  test('an event whose notices cannot be written is not written', async () => {
    const { events } = opened().store;
    const broken = notice('n3', 'somebody else'); // the id is taken
    await assert.rejects(events.add(event('e2', 'edition/tr-TR'), [notice('n4', 'zeynep'), broken]));
    assert.deepEqual(await opened().store.notices.ofPerson('zeynep', 10), []);
    assert.equal((await events.recent('edition/tr-TR', 10)).length, 1);
  });

  test('recent events: newest first, of a subject and what is below it', async () => {
    const { events } = opened().store;
    await events.add(event('e3', 'edition/ar-EG', later));
    await events.add(event('e4', 'edition/ar-EG/unit/x'));
    await events.add(event('e5', 'edition/ar-EG/unit/y'));
    await events.add(event('e6', 'edition/ar-EG-x-ngo'));
    const ids = async (prefix: string, limit = 10) => (await events.recent(prefix, limit)).map(({ id }) => id);
    assert.deepEqual(await ids('edition/ar-EG'), ['e3', 'e5', 'e4']);
    assert.deepEqual(await ids('edition/ar-EG/unit'), ['e5', 'e4']);
    assert.deepEqual(await ids('edition/ar-EG', 1), ['e3']);
    assert.deepEqual(await ids('', 1), ['e3']);
  });

  test('notices are read one by one or all, by their own person', async () => {
    const { notices } = opened().store;
    assert.equal(await notices.unread('ayse'), 2);
    await notices.markRead('mehmet', ['n1'], later);
    assert.equal(await notices.unread('ayse'), 2);
    await notices.markRead('ayse', ['n1'], later);
    assert.equal(await notices.unread('ayse'), 1);
    await notices.markRead('ayse', 'all', '2026-02-02T00:00:00.000Z');
    assert.deepEqual(
      (await notices.byIds(['n1', 'n2'])).map(({ readAt }) => readAt),
      [later, '2026-02-02T00:00:00.000Z'],
    );
    assert.equal(await notices.unread('mehmet'), 1);
  });

  test('a mail that is due is taken by one, and again when the lease is over', async () => {
    const { events, outbox } = opened().store;
    await events.add(event('e7', 'mails'), [], [mail('m2', { notBefore: later }), mail('m3'), mail('m4')]);
    const taken = await Promise.all([1, 2, 3, 4].map(() => outbox.take(at, 2, 60)));
    assert.deepEqual(
      taken
        .flat()
        .map(({ id }) => id)
        .sort(),
      ['m1', 'm3', 'm4'],
    );
    const lapsed = await outbox.take('2026-02-01T12:01:00.000Z', 10, 60);
    assert.equal(lapsed.length, 3);
    const [first, second, third] = lapsed;
    assert.ok(first && second && third);
    await outbox.save({ ...first, sentAt: at, tries: 1 });
    await outbox.save({ ...second, droppedAt: at });
    await outbox.save({ ...third, tries: 1, notBefore: later, lastError: 'down' });
    assert.equal(await outbox.waiting(), 2);
    const again = await outbox.take(later, 10, 60);
    assert.deepEqual(again.map(({ id }) => id).sort(), ['m2', third.id].sort());
    assert.deepEqual(again.find(({ id }) => id === third.id)?.lastError, 'down');
  });

  test('the archive keeps bytes by their hash; put twice is one', async () => {
    const { store, connection } = opened();
    const bytes = Buffer.alloc(600_000, 'headwater');
    await Promise.all([1, 2, 3].map(() => store.archive.put('hash', bytes, 'application/pdf')));
    await store.archive.put('hash', bytes, 'application/pdf');
    const found = await store.archive.get('hash');
    assert.equal(found?.mediaType, 'application/pdf');
    assert.ok(bytes.equals(found.bytes));
    assert.equal(await connection.collection('archive.files').countDocuments(), 1);
    assert.equal(await connection.collection('archive.chunks').countDocuments(), 3);
    await store.archive.put('empty', new Uint8Array(), 'text/plain');
    assert.equal((await store.archive.get('empty'))?.bytes.byteLength, 0);
    assert.equal(await store.archive.get('none'), null);
  });
};
