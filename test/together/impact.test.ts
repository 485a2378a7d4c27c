import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  approveChangeSet,
  describeChangeSet,
  draftChangeSet,
  editChangeSet,
  submitChangeSet,
} from '../../src/commands/baseline/draftChangeSet.ts';
import { staleNow } from '../../src/commands/baseline/releaseImpact.ts';
import { saveUnit } from '../../src/commands/edition/saveUnit.ts';
import type { ChangeSet } from '../../src/domain/release/release.ts';
import { paths } from '../../src/web/paths.ts';
import type { Visitor } from '../web/testApp.ts';
import { type Answer, type Desk, openDesk } from './desk.ts';
import { edits, nextRelease, type SmallWorld, smallWorld, wordsOfSet } from './smallWorld.ts';

/** The words of a page, each cell and line apart. */
const wordsOf = ({ html }: Answer): string =>
  html
    .replace(/<span class="aside">[^<]*<\/span>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

let world: SmallWorld;
let desk: Desk;
let ada: Visitor;
let ingrid: Visitor;
let deniz: Visitor;
let set: ChangeSet;

before(async () => {
  world = await smallWorld();
  desk = await openDesk(world);
  [ada, ingrid, deniz] = [await desk.enter('ada'), await desk.enter('ingrid'), await desk.enter('deniz')];
  // Both editions are stale in one unit before anything is planned.
  await nextRelease(world, 'content', edits({ 'L1.start': 'Read the story of Sam aloud.' }));
});
after(() => desk.close());

test('while a set is drafted, its page says whom it touches, and the open segment who has it', async () => {
  const words = wordsOfSet('Two more words', 'safety');
  set = await draftChangeSet(world, world.as.ada, words);
  set = await editChangeSet(
    world,
    world.as.ada,
    { set: set.id, revision: set.revision },
    edits({
      'L1.start': 'Read the story of Sam aloud, twice.',
      'L1.pay': 'Never pay, never send more, tell somebody.',
    }),
  );
  set = await describeChangeSet(world, world.as.ada, { set: set.id, revision: set.revision }, words);
  const page = wordsOf(await ada.get(paths.changeSet.to(set.id)));
  assert.match(
    page,
    /1\.2\.0 would make 2 units stale in 2 editions/,
    'the unit that is stale already is not counted again',
  );
  const editing = await ada.get(`${paths.changeSetLesson.to(set.id, 'L1')}?segment=L1.pay`);
  assert.match(
    wordsOf(editing),
    /Who it touches editions with this unit 2 of 2 units going stale, if the meaning changes 2 words to write, each 5 adapted locally, will ask a person 0/,
  );
});

test('the dry run counts hours by the pace of each edition, or by the one asked for, and leads to every unit', async () => {
  const tr = await world.store.editions.byTag('tr-TR');
  assert.ok(tr);
  await world.store.editions.save({ ...tr, wordsPerHour: 35, revision: tr.revision + 1 });
  const at = () => ({ set: set.id, revision: set.revision });
  set = await submitChangeSet(world, world.as.ada, at());
  set = await approveChangeSet(world, world.as.bo, at());
  const table = async (query: string) => wordsOf(await ingrid.get(`${paths.releases.to()}?sets=${set.id}${query}`));
  const own = await table('');
  assert.match(own, /1\.2\.0 would make 2 units stale in 2 editions/);
  assert.match(own, /tr-TR Türkiye, Turkish 1\.0\.0 1/);
  assert.match(own, /1\.0\.0 .*2 editions .*1\.2\.0 .*not released yet/s);
  assert.match(own, /7 0 0 0 0\.2 ar-EG/, 'seven words at thirty-five an hour');
  assert.match(await table('&pace=70'), /7 0 0 0 0\.1/);
  const list = wordsOf(await ingrid.get(`${paths.impact.to('tr-TR')}?sets=${set.id}`));
  assert.match(list, /1\.2\.0 would make 1 unit stale: tr-TR/);
  assert.match(list, /One unit goes stale L1\.pay Safety in L1/);
  assert.match(list, /One unit is stale already L1\.start/);
  assert.match(wordsOf(await ingrid.get(`${paths.impact.to('all')}?sets=${set.id}`)), /In 2 editions: ar-EG, tr-TR/);
  assert.equal((await deniz.get(`${paths.impact.to('tr-TR')}?sets=${set.id}`)).status, 403);
  assert.equal((await ingrid.get(`${paths.impact.to('de-DE')}?sets=${set.id}`)).status, 404);
});

test('a unit that was redone is not stale, whatever release the edition stands on', async () => {
  const tags = async () => {
    const stale = await staleNow(world.store, await world.store.editions.all());
    return [...stale].map(([tag, units]) => `${tag} ${[...units].join(' ')}`.trim()).sort();
  };
  assert.deepEqual(await tags(), ['ar-EG L1.start', 'tr-TR L1.start']);
  const edition = await world.store.editions.byTag('tr-TR');
  assert.ok(edition);
  const upstream = { release: '1.1.0', ahead: [] };
  await world.store.editions.save({ ...edition, upstream, revision: edition.revision + 1 });
  assert.deepEqual(await tags(), ['ar-EG L1.start', 'tr-TR L1.start']);
  await saveUnit(world, world.as.elif, { edition: 'tr-TR', segment: 'L1.start', target: 'Sam’i oku.', revision: 1 });
  assert.deepEqual(await tags(), ['ar-EG L1.start', 'tr-TR']);
});

test('after a release the authority sees who has it, and the names of those that wait with their date', async () => {
  const page = wordsOf(await ada.get(paths.release.to('1.1.0')));
  assert.match(page, /1\.1\.0: 1 of 2 editions has it/);
  assert.match(page, /One edition waits ar-EG Egypt, Arabic .*stands on 1\.0\.0 not published yet/);
  const safety = await nextRelease(world, 'safety', edits({ 'L1.keep': 'Keep the proof and tell an adult at once.' }));
  const told = wordsOf(await ada.get(paths.release.to(safety.number)));
  assert.match(told, /0 of 2 editions have it/);
  assert.match(told, /2 editions wait due Monday 1 March ?, 101 days left/);
  const ahead = await world.store.editions.byTag('ar-EG');
  assert.ok(ahead);
  const upstream = { release: '1.0.0', ahead: safety.sets.map((each) => each.id) };
  await world.store.editions.save({ ...ahead, upstream, revision: ahead.revision + 1 });
  assert.match(wordsOf(await ada.get(paths.release.to(safety.number))), /1 of 2 editions has it/);
});
