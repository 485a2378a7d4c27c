import assert from 'node:assert/strict';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as rest } from 'node:timers/promises';
import { liftRecall } from '../../src/commands/recall/orderRecall.ts';
import { paths } from '../../src/web/paths.ts';
import { invalidHtml } from '../browser/servedHtml.ts';
import { type SmallDesk, startSmallDesk } from '../browser/smallDesk.ts';
import { Visitor } from '../web/testApp.ts';
import { revisionOf } from './smallWorld.ts';

/** A recall while the public folder cannot be written, as the people of the desk and the readers meet it. */

let desk: SmallDesk;
let ada: Visitor;
let ingrid: Visitor;
const lesson = '/tr-TR/lessons/L1';

before(async () => {
  desk = await startSmallDesk(undefined, { tryAgain: [40] });
  const deniz = new Visitor(desk.origin);
  [ada, ingrid] = [new Visitor(desk.origin), new Visitor(desk.origin)];
  await deniz.signIn('deniz');
  await deniz.get('/desk/me');
  await deniz.post(paths.publish.to('tr-TR'), { lesson: 'L1', revision: String(await revisionOf(desk.world)) });
  await desk.runs.idle();
  await desk.world.settled();
  await ada.signIn('ada');
  await ingrid.signIn('ingrid');
  await ingrid.get(paths.recalls.to());
});
after(() => desk.close());

const editions = () => join(desk.folder, 'editions');
/** Whoever the tests run as: a file stands where the folder of the pointers was. */
async function takeFolder(): Promise<void> {
  await rename(editions(), `${editions()}.away`);
  await writeFile(editions(), '');
}
async function bringFolder(): Promise<void> {
  await rm(editions());
  await rename(`${editions()}.away`, editions());
}
async function until(what: string, so: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1_000; tries++) {
    if (await so()) return;
    await rest(20);
  }
  assert.fail(`It took too long until ${what}`);
}
const recalls = async (language = 'en'): Promise<string> => {
  const person = await desk.world.store.people.byId('ada');
  assert.ok(person);
  if (person.language !== language) {
    const language_ = language as typeof person.language;
    await desk.world.store.people.save({ ...person, language: language_, revision: person.revision + 1 });
  }
  return (await ada.get(paths.recalls.to())).html;
};

test('recorded while the folder cannot be written: the desk says so, and delivers when it can, without a restart', async () => {
  await ingrid.post(paths.recalls.to(), { target: 'L1', reason: 'Wrong.', instead: 'Wait.' });
  const [recall] = await desk.world.store.recalls.all();
  const id = recall?.id ?? '';
  assert.doesNotMatch(await recalls(), /not yet delivered|Delivered/);
  await takeFolder();
  const answer = await ada.post(paths.recallSecond.to(id), { revision: '1' });
  assert.equal(answer.status, 303);
  const told = await recalls();
  assert.match(told, /The recall is recorded, but not yet delivered/);
  assert.match(told, /<h1>1 recall has not reached all readers<\/h1>/);
  assert.match(told, /Readers of these editions do not see it yet: [^<]*tr-TR/);
  assert.match(told, /The public pages cannot be written since <time/);
  assert.doesNotMatch(told, /ENOTDIR|EEXIST/, 'nothing of the machine is told');
  assert.deepEqual(await invalidHtml(told), []);
  assert.match(await recalls('tr'), /Kaydedildi, ama henüz ulaşmadı\..*tr-TR/);
  const arabic = await recalls('ar');
  assert.match(arabic, /سُجّل ولم يصل بعد\./);
  assert.match(arabic, /<p lang="en" dir="ltr">Wrong\.<\/p>[\s\S]*<p lang="en" dir="ltr">Wait\.<\/p>/);
  await bringFolder();
  await until('readers see it', async () => (await ada.get(lesson)).status === 410);
  await until('the desk says so', async () => /every edition show it/.test(await recalls('en')));
  assert.match(await recalls(), /<h1>1 recall is in force<\/h1>/);
  assert.doesNotMatch(await recalls(), /cannot be written/);
});

test('a recall that is lifted meanwhile is told as not yet delivered, too', async () => {
  const [recall] = await desk.world.store.recalls.all();
  await takeFolder();
  await liftRecall(desk.world, desk.world.as.ingrid, { recall: recall?.id ?? '', revision: 2 });
  assert.match(await recalls(), /Lifted, not yet delivered\. Readers of these editions do not see it yet: [^<]*tr-TR/);
  await bringFolder();
  await until('readers have the lesson again', async () => (await ada.get(lesson)).status === 200);
  await until('nothing is late', async () => /Nothing is recalled/.test(await recalls()));
});

test('the publish page says when readers do not see the newest', async () => {
  const deniz = new Visitor(desk.origin);
  await deniz.signIn('deniz');
  await takeFolder();
  await desk.world.site.project('tr-TR');
  assert.match((await deniz.get(paths.publish.to('tr-TR'))).html, /Readers do not see the newest state yet/);
  await bringFolder();
  const well = async () => !/do not see the newest/.test((await deniz.get(paths.publish.to('tr-TR'))).html);
  await until('they do', well);
});
