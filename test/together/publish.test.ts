import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chooseLesson } from '../../src/commands/edition/chooseLesson.ts';
import { saveUnit } from '../../src/commands/edition/saveUnit.ts';
import { publishEdition } from '../../src/commands/publication/publishEdition.ts';
import { paths } from '../../src/web/paths.ts';
import type { Visitor } from '../web/testApp.ts';
import { type Desk, openDesk } from './desk.ts';
import { refusedWith, revisionOf, type SmallWorld, smallWorld } from './smallWorld.ts';

let world: SmallWorld;
let desk: Desk;
let deniz: Visitor;
let derya: Visitor;

/** Files take as long as a test wants. */
let files = Promise.withResolvers<void>();

before(async () => {
  const small = await smallWorld();
  world = { ...small, site: { ...small.site, prepare: () => files.promise } };
  desk = await openDesk(world);
  [deniz, derya] = [await desk.enter('deniz'), await desk.enter('derya')];
});
after(() => desk.close());

const path = paths.publish.to('tr-TR');
const form = async () => ({ lesson: 'L1', revision: String(await revisionOf(world)) });
const numbers = async () => (await world.store.publications.ofEdition('tr-TR')).map((each) => each.number).sort();

test('two publish at once: one runs, the other is told that it is running', async () => {
  const wish = await form();
  const answers = await Promise.all([deniz.post(path, wish), derya.post(path, wish)]);
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [303, 409]);
  const told = answers.find((answer) => answer.status === 409);
  assert.ok(told?.html.includes('A publication of'));
  assert.ok((await derya.get(path)).html.includes('<progress'), 'the page of the second shows the run of the first');
  files.resolve();
  await desk.runs.idle();
  assert.equal(desk.runs.of('tr-TR')?.kind, 'done');
  assert.deepEqual(await numbers(), [1]);
  assert.equal((await derya.post(path, wish)).status, 409);
});

test('two processes publish at once: one number, the other is told', async () => {
  files = Promise.withResolvers();
  const revision = await revisionOf(world);
  const publish = (who: 'deniz' | 'derya') =>
    publishEdition(world, world.as[who], { edition: 'tr-TR', lessons: ['L1'], revision });
  const both = Promise.allSettled([publish('deniz'), publish('derya')]);
  files.resolve();
  const refused = (await both).filter((each) => each.status === 'rejected');
  assert.equal(refused.length, 1);
  assert.ok(refusedWith('staleRevision')(refused[0]?.reason), String(refused[0]?.reason));
  assert.deepEqual(await numbers(), [1, 2]);
  assert.equal((await world.store.editions.byTag('tr-TR'))?.publication, 2);
});

test('what is saved while a publication is built is not lost, and comes with the next', async () => {
  files = Promise.withResolvers();
  assert.equal((await deniz.post(path, await form())).status, 303);
  const target = 'Yayın sürerken yazıldı.';
  await saveUnit(world, world.as.elif, { edition: 'tr-TR', segment: 'L1.keep', target, revision: 1 });
  files.resolve();
  await desk.runs.idle();
  assert.deepEqual([desk.runs.of('tr-TR')?.kind, (await world.unit('L1.keep'))?.target], ['done', target]);
  assert.equal((await deniz.post(path, await form())).status, 303);
  await desk.runs.idle();
  const published = await world.store.publications.byNumber('tr-TR', 4);
  const lesson = await world.store.publications.lesson(published?.lessons[0]?.hash ?? '');
  assert.equal(lesson?.segments['L1.keep']?.text, target);
});

test('a lesson is left out while a publication is built: the choice stays, and the run says that it failed', async () => {
  files = Promise.withResolvers();
  assert.equal((await deniz.post(path, await form())).status, 303);
  const left = { edition: 'tr-TR', lesson: 'L1', state: 'leftOut', reason: 'Bu yıl değil.' } as const;
  await chooseLesson(world, world.as.derya, { ...left, revision: await revisionOf(world) });
  files.resolve();
  await desk.runs.idle();
  const edition = await world.store.editions.byTag('tr-TR');
  assert.deepEqual([edition?.lessons.L1?.state, edition?.publication], ['leftOut', 4]);
  assert.deepEqual(await numbers(), [1, 2, 3, 4]);
  const told = await deniz.get(path);
  assert.ok(told.html.includes('Somebody saved this after you opened it.'));
});
