import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  approveChangeSet,
  describeChangeSet,
  discardChangeSet,
  submitChangeSet,
} from '../../src/commands/baseline/draftChangeSet.ts';
import { loadChangeSet } from '../../src/commands/baseline/loadChangeSet.ts';
import { makeRelease } from '../../src/commands/baseline/makeRelease.ts';
import { saveUnit } from '../../src/commands/edition/saveUnit.ts';
import { sendBack } from '../../src/commands/sendBack/offerText.ts';
import { takeSendBacks } from '../../src/commands/sendBack/takeSendBacks.ts';
import { applyEditionUpdate } from '../../src/commands/update/applyEditionUpdate.ts';
import { decideItem } from '../../src/commands/update/decideItem.ts';
import { openUpdate } from '../../src/commands/update/loadUpdate.ts';
import { undoEditionUpdate } from '../../src/commands/update/undoEditionUpdate.ts';
import type { Edition } from '../../src/domain/edition/edition.ts';
import { paths } from '../../src/web/paths.ts';
import { type Desk, openDesk } from '../together/desk.ts';
import { refusedWith, revisionOf, type SmallWorld, smallWorld, wordsOfSet } from '../together/smallWorld.ts';
import { edition } from '../web/testApp.ts';

let world: SmallWorld;
let desk: Desk;
const ourPay = 'Never pay, not even once, and never send more.';
const ourKeep = 'Keep the proof, then tell an adult you trust.';
const ourCall = 'Call today: {helpline.child}';

before(async () => {
  world = await smallWorld();
  const base = edition('en-TR', 'tr');
  await world.store.editions.save({
    ...base,
    upstream: { release: '1.0.0', ahead: [] },
    lessons: { L1: { state: 'offered' } },
  });
  desk = await openDesk(world);
});
after(() => desk.close());

const differ = (tag: string, segment: string, target: string, revision: number) =>
  saveUnit(world, world.as.deniz, {
    ...{ edition: tag, segment, target, revision },
    adaptation: { kind: 'example', reason: 'Clearer for children here' },
  });
const offer = (tag: string, segment: string, proposed: string) =>
  sendBack(world, world.as.deniz, {
    ...{ edition: tag, segment, proposed, kind: 'wording', reason: 'Clearer for every child', evidence: '' },
  });
const stateOf = async (id: string) => (await world.store.sendBacks.byId(id))?.state;
const editionOf = async (tag: string) => (await world.store.editions.byTag(tag)) as Edition;
const planOf = async (tag: string) => (await openUpdate(world.store, await editionOf(tag), world.now()))?.plan;

test('what a partner offers comes into the baseline, and its difference dissolves by itself', async () => {
  const { as, store } = world;
  await differ('en-TR', 'L1.pay', ourPay, 0);
  await differ('tr-TR', 'L1.keep', 'Kanıtı sakla, sonra güvendiğin bir yetişkine söyle.', 1);
  await differ('tr-TR', 'L1.call', 'Bugün ara: {helpline.child}', 1);
  const offers = [
    await offer('en-TR', 'L1.pay', ourPay),
    await offer('tr-TR', 'L1.keep', ourKeep),
    await offer('tr-TR', 'L1.call', ourCall),
  ];
  assert.deepEqual(
    (await store.notices.ofPerson('ada', 10)).map(({ kind }) => kind),
    ['sendBackMade', 'sendBackMade', 'sendBackMade'],
  );

  const wish = { offers: offers.map(({ id, revision }) => ({ id, revision })) };
  const dropped = await takeSendBacks(world, as.ada, {
    ...wish,
    into: { title: 'From partners', severity: 'content' },
  });
  assert.match(dropped.reason, /L1\.pay, offered by en-TR \(Deniz\): Clearer for every child/);
  await discardChangeSet(world, as.ada, { set: dropped.id, revision: dropped.revision });
  assert.equal(await stateOf(offers[0]?.id ?? ''), 'open', 'a discarded set gives its offers back');

  const again = await Promise.all(offers.map(({ id }) => store.sendBacks.byId(id)));
  const into = { title: 'From partners', severity: 'content' } as const;
  const seen = again.map((each) => ({ id: each?.id ?? '', revision: each?.revision ?? 0 }));
  const taken = await takeSendBacks(world, as.bo, { offers: seen, into });
  await assert.rejects(takeSendBacks(world, as.bo, { offers: seen, into }), refusedWith('staleRevision'));
  const at = async () => ({ set: taken.id, revision: (await loadChangeSet(store, taken.id)).revision });
  await describeChangeSet(world, as.bo, await at(), {
    ...wordsOfSet('From partners', 'content'),
    reason: taken.reason,
  });
  await submitChangeSet(world, as.bo, await at());
  await approveChangeSet(world, as.ada, await at());
  const release = await makeRelease(world, as.ingrid, { sets: [taken.id], summary: '', previous: '1.0.0' });
  for (const { id } of offers) assert.equal(await stateOf(id), 'released');
  const told = (await store.notices.ofPerson('deniz', 10)).filter(({ kind }) => kind === 'sendBackReleased');
  assert.deepEqual(told.map(({ data }) => [data.release, data.segment]).sort(), [
    [release.number, 'L1.call'],
    [release.number, 'L1.keep'],
    [release.number, 'L1.pay'],
  ]);
});

test('same language: nobody is asked; text and entry go, the text stays in the history, and undo brings both back', async () => {
  const { as, store } = world;
  const item = (await planOf('en-TR'))?.items.find(({ key }) => key === 'L1.pay');
  assert.deepEqual([item?.kind, item?.choices], ['dissolved', []]);
  const page = await (await desk.enter('deniz')).get(`${paths.update.to('en-TR')}?item=L1.pay`);
  assert.match(page.html, /Our difference is settled: the baseline says it now/);
  const { update } = await applyEditionUpdate(world, as.deniz, {
    edition: 'en-TR',
    revision: await revisionOf(world, 'en-TR'),
  });
  assert.equal(update.log.find(({ key }) => key === 'L1.pay')?.done, 'dissolved');
  assert.equal(await store.units.byId('en-TR', 'L1.pay'), null);
  assert.equal(await store.ledger.byId('en-TR', 'L1.pay'), null);
  assert.deepEqual(
    (await store.units.history('en-TR', 'L1.pay')).map(({ target }) => target),
    [ourPay],
  );
  const kept = await undoEditionUpdate(world, as.deniz, {
    edition: 'en-TR',
    revision: await revisionOf(world, 'en-TR'),
  });
  assert.deepEqual(kept, []);
  assert.equal((await store.units.byId('en-TR', 'L1.pay'))?.target, ourPay);
  assert.equal((await store.ledger.byId('en-TR', 'L1.pay'))?.reason, 'Clearer for children here');
});

test('another language: the entry goes when the text is redone or confirmed, and the text stays', async () => {
  const { as, store } = world;
  const plan = await planOf('tr-TR');
  const item = plan?.items.find(({ key }) => key === 'L1.keep');
  assert.equal(item?.kind, 'stale');
  await decideItem(world, as.elif, {
    ...{ edition: 'tr-TR', key: 'L1.keep', unitRevision: item?.unitRevision ?? 0 },
    answer: { kind: 'confirm' },
  });
  await applyEditionUpdate(world, as.deniz, { edition: 'tr-TR', revision: await revisionOf(world) });
  assert.equal(await store.ledger.byId('tr-TR', 'L1.keep'), null);
  const kept = await world.unit('L1.keep');
  assert.deepEqual([kept?.target, kept?.adapted], ['Kanıtı sakla, sonra güvendiğin bir yetişkine söyle.', false]);

  assert.notEqual(await store.ledger.byId('tr-TR', 'L1.call'), null, 'what was left for later keeps its entry');
  const call = await world.unit('L1.call');
  await saveUnit(world, as.elif, {
    ...{ edition: 'tr-TR', segment: 'L1.call', target: 'Bugün ara: {helpline.child}.', revision: call?.revision ?? 0 },
  });
  assert.equal(await store.ledger.byId('tr-TR', 'L1.call'), null);
  assert.equal((await world.unit('L1.call'))?.adapted, false);
  const later = await differ(
    'tr-TR',
    'L1.call',
    'Hemen ara: {helpline.child}',
    (await world.unit('L1.call'))?.revision ?? 0,
  );
  await saveUnit(world, as.elif, {
    ...{ edition: 'tr-TR', segment: 'L1.call', target: 'Hemen ara {helpline.child}', revision: later.revision },
  });
  assert.equal((await store.ledger.byId('tr-TR', 'L1.call'))?.kind, 'example', 'a difference made since then stays');
});
