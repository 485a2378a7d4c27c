import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { confirmFact, proposeFact, suspendFact } from '../../src/commands/facts/changeFact.ts';
import { paths } from '../../src/web/paths.ts';
import type { Visitor } from '../web/testApp.ts';
import { type Desk, openDesk } from './desk.ts';
import { refusedWith, type SmallWorld, smallWorld } from './smallWorld.ts';

let world: SmallWorld;
let desk: Desk;
let deniz: Visitor;
let murat: Visitor;
const key = 'helpline.child';

before(async () => {
  world = await smallWorld();
  desk = await openDesk(world);
  [deniz, murat] = [await desk.enter('deniz'), await desk.enter('murat')];
});
after(() => desk.close());

const waiting = () => world.store.facts.proposal('TR', key);
const seenOn = ({ html }: { readonly html: string }) => /name="seen" value="([^"]*)"/.exec(html)?.[1] ?? 'no field';

test('two people propose a value at once: the second sees both, the first one’s waits', async () => {
  const page = `${paths.facts.to('tr-TR')}?fact=${key}`;
  const seen = [seenOn(await deniz.get(page)), seenOn(await murat.get(page))];
  assert.deepEqual(seen, ['', '']);
  const form = (phone: string) => ({ phone, reason: 'Aradım.', certainty: 'high', source: 'https://example.org/' });
  const path = paths.fact.to('tr-TR', key);
  assert.equal((await deniz.post(path, { ...form('184'), seen: seen[0] ?? '' })).status, 303);
  const told = await murat.post(path, { ...form('185'), seen: seen[1] ?? '' });
  assert.equal(told.status, 409);
  assert.ok(told.html.includes('184') && told.html.includes('value="185"'));
  assert.deepEqual([(await waiting())?.by, (await waiting())?.value.neutral.phone], ['deniz', '184']);
  assert.equal((await murat.post(path, { ...form('185'), seen: seenOn(told) })).status, 303);
  assert.deepEqual([(await waiting())?.by, (await waiting())?.value.neutral.phone], ['murat', '185']);
});

test('who confirms a value that was replaced meanwhile is told, and nothing changes', async () => {
  const old = (await waiting())?.at ?? '';
  const value = { neutral: { phone: '186' }, source: '', certainty: 'high', wording: {} } as const;
  await proposeFact(world, world.as.murat, { edition: 'tr-TR', key, value, method: null, reason: 'Yeni.' });
  const told = await deniz.post(paths.factConfirmation.to('tr-TR', key), { at: old, wish: 'accept' });
  assert.equal(told.status, 409);
  assert.equal((await world.store.facts.byKey('TR', key))?.neutral.phone, '183');
  assert.equal((await waiting())?.value.neutral.phone, '186');
});

test('two people confirm at once: one does, the other is told', async () => {
  const at = (await waiting())?.at ?? '';
  const confirm = (who: 'deniz' | 'derya') =>
    confirmFact(world, world.as[who], { edition: 'tr-TR', key, at, accept: true });
  const done = await Promise.allSettled([confirm('deniz'), confirm('derya')]);
  const refused = done.filter((each) => each.status === 'rejected');
  assert.equal(refused.length, 1);
  assert.ok(refusedWith('nothingProposed')(refused[0]?.reason), String(refused[0]?.reason));
  assert.equal((await world.store.facts.byKey('TR', key))?.neutral.phone, '186');
});

test('a fact is suspended while a value for it waits: it stays suspended until that value is confirmed', async () => {
  const value = { neutral: { phone: '187' }, source: '', certainty: 'high', wording: {} } as const;
  const proposal = await proposeFact(world, world.as.murat, {
    edition: 'tr-TR',
    key,
    value,
    method: null,
    reason: 'Y',
  });
  await suspendFact(world, world.as.elif, { edition: 'tr-TR', key, reason: 'Kimse açmıyor.' });
  assert.equal((await world.store.facts.byKey('TR', key))?.suspended?.by, 'elif');
  await confirmFact(world, world.as.deniz, { edition: 'tr-TR', key, at: proposal.at, accept: true });
  assert.equal((await world.store.facts.byKey('TR', key))?.suspended, null);
});
