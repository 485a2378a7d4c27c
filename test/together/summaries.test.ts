import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { publishEdition } from '../../src/commands/publication/publishEdition.ts';
import { longestSummary } from '../../src/domain/edition/summarize.ts';
import { paths } from '../../src/web/paths.ts';
import type { Visitor } from '../web/testApp.ts';
import { type Desk, openDesk } from './desk.ts';
import { edits, nextRelease, revisionOf, type SmallWorld, smallWorld } from './smallWorld.ts';

let world: SmallWorld;
let desk: Desk;
let deniz: Visitor;
let set = '';
const projected: string[] = [];

before(async () => {
  const small = await smallWorld();
  const project = (tag: string) => {
    projected.push(tag);
    return small.site.project(tag);
  };
  world = { ...small, site: { ...small.site, project } };
  await publishEdition(world, world.as.deniz, { edition: 'tr-TR', lessons: ['L1'], revision: 1 });
  await nextRelease(world, 'content', edits({ 'L1.pay': 'Never pay, never send.' }));
  set = (await world.store.releases.all()).flatMap(({ sets }) => sets).at(-1)?.id ?? '';
  desk = await openDesk(world);
  deniz = await desk.enter('deniz');
});
after(() => desk.close());

const path = paths.summaries.to('tr-TR');
const form = async (text: string) => ({ set, text, revision: String(await revisionOf(world)) });
const kept = async () => (await world.store.editions.byTag('tr-TR'))?.summaries?.[set]?.text;

test('a coordinator tells readers of a change in their language, and the pages say it at once', async () => {
  assert.match((await deniz.get(path)).html, /not yet in your language/);
  projected.length = 0;
  assert.equal((await deniz.post(path, await form('  Para   gönderme. '))).status, 303);
  assert.deepEqual([await kept(), projected], ['Para gönderme.', ['tr-TR']]);
  const { html } = await deniz.get(path);
  assert.match(html, />Para gönderme\.<\/textarea>/);
  assert.match((await deniz.get(paths.publish.to('tr-TR'))).html, /What readers are told of changes/);
});

test('a translator reads them and does not write them; what is too long, old or of no change is refused', async () => {
  const elif = await desk.enter('elif');
  assert.ok(!(await elif.get(path)).html.includes('<textarea'));
  assert.equal((await elif.post(path, await form('x'))).status, 403);
  const long = await deniz.post(path, await form('ç'.repeat(longestSummary + 1)));
  assert.equal(long.status, 422);
  assert.ok(long.html.includes('ç'.repeat(longestSummary + 1)), 'the words typed are not lost');
  assert.equal((await deniz.post(path, { ...(await form('x')), revision: '1' })).status, 409);
  assert.equal((await deniz.post(path, { ...(await form('x')), set: 'no-such-set' })).status, 404);
  assert.equal(await kept(), 'Para gönderme.');
});

test('empty words are taken back: readers see the parts that were touched again', async () => {
  assert.equal((await deniz.post(path, await form(' '))).status, 303);
  assert.equal((await world.store.editions.byTag('tr-TR'))?.summaries, undefined);
});
