import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { saveUnit } from '../../src/commands/edition/saveUnit.ts';
import { suspendPerson } from '../../src/commands/people/suspendPerson.ts';
import { paths } from '../../src/web/paths.ts';
import type { Visitor } from '../web/testApp.ts';
import { type Desk, fieldOf, openDesk, wordsOf } from './desk.ts';
import { type SmallWorld, smallWorld } from './smallWorld.ts';

let world: SmallWorld;
let desk: Desk;
let deniz: Visitor;
let derya: Visitor;
let elif: Visitor;
let murat: Visitor;

before(async () => {
  world = await smallWorld();
  desk = await openDesk(world);
  [deniz, derya, elif, murat] = [
    await desk.enter('deniz'),
    await desk.enter('derya'),
    await desk.enter('elif'),
    await desk.enter('murat'),
  ];
});
after(() => desk.close());

const lessons = paths.editionLessons.to('tr-TR');
const review = `${paths.review.to('tr-TR')}?lesson=L1`;
const translate = (who: 'elif' | 'murat', segment: string, target: string, revision: number) =>
  saveUnit(world, world.as[who], { edition: 'tr-TR', segment, target, revision });
const stampOn = (html: string) => /name="lesson" value="(L1 [0-9a-f]+)"/.exec(html)?.[1] ?? '';
const noticesOf = (person: string) => world.store.notices.ofPerson(person, 50);

test('a reviewer agrees to a whole lesson at once; what was written meanwhile, their own and bare core text stay', async () => {
  await translate('elif', 'L1.start', 'Öyküyü sesli okuyun.', 1);
  await translate('elif', 'L1.keep', 'Kanıtı saklayın.', 1);
  await translate('elif', 'L1.practise', 'Beş adımı deneyin.', 1);
  await translate('murat', 'L1.pay', 'Asla ödeme yapmayın.', 1);
  const page = await murat.get(`${review}&tick=all`);
  const ticks = [...page.html.matchAll(/name="unit" value="([^"]+)"/g)].map((match) => match[1] ?? '');
  assert.deepEqual(ticks, ['2:L1.start', '2:L1.keep']);
  assert.match(wordsOf(page), /Agree to 2 texts/);
  assert.match(wordsOf(page), /Birinci metin: L1\.call/, 'the rest of the lesson is there to be read through');

  await translate('elif', 'L1.keep', 'Kanıtı saklayın ve anlatın.', 2);
  const events = (await world.recorded()).length;
  const unit = [...ticks, '2:L1.practise', '2:L1.pay'];
  const told = await murat.post(paths.reviewAgreement.to('tr-TR'), { lesson: 'L1', unit });
  assert.equal(told.status, 200);
  const words = wordsOf(told);
  assert.match(words, /3 texts were not agreed to/);
  assert.match(words, /You agreed to the one other\./);
  assert.match(words, /L1\.keep ?Somebody wrote it anew while you were reading/);
  assert.match(words, /L1\.pay ?You wrote it/);
  assert.match(words, /L1\.practise ?It is core text and has no back-translation yet/);
  assert.match(told.html, /<ins>.*?>ve<\/span> anlatın/s, 'the new words are marked against the text that was read');

  const states = await Promise.all(['L1.start', 'L1.keep', 'L1.practise', 'L1.pay'].map(world.unit));
  assert.deepEqual(
    states.map((each) => [each?.state, each?.reviewedBy, each?.revision]),
    [
      ['reviewed', 'murat', 3],
      ['translated', null, 3],
      ['translated', null, 2],
      ['translated', null, 2],
    ],
  );
  assert.equal((await world.recorded()).length, events + 1, 'one record of one act');

  const again = await murat.post(paths.reviewAgreement.to('tr-TR'), { lesson: 'L1', unit: '2:L1.start' });
  assert.match(wordsOf(again), /L1\.start ?Somebody wrote it anew|L1\.start ?It does not wait any more/);
  assert.equal((await world.unit('L1.start'))?.revision, 3);
});

test('nothing ticked, a tick that was tampered with, and a translator: nothing changes', async () => {
  await murat.get(review);
  const none = await murat.post(paths.reviewAgreement.to('tr-TR'), { lesson: 'L1' });
  assert.equal(none.status, 422);
  assert.match(wordsOf(none), /Nothing is ticked/);
  const odd = await murat.post(paths.reviewAgreement.to('tr-TR'), { lesson: 'L1', unit: 'L1.keep' });
  assert.equal(odd.status, 400);
  await elif.get(review);
  const barred = await elif.post(paths.reviewAgreement.to('tr-TR'), { lesson: 'L1', unit: '3:L1.keep' });
  assert.equal(barred.status, 403);
  assert.equal((await world.unit('L1.keep'))?.state, 'translated');
});

test('a text goes back with a comment, its translator is told, and what they write next waits again', async () => {
  await murat.get(review);
  const wish = { wish: 'return', lesson: 'L1', revision: '3', reason: 'Çocuklar için çok uzun.' };
  assert.equal((await murat.post(paths.unitReview.to('tr-TR', 'L1.keep'), wish)).status, 303);
  const sent = await world.unit('L1.keep');
  assert.deepEqual([sent?.state, sent?.sentBack?.reason, sent?.sentBack?.by], ['initial', wish.reason, 'murat']);
  const notice = (await noticesOf('elif')).find((each) => each.kind === 'textSentBack');
  assert.equal(notice?.data.reason, wish.reason);
  assert.match(
    wordsOf(await elif.get(paths.deskEdition.to('tr-TR'))),
    /One text came back to you.*Çocuklar için çok uzun\./,
  );
  await translate('elif', 'L1.keep', 'Kanıtı sakla.', 4);
  assert.equal((await world.unit('L1.keep'))?.sentBack, undefined);
  assert.doesNotMatch(wordsOf(await elif.get(paths.deskEdition.to('tr-TR'))), /came back to you/);
});

test('a coordinator gives a lesson with a date; the person is told, and finds it on Today and under “mine”', async () => {
  await world.store.units.retire((await world.unit('L1.start')) as never);
  const page = await deniz.get(lessons);
  const fields = { at: 'bulk', lesson: stampOn(page.html), person: 'elif', role: 'translate', due: '2026-11-22' };
  const past = await deniz.post(paths.assignments.to('tr-TR'), { ...fields, due: '2026-11-02' });
  assert.equal(past.status, 422);
  assert.match(past.html, /<option value="elif" selected>/, 'what was chosen is kept');
  const unfit = await deniz.post(paths.assignments.to('tr-TR'), { ...fields, role: 'review' });
  assert.equal(unfit.status, 422);
  assert.match(wordsOf(unfit), /Elif cannot do this/);
  assert.deepEqual(await world.store.assignments.ofEdition('tr-TR'), []);
  assert.equal((await noticesOf('elif')).filter((each) => each.kind === 'lessonAssigned').length, 0);

  assert.equal((await deniz.post(paths.assignments.to('tr-TR'), fields)).status, 303);
  const [given] = await world.store.assignments.ofEdition('tr-TR');
  assert.deepEqual([given?.lesson, given?.person, given?.due, given?.by], ['L1', 'elif', '2026-11-22', 'deniz']);
  const told = (await noticesOf('elif')).filter((each) => each.kind === 'lessonAssigned');
  assert.deepEqual(
    told.map((each) => [each.data.lessons, each.data.due]),
    [['L1', '2026-11-22']],
  );
  const today = await elif.get(paths.deskEdition.to('tr-TR'));
  assert.match(wordsOf(today), /One lesson is in your hands.*1 unit.*2 days left/);
  assert.match(today.html, /Lessons <span class="count">1<\/span>/);
  assert.match(wordsOf(await elif.get(`${lessons}?show=mine`)), /until 22 Nov/);
  assert.match(wordsOf(await murat.get(`${lessons}?show=mine`)), /No lesson is in your hands/);
  assert.doesNotMatch((await murat.get(paths.deskEdition.to('tr-TR'))).html, /Lessons <span class="count">/);
});

test('two coordinators assign one lesson: the second is told, keeps what they chose, and nothing is given twice', async () => {
  const seen = stampOn((await deniz.get(lessons)).html);
  await derya.get(lessons);
  const wish = { at: 'bulk', lesson: seen, person: 'murat', role: 'review', due: '' };
  assert.equal((await deniz.post(paths.assignments.to('tr-TR'), wish)).status, 303);
  const late = await derya.post(paths.assignments.to('tr-TR'), { ...wish, person: 'derya' });
  assert.equal(late.status, 409);
  assert.match(late.html, /<option value="derya" selected>/);
  assert.match(wordsOf(late), /Somebody assigned this lesson meanwhile/);
  assert.equal((await world.store.assignments.ofEdition('tr-TR')).length, 2);
  const barred = await elif.post(paths.assignments.to('tr-TR'), { ...wish, lesson: stampOn(late.html) });
  assert.equal(barred.status, 403);
});

test('one leaves a lesson out while another offers it: the second is told in words, and the first choice stands', async () => {
  const seen = String((await world.store.editions.byTag('tr-TR'))?.revision);
  const path = paths.lessonChoice.to('tr-TR', 'L1');
  const leave = { state: 'leftOut', reason: 'Bu yıl okulda işlenmiyor.', revision: seen };
  assert.equal((await deniz.post(path, leave)).status, 303);
  const late = await derya.post(path, { state: 'offered', reason: '', revision: seen });
  assert.equal(late.status, 409);
  assert.match(wordsOf(late), /Somebody saved this after you opened it/);
  const edition = await world.store.editions.byTag('tr-TR');
  assert.equal(edition?.lessons.L1?.state, 'leftOut');
  const again = { state: 'offered', reason: '', revision: String(edition?.revision) };
  assert.equal((await derya.post(path, again)).status, 303);
});

test('the last text closes the assignment, a text sent back opens it again', async () => {
  const mine = async () => (await world.store.assignments.ofPerson('elif'))[0];
  const history = await world.store.units.history('tr-TR', 'L1.start');
  assert.ok(history.length > 0);
  await translate('elif', 'L1.start', 'Öyküyü oku.', 0);
  assert.ok((await mine())?.doneAt, 'nothing is left to translate');
  const unit = await world.unit('L1.start');
  await murat.get(review);
  const wish = { wish: 'return', lesson: 'L1', revision: String(unit?.revision), reason: 'Siz dili.' };
  assert.equal((await murat.post(paths.unitReview.to('tr-TR', 'L1.start'), wish)).status, 303);
  assert.equal((await mine())?.doneAt, undefined);
});

test('a lesson of somebody who was suspended is free again, and can be handed over', async () => {
  const by = world.as.deniz;
  assert.ok(by.kind === 'person');
  await suspendPerson(world, { by: by.person, person: 'elif' });
  const page = await deniz.get(`${lessons}?show=free`);
  assert.match(wordsOf(page), /Elif is suspended: free again/);
  assert.match(wordsOf(await deniz.get(paths.deskEdition.to('tr-TR'))), /One lesson is free again/);
  const held = (await world.store.assignments.ofPerson('elif'))[0];
  assert.ok(held);
  const to = paths.assignment.to('tr-TR', held.id);
  assert.equal(
    (await deniz.post(to, { revision: String(held.revision), person: 'murat', due: '2026-11-25' })).status,
    303,
  );
  assert.deepEqual(await world.store.assignments.ofPerson('elif'), []);
  const [first] = (await noticesOf('murat')).filter((each) => each.kind === 'lessonAssigned');
  assert.equal(first?.data.due, '2026-11-25');
  const again = await deniz.post(to, { revision: String(held.revision), person: 'murat', due: '' });
  assert.equal(again.status, 404);
});

test('the pace of an edition is its coordinator’s to say', async () => {
  const page = await deniz.get(lessons);
  const revision = fieldOf(page, 'revision');
  const odd = await deniz.post(paths.editionPace.to('tr-TR'), { words: 'fast', revision });
  assert.equal(odd.status, 422);
  assert.match(odd.html, /value="fast"/);
  const stored = await world.store.editions.byTag('tr-TR');
  const seen = String(stored?.revision);
  assert.equal((await deniz.post(paths.editionPace.to('tr-TR'), { words: '400', revision: seen })).status, 303);
  assert.equal((await world.store.editions.byTag('tr-TR'))?.wordsPerHour, 400);
  const late = await derya.post(paths.editionPace.to('tr-TR'), { words: '500', revision: seen });
  assert.equal(late.status, 409);
  assert.equal((await murat.post(paths.editionPace.to('tr-TR'), { words: '500', revision: seen })).status, 403);
});
