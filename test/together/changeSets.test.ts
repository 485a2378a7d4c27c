import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { draftChangeSet, editChangeSet } from '../../src/commands/baseline/draftChangeSet.ts';
import { loadDraftPackage } from '../../src/commands/baseline/loadChangeSet.ts';
import type { ChangeSet } from '../../src/domain/release/release.ts';
import { paths } from '../../src/web/paths.ts';
import type { Visitor } from '../web/testApp.ts';
import { type Desk, fieldOf, openDesk, wordsOf } from './desk.ts';
import { edits, refusedWith, type SmallWorld, smallWorld, sources, wordsOfSet } from './smallWorld.ts';

let world: SmallWorld;
let desk: Desk;
let ada: Visitor;
let bo: Visitor;

before(async () => {
  world = await smallWorld();
  desk = await openDesk(world);
  ada = await desk.enter('ada');
  bo = await desk.enter('bo');
});
after(() => desk.close());

const stored = async (set: ChangeSet) => (await world.store.changeSets.byId(set.id)) ?? set;
const textIn = async (set: ChangeSet, segment: string) =>
  (await loadDraftPackage(world.store, await stored(set))).after.segments[segment]?.text;
const segmentForm = (text: string, revision: string) => ({
  ...{ verb: 'edit', lesson: 'L1', section: 'steps', policy: 'adaptable', note: '', minutes: '' },
  ...{ text, revision },
});

test('two people edit one segment of one set: the second sees both texts, the first one’s stays', async () => {
  const set = await draftChangeSet(world, world.as.ada, wordsOfSet('Keep the proof', 'content'));
  const page = `${paths.changeSetLesson.to(set.id, 'L1')}?segment=L1.keep&section=steps`;
  const [seenByAda, seenByBo] = [fieldOf(await ada.get(page), 'revision'), fieldOf(await bo.get(page), 'revision')];
  assert.deepEqual([seenByAda, seenByBo], ['1', '1']);
  const first = 'Keep every message and tell an adult.';
  const second = 'Take a picture of the screen, then tell an adult.';
  const path = paths.changeSetSegment.to(set.id, 'L1.keep');
  assert.equal((await ada.post(path, segmentForm(first, seenByAda))).status, 303);
  const told = await bo.post(path, segmentForm(second, seenByBo));
  assert.equal(told.status, 409);
  assert.ok(wordsOf(told).includes(first) && told.html.includes(second));
  assert.equal(await textIn(set, 'L1.keep'), first);
  assert.equal((await bo.post(path, segmentForm(second, fieldOf(told, 'revision')))).status, 303);
  assert.equal(await textIn(set, 'L1.keep'), second);
});

test('two people edit two segments of one set: the second is told, and both are in after a second try', async () => {
  const set = await draftChangeSet(world, world.as.ada, wordsOfSet('Two places', 'content'));
  const write = (visitor: Visitor, segment: string, text: string, revision: string) =>
    visitor.post(paths.changeSetSegment.to(set.id, segment), segmentForm(text, revision));
  assert.equal((await write(ada, 'L1.start', 'Read the story twice.', '1')).status, 303);
  const told = await write(bo, 'L1.pay', 'Never pay. Never.', '1');
  assert.equal(told.status, 409);
  assert.ok(told.html.includes('Never pay. Never.'));
  assert.equal(await textIn(set, 'L1.pay'), sources['L1.pay']);
  assert.equal((await write(bo, 'L1.pay', 'Never pay. Never.', fieldOf(told, 'revision'))).status, 303);
  assert.equal(await textIn(set, 'L1.start'), 'Read the story twice.');
  assert.equal(await textIn(set, 'L1.pay'), 'Never pay. Never.');
});

test('two people describe one set: the second keeps what was typed, the store has the first', async () => {
  const set = await draftChangeSet(world, world.as.ada, wordsOfSet('Words about it', 'content'));
  const details = (reason: string) => ({
    ...{ title: 'Words about it', severity: 'content', reason, summary: 'Clearer.', due: '', revision: '1' },
  });
  const path = paths.changeSetDetails.to(set.id);
  assert.equal((await ada.post(path, details('A child told us so.'))).status, 303);
  const told = await bo.post(path, details('Two schools asked for it.'));
  assert.equal(told.status, 409);
  assert.ok(told.html.includes('Two schools asked for it.'));
  assert.equal((await stored(set)).reason, 'A child told us so.');
});

test('who submits or approves what somebody changed meanwhile is told', async () => {
  const set = await draftChangeSet(world, world.as.ada, wordsOfSet('Too late', 'content'));
  await editChangeSet(world, world.as.bo, { set: set.id, revision: 1 }, edits({ 'L1.pay': 'Do not pay.' }));
  const submit = await ada.post(paths.changeSetSubmission.to(set.id), { verb: 'submit', revision: '1' });
  assert.equal(submit.status, 409);
  assert.equal((await stored(set)).state, 'draft');
});

test('edits that arrive at the same moment: one goes through', async () => {
  const set = await draftChangeSet(world, world.as.ada, wordsOfSet('At once', 'content'));
  const write = (who: 'ada' | 'bo', text: string) =>
    editChangeSet(world, world.as[who], { set: set.id, revision: 1 }, edits({ 'L1.start': text }));
  const done = await Promise.allSettled([write('ada', 'Read it first.'), write('bo', 'Read it last.')]);
  assert.equal(done.filter((each) => each.status === 'fulfilled').length, 1);
  for (const each of done) {
    if (each.status === 'rejected') assert.ok(refusedWith('staleRevision')(each.reason), String(each.reason));
    else
      assert.equal(
        await textIn(set, 'L1.start'),
        each.value.changes[0]?.kind === 'segmentEdited' ? each.value.changes[0].after : '',
      );
  }
});
