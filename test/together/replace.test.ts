import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { saveUnit } from '../../src/commands/edition/saveUnit.ts';
import { paths } from '../../src/web/paths.ts';
import { invalidHtml } from '../browser/servedHtml.ts';
import type { Visitor } from '../web/testApp.ts';
import { type Answer, type Desk, openDesk, wordsOf } from './desk.ts';
import { type SmallWorld, smallWorld } from './smallWorld.ts';

let world: SmallWorld;
let desk: Desk;
let elif: Visitor;

before(async () => {
  world = await smallWorld();
  desk = await openDesk(world);
  elif = await desk.enter('elif');
});
after(() => desk.close());

const page = paths.replace.to('tr-TR');
const ask = (values: Readonly<Record<string, string>>) => `${page}?${new URLSearchParams(values)}`;
const ticks = ({ html }: Answer) => [...html.matchAll(/name="unit" value="([^"]*)"/g)].map(([, value = '']) => value);
const target = async (segment: string) => (await world.unit(segment))?.target;

test('the preview shows every text that would change, and what of it was read; nothing is changed', async () => {
  const shown = await elif.get(ask({ find: 'metin', replace: 'yazı' }));
  assert.equal(shown.status, 200);
  assert.deepEqual(ticks(shown).sort(), ['L1.call@1', 'L1.keep@1', 'L1.pay@1', 'L1.practise@1', 'L1.start@1']);
  assert.match(shown.html, /<h1>5 texts would change<\/h1>/);
  assert.match(shown.html, /5 of them have been read by a second person/);
  assert.match(shown.html, /<del>.*metin.*<\/del>.*<ins>.*yazı.*<\/ins>/s);
  assert.deepEqual(await invalidHtml(shown.html), []);
  assert.equal(await target('L1.start'), 'Birinci metin: L1.start');
  const none = await elif.get(ask({ find: 'helpline', replace: 'x' }));
  assert.match(none.html, /stands in none of our texts/);
  const inFacts = await elif.get(ask({ find: 'helpline', replace: 'x', inFacts: 'yes' }));
  assert.match(wordsOf(inFacts), /It would lose a fact/);
  assert.deepEqual(ticks(inFacts), []);
  assert.equal((await elif.get(ask({ find: '', replace: 'x' }))).status, 422);
  assert.equal((await elif.get(ask({ find: 'metin', replace: 'x', 'in-L1': 'yes' }))).status, 200);
});

test('what is ticked changes in one step; what somebody wrote meanwhile is listed, and all is taken back', async () => {
  await elif.get(ask({ find: 'metin', replace: 'yazı' }));
  const before = await world.unit('L1.keep');
  await saveUnit(world, world.as.murat, {
    ...{ edition: 'tr-TR', segment: 'L1.pay', target: 'Başka bir metin', revision: 1 },
  });
  const fields = { find: 'metin', replace: 'yazı', unit: ['L1.start@1', 'L1.keep@1', 'L1.pay@1'] };
  assert.equal((await elif.post(page, { ...fields, unit: [] })).status, 422);
  assert.equal((await elif.post(page, { ...fields, unit: ['x'] })).status, 400);
  const done = await elif.post(page, fields);
  assert.equal(done.status, 303);
  const result = done.headers.get('location') ?? '';
  assert.equal(await target('L1.start'), 'Birinci yazı: L1.start');
  assert.equal((await world.unit('L1.keep'))?.state, 'translated');
  assert.equal(await target('L1.pay'), 'Başka bir metin');
  assert.equal(await target('L1.call'), 'Birinci metin: L1.call {helpline.child}');
  const shown = await elif.get(result);
  assert.match(wordsOf(shown), /2 texts have the new words.*written by somebody after you looked\s*L1\.pay/s);
  assert.deepEqual(await invalidHtml(shown.html), []);

  const now = await world.unit('L1.start');
  await saveUnit(world, world.as.murat, {
    ...{ edition: 'tr-TR', segment: 'L1.start', target: 'Yeni yazı', revision: now?.revision ?? 0 },
  });
  const undo = `${result}/undo`;
  assert.equal((await elif.post(undo, {})).status, 303);
  assert.equal(await target('L1.start'), 'Yeni yazı');
  const after = await world.unit('L1.keep');
  assert.deepEqual({ ...after, at: '', revision: 0 }, { ...before, at: '', revision: 0 });
  assert.match(wordsOf(await elif.get(result)), /The old words are back.*Written by somebody since.*L1\.start/s);
  assert.equal((await elif.post(undo, {})).status, 409);
  assert.equal((await elif.get(`${page}/nothing`)).status, 404);
  const actions = (await world.recorded()).map((event) => event.action);
  assert.ok(actions.includes('edition/replace') && actions.includes('edition/undoReplacement'), actions.join(' '));
});

test('another partner finds nothing here', async () => {
  const hala = await desk.enter('hala');
  assert.equal((await hala.get(page)).status, 404);
  assert.equal((await hala.post(page, { find: 'a', replace: 'b', unit: 'L1.start@1' })).status, 404);
});
