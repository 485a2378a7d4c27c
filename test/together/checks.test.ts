import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { loadChecks } from '../../src/commands/checks/loadChecks.ts';
import { loadWorking } from '../../src/commands/edition/loadWorking.ts';
import { saveUnit } from '../../src/commands/edition/saveUnit.ts';
import type { World } from '../../src/commands/ports.ts';
import { publishEdition } from '../../src/commands/publication/publishEdition.ts';
import { workingUnit } from '../../src/domain/edition/workingText.ts';
import { readContentFolder } from '../../src/files/contentFolder.ts';
import { readWording } from '../../src/formats/content/readWording.ts';
import { paths } from '../../src/web/paths.ts';
import { invalidHtml } from '../browser/servedHtml.ts';
import type { Visitor } from '../web/testApp.ts';
import { type Desk, openDesk } from './desk.ts';
import { refusedWith, revisionOf, type SmallWorld, smallWorld } from './smallWorld.ts';

const wording: World['wording'] = readWording(
  await readContentFolder(join(import.meta.dirname, '../../content/wording')),
);

let world: SmallWorld;
let desk: Desk;
let elif: Visitor;
let murat: Visitor;

before(async () => {
  world = { ...(await smallWorld()), wording };
  desk = await openDesk(world);
  [elif, murat] = [await desk.enter('elif'), await desk.enter('murat')];
});
after(() => desk.close());

const at = (segment: string) => `${paths.workbench.to('tr-TR', 'L1')}?unit=${segment}`;
const publish = async () =>
  publishEdition(world, world.as.deniz, { edition: 'tr-TR', lessons: ['L1'], revision: await revisionOf(world) });
const write = async (segment: string, target: string) =>
  saveUnit(world, world.as.elif, {
    edition: 'tr-TR',
    segment,
    target,
    revision: (await world.unit(segment))?.revision ?? 0,
  });
const findingOf = (html: string) => /name="of" value="([0-9a-f]{64})"/.exec(html)?.[1] ?? '';

test('words that are not said and numbers to call stop a publication, also of a demonstration', async () => {
  await publish();
  for (const [wrong, mended] of [
    ['Sapıklara karşı öyküyü sesli okuyun.', 'Öyküyü sesli okuyun.'],
    ['Öyküyü sesli okuyun, sonra 116 111’i arayın.', 'Öyküyü sesli okuyun.'],
    ['Read the story aloud.', 'Öyküyü sesli okuyun.'],
  ] as const) {
    await write('L1.start', wrong);
    await assert.rejects(publish(), refusedWith('notReady'), wrong);
    await write('L1.start', mended);
    await publish();
  }
});

test('a text is shown with what is wrong, and the pages that wait for it lead there', async () => {
  await write('L1.start', 'Öyküyü 45 dakika sesli okuyun');
  const page = await elif.get(at('L1.start'));
  assert.match(page.html, /Numbers that are not in the source: 45.*Stops publication/s);
  assert.match(page.html, /The source ends with a full stop, this text with no mark/);
  assert.ok(page.html.indexOf('Numbers that are not') < page.html.indexOf('Not left in the source'));
  assert.match(page.html, /A reviewer can say that it is right/);
  assert.deepEqual(await invalidHtml(page.html), []);
  const lessons = await elif.get(paths.editionLessons.to('tr-TR'));
  assert.match(lessons.html, /1 finding of the checks.*?href="[^"]*L1\.start/s);
  const publishing = await elif.get(paths.publish.to('tr-TR'));
  assert.match(publishing.html, /A check found something: other numbers/);
  await assert.rejects(publish(), refusedWith('notReady'));
});

test('a reviewer waives a finding with a reason; it holds for this text only, and can be taken back', async () => {
  const page = await murat.get(at('L1.start'));
  const of = findingOf(page.html);
  const form = { of, lesson: 'L1', show: 'all', words: '' };
  const waivers = paths.unitWaivers.to('tr-TR', 'L1.start');
  assert.equal((await murat.post(waivers, { ...form, reason: '' })).status, 422);
  assert.equal((await murat.post(waivers, { ...form, reason: 'other' })).status, 422);
  assert.equal((await murat.post(waivers, { ...form, of: 'x', reason: 'custom' })).status, 400);
  assert.equal((await elif.post(waivers, { ...form, reason: 'custom' })).status, 403);
  await assert.rejects(publish(), refusedWith('notReady'));
  const done = await murat.post(waivers, { ...form, reason: 'other', words: 'Öykü bizde daha uzun.' });
  assert.equal(done.status, 303);
  await publish();
  const shown = await murat.get(at('L1.start'));
  assert.match(shown.html, /Another reason: <bdi>Öykü bizde daha uzun\.<\/bdi>/);
  assert.match(shown.html, /Waived by <bdi>Murat<\/bdi>/);
  assert.deepEqual(await invalidHtml(shown.html), []);

  await write('L1.start', 'Öyküyü 45 dakika boyunca sesli okuyun');
  await assert.rejects(publish(), refusedWith('notReady'), 'another text has to be looked at again');
  await write('L1.start', 'Öyküyü 45 dakika sesli okuyun');
  await publish();

  const [waiver] = await world.store.waivers.ofEdition('tr-TR');
  const withdrawal = paths.unitWaiverWithdrawal.to('tr-TR', 'L1.start');
  const back = { of, lesson: 'L1', show: 'all' };
  assert.equal((await murat.post(withdrawal, { ...back, revision: '9' })).status, 409);
  assert.equal((await murat.post(withdrawal, { ...back, revision: String(waiver?.revision) })).status, 303);
  assert.equal((await murat.post(withdrawal, { ...back, revision: '2' })).status, 409);
  await assert.rejects(publish(), refusedWith('notReady'));
  assert.equal((await world.store.waivers.ofEdition('tr-TR'))[0]?.withdrawn?.by, 'murat');
  const gone = await murat.post(waivers, { ...form, of: 'f'.repeat(64), reason: 'custom' });
  assert.equal(gone.status, 409);
  await write('L1.start', 'Öyküyü sesli okuyun.');
});

test('core text and red lines are never waived', async () => {
  await write('L1.practise', 'Beş adımı 45 dakika çalışın.');
  const core = await murat.get(at('L1.practise'));
  assert.match(core.html, /Core text is mended, not waived/);
  assert.equal(findingOf(core.html), '');
  const edition = await world.store.editions.byTag('tr-TR');
  assert.ok(edition);
  const working = await loadWorking(world.store, edition);
  const unit = workingUnit(working, 'L1.practise');
  assert.ok(unit);
  const [finding] = (await loadChecks(world, working)).of(unit);
  assert.ok(finding);
  const refused = await murat.post(paths.unitWaivers.to('tr-TR', 'L1.practise'), {
    ...{ of: finding.of, lesson: 'L1', show: 'all', reason: 'custom', words: '' },
  });
  assert.equal(refused.status, 422);
  assert.match(refused.html, /cannot be waived/);
  assert.deepEqual(
    (await world.store.waivers.ofEdition('tr-TR')).filter(({ segment }) => segment === 'L1.practise'),
    [],
  );
  await assert.rejects(publish(), refusedWith('notReady'));
  await write('L1.practise', 'Beş adımı çalışın.');
  await publish();
});

test('a core text that the ledger leaves out stops its lesson', async () => {
  await world.store.ledger.save({
    ...{ edition: 'tr-TR', segment: 'L1.practise', kind: 'omission', reason: 'Zaman yok.', owner: 'elif' },
    ...{ on: '2026-11-20', omits: true, revision: 1 },
  });
  const publishing = await elif.get(paths.publish.to('tr-TR'));
  assert.match(publishing.html, /One core text is left out/);
  await assert.rejects(publish(), refusedWith('notReady'));
});
