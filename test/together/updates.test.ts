import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { chooseLesson } from '../../src/commands/edition/chooseLesson.ts';
import { saveUnit } from '../../src/commands/edition/saveUnit.ts';
import { applyEditionUpdate } from '../../src/commands/update/applyEditionUpdate.ts';
import { paths } from '../../src/web/paths.ts';
import type { Visitor } from '../web/testApp.ts';
import { type Desk, fieldOf, openDesk, wordsOf } from './desk.ts';
import {
  edits,
  firstText,
  nextRelease,
  refusedWith,
  revisionOf,
  type SmallWorld,
  smallWorld,
  textsKept,
} from './smallWorld.ts';
import { stepsIn } from './updateSteps.ts';

let world: SmallWorld;
let steps: ReturnType<typeof stepsIn>;
let desk: Desk;
let elif: Visitor;
let deniz: Visitor;
let derya: Visitor;

before(async () => {
  world = await smallWorld();
  steps = stepsIn(world);
  desk = await openDesk(world);
  [elif, deniz, derya] = [await desk.enter('elif'), await desk.enter('deniz'), await desk.enter('derya')];
});
after(() => desk.close());

let round = 0;
/** Every test has a release of its own, which edits three texts. */
beforeEach(async () => {
  if (round > 0 && (await steps.release()) !== (await steps.upstream())) await steps.apply('deniz');
  round += 1;
  await nextRelease(
    world,
    'content',
    edits({
      'L1.keep': `Keep the proof, time ${round}, and tell an adult.`,
      'L1.pay': `Never pay, never send more: ${round}.`,
      'L1.start': `Read the story aloud ${round} times.`,
    }),
  );
});

const page = (item = '') => `${paths.update.to('tr-TR')}${item === '' ? '' : `?item=${item}`}`;

test('a translator saves while somebody decides: the decision is refused with both texts', async () => {
  const opened = await deniz.get(page('L1.keep'));
  const [key, unitRevision] = [fieldOf(opened, 'key'), fieldOf(opened, 'unitRevision')];
  assert.equal(key, 'L1.keep');
  const written = await steps.save('elif', 'L1.keep', 'Elif bunu şimdi yazdı.');
  const redo = { key, unitRevision, kind: 'redo', text: 'Deniz bunu önerdi.' };
  const told = await deniz.post(paths.updateDecision.to('tr-TR'), redo);
  assert.equal(told.status, 409);
  assert.ok(told.html.includes('Elif bunu şimdi yazdı.') && told.html.includes('Deniz bunu önerdi.'));
  assert.deepEqual(await world.unit('L1.keep'), written);
  const draft = await world.store.updates.draft('tr-TR');
  assert.equal(draft?.decisions['L1.keep'], undefined);
});

test('a translator saves between deciding and apply: the decision comes back, the text stays, the rest applies', async () => {
  await steps.decide('deniz', 'L1.keep', { kind: 'redo', text: 'Öneri: sakla.' });
  await steps.decide('derya', 'L1.pay', { kind: 'redo', text: 'Öneri: ödeme.' });
  await steps.save('elif', 'L1.keep', 'Elif araya girdi.');
  const told = await deniz.post(paths.updateApplication.to('tr-TR'), { revision: String(await revisionOf(world)) });
  assert.equal(told.status, 303);
  const applied = await world.store.updates.applied('tr-TR');
  assert.deepEqual(
    applied?.log.filter((line) => line.done === 'returned').map((line) => line.key),
    ['L1.keep'],
  );
  assert.equal((await world.unit('L1.keep'))?.target, 'Elif araya girdi.');
  assert.equal((await world.unit('L1.pay'))?.target, 'Öneri: ödeme.');
  assert.equal(await steps.upstream(), await steps.release());
  assert.equal(applied?.decisions['L1.keep']?.text, 'Öneri: sakla.');
  const after = await deniz.get(page());
  assert.ok(wordsOf(after).includes('L1.keep'), 'the page after names what came back');
});

test('a translator saves between apply and undo: that text is kept and named, the rest goes back', async () => {
  const before = await textsKept(world, 'L1.start');
  await steps.decide('deniz', 'L1.keep', { kind: 'redo', text: 'Uygulanan: sakla.' });
  await steps.decide('deniz', 'L1.start', { kind: 'redo', text: 'Uygulanan: oku.' });
  const { returned } = await steps.apply('deniz');
  assert.deepEqual(returned, []);
  await steps.save('elif', 'L1.keep', 'Elif sonradan yazdı.');
  const told = await derya.post(paths.updateUndo.to('tr-TR'), { revision: String(await revisionOf(world)) });
  assert.equal(told.status, 303);
  assert.ok(wordsOf(await derya.get(page())).includes('L1.keep'), 'who undoes is told what stays');
  assert.equal((await world.unit('L1.keep'))?.target, 'Elif sonradan yazdı.');
  assert.equal((await world.unit('L1.start'))?.target, before[0]);
  assert.ok((await textsKept(world, 'L1.start')).includes('Uygulanan: oku.'));
  assert.notEqual(await steps.upstream(), await steps.release());
});

test('undo leaves alone what people changed since: a ledger entry of theirs and the choice of a lesson', async () => {
  await steps.decide('deniz', 'L1.pay', { kind: 'decline', reason: 'Bizde böyle söylenmez.' });
  await steps.apply('deniz');
  const adaptation = { kind: 'example', reason: 'Yerel bir örnek.' } as const;
  const revision = await steps.rev('L1.pay');
  const target = 'Bizim örneğimiz.';
  await saveUnit(world, world.as.elif, { edition: 'tr-TR', segment: 'L1.pay', target, revision, adaptation });
  const left = { lesson: 'L1', state: 'leftOut', reason: 'Bu yıl değil.' } as const;
  await chooseLesson(world, world.as.derya, { edition: 'tr-TR', ...left, revision: await revisionOf(world) });
  const kept = await steps.undo('deniz');
  assert.deepEqual(kept, ['L1.pay']);
  assert.equal((await world.unit('L1.pay'))?.target, target);
  const entry = (await world.store.ledger.ofEdition('tr-TR')).find((each) => each.segment === 'L1.pay');
  assert.equal(entry?.reason, adaptation.reason);
  const edition = await world.store.editions.byTag('tr-TR');
  assert.deepEqual(edition?.lessons.L1, { state: 'leftOut', reason: 'Bu yıl değil.' });
  await chooseLesson(world, world.as.derya, {
    ...left,
    edition: 'tr-TR',
    state: 'offered',
    revision: edition?.revision ?? 0,
  });
});

test('two coordinators apply at once: one applies, the other is told', async () => {
  await steps.decide('deniz', 'L1.keep', { kind: 'confirm' });
  const revision = String(await revisionOf(world));
  const form = { revision };
  const path = paths.updateApplication.to('tr-TR');
  const answers = await Promise.all([deniz.post(path, form), derya.post(path, form)]);
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [303, 409]);
  const told = answers.find((answer) => answer.status === 409);
  assert.ok(told?.html.includes('Somebody saved this after you opened it.'));
  const updates = await world.store.updates.ofEdition('tr-TR');
  assert.equal(
    updates.filter((update) => update.target === updates[0]?.target && update.state === 'applied').length,
    1,
  );
  const again = await derya.post(path, { revision: String(await revisionOf(world)) });
  assert.equal(again.status, 404);
});

test('two people begin the draft at once: both decisions are in it', async () => {
  const answer = { kind: 'confirm' } as const;
  const both = await Promise.allSettled([
    steps.decide('deniz', 'L1.keep', answer),
    steps.decide('elif', 'L1.pay', answer),
  ]);
  for (const [index, each] of both.entries()) {
    if (each.status === 'fulfilled') continue;
    assert.ok(refusedWith('staleRevision')(each.reason), String(each.reason));
    await steps.decide(index === 0 ? 'deniz' : 'elif', index === 0 ? 'L1.keep' : 'L1.pay', answer);
  }
  const draft = await world.store.updates.draft('tr-TR');
  assert.deepEqual(Object.keys(draft?.decisions ?? {}).sort(), ['L1.keep', 'L1.pay']);
});

test('two people decide one item: the second sees both proposals, the first one’s stays', async () => {
  const [seenByDeniz, seenByDerya] = [await deniz.get(page('L1.keep')), await derya.get(page('L1.keep'))];
  const redo = (seen: Response & { readonly html: string }, text: string) => ({
    ...{ key: 'L1.keep', kind: 'redo', text, seen: fieldOf(seen, 'seen') },
    ...{ unitRevision: fieldOf(seen, 'unitRevision') },
  });
  const path = paths.updateDecision.to('tr-TR');
  assert.equal((await deniz.post(path, redo(seenByDeniz, 'Deniz böyle önerdi.'))).status, 303);
  const told = await derya.post(path, redo(seenByDerya, 'Derya şöyle önerdi.'));
  assert.equal(told.status, 409);
  assert.ok(told.html.includes('Deniz böyle önerdi.') && told.html.includes('Derya şöyle önerdi.'));
  const stands = async () => (await world.store.updates.draft('tr-TR'))?.decisions['L1.keep']?.text;
  assert.equal(await stands(), 'Deniz böyle önerdi.');
  const again = await derya.get(page('L1.keep'));
  assert.equal((await derya.post(path, redo(again, 'İkisi birden.'))).status, 303);
  assert.equal(await stands(), 'İkisi birden.');
});

test('one applies while another is deciding: the late decision is refused in words, and what applied stands', async () => {
  const seen = await derya.get(page('L1.keep'));
  const late = {
    ...{ key: 'L1.keep', kind: 'redo', text: 'Derya geç kaldı.', seen: fieldOf(seen, 'seen') },
    ...{ unitRevision: fieldOf(seen, 'unitRevision') },
  };
  await steps.decide('deniz', 'L1.keep', { kind: 'redo', text: 'Deniz uyguladı.' });
  await steps.apply('deniz');
  const told = await derya.post(paths.updateDecision.to('tr-TR'), late);
  assert.equal(told.status, 409);
  assert.ok(wordsOf(told).includes('Derya geç kaldı.') && wordsOf(told).includes('Deniz uyguladı.'), 'both texts');
  assert.equal((await world.unit('L1.keep'))?.target, 'Deniz uyguladı.');
});

test('a newer release between plan and apply: the draft is retargeted, what still answers stays', async () => {
  await steps.decide('deniz', 'L1.keep', { kind: 'redo', text: 'Sakla, aynı anlam.' });
  await steps.decide('deniz', 'L1.pay', { kind: 'redo', text: 'Ödeme, eski anlam.' });
  const draft = await world.store.updates.draft('tr-TR');
  const revision = await revisionOf(world);
  const stands = (await world.unit('L1.pay'))?.target;
  await nextRelease(world, 'content', edits({ 'L1.pay': 'Never pay; tell an adult first.' }));
  await nextRelease(world, 'editorial', edits({ 'L1.keep': `Keep the proof, time ${round}, and tell an adult` }));
  const shown = await deniz.get(page('L1.pay'));
  assert.ok(shown.html.includes(String(await steps.release())));
  const { update, returned } = await applyEditionUpdate(world, world.as.deniz, { edition: 'tr-TR', revision });
  assert.deepEqual([update.id, update.target, returned], [draft?.id, await steps.release(), ['L1.pay']]);
  assert.equal((await world.unit('L1.keep'))?.target, 'Sakla, aynı anlam.');
  assert.equal((await world.unit('L1.pay'))?.target, stands);
  assert.equal(update.decisions['L1.pay']?.text, 'Ödeme, eski anlam.');
});

test('the other edition and its people are untouched by all of it', async () => {
  assert.equal((await world.store.units.byId('ar-EG', 'L1.keep'))?.target, firstText('ar-EG', 'L1.keep'));
  assert.equal((await world.store.editions.byTag('ar-EG'))?.upstream.release, '1.0.0');
  assert.ok((await elif.get(page())).ok);
});
