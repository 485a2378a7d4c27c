import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { paths } from '../../src/web/paths.ts';
import { type Answer, type Desk, openDesk } from '../together/desk.ts';
import { type SmallWorld, smallWorld } from '../together/smallWorld.ts';
import { Visitor } from '../web/testApp.ts';
import { assertRefused, changesNothing, postRaw } from './refusal.ts';

let world: SmallWorld;
let desk: Desk;
let ada: Visitor;
let deniz: Visitor;
let elif: Visitor;

before(async () => {
  world = await smallWorld();
  desk = await openDesk(world);
  [ada, deniz, elif] = [await desk.enter('ada'), await desk.enter('deniz'), await desk.enter('elif')];
});
after(() => desk.close());

const tr = 'tr-TR';
const unit = paths.unit.to(tr, 'L1.keep');
const good = { target: 'Yeni metin', revision: '1', lesson: 'L1' };

test('fields named like a prototype’s touch no prototype', async () => {
  const fields = { ...good, '__proto__.polluted': 'yes', 'constructor.prototype.polluted': 'yes', $where: 'sleep(9)' };
  const pairs = [...Object.entries({ ...fields, _csrf: elif.token }), ['__proto__', 'polluted']];
  const form = { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin' };
  const answer = await postRaw(
    elif,
    unit,
    form,
    new URLSearchParams(pairs.map(([name, value]) => [name ?? '', value ?? ''])).toString(),
  );
  assert.equal(answer.status, 303);
  assert.equal(Reflect.get({}, 'polluted'), undefined);
  assert.deepEqual(
    Object.keys((await world.unit('L1.keep')) ?? {}).filter((key) => /proto|where|polluted/.test(key)),
    [],
  );
});

test('an operator that is written as a text is a text', async () => {
  const target = '{"$ne":1} $where: this.a <script>';
  assert.equal((await elif.post(unit, { ...good, target, revision: '2', way: 'stay' })).status, 303);
  assert.equal((await world.unit('L1.keep'))?.target, target);
  const page = await elif.get(`${paths.workbench.to('tr-TR', 'L1')}?unit=L1.keep`);
  assert.ok(!page.html.includes('<script>') && page.html.includes('&lt;script&gt;'));
});

test('strange queries are ignored or refused, never obeyed', async () => {
  const queries = [
    'item[$ne]=1',
    'unit={"$ne":1}',
    'show[$where]=1',
    '__proto__=1',
    'fact=constructor',
    'unit=__proto__',
    'restore=constructor',
  ];
  await changesNothing(world, async () => {
    for (const query of queries) {
      for (const path of [paths.update.to(tr), paths.workbench.to(tr, 'L1'), paths.facts.to(tr), paths.review.to(tr)]) {
        const answer: Answer = await deniz.get(`${path}?${query}`);
        assert.ok([200, 400, 404].includes(answer.status), `${path}?${query}: ${answer.status}`);
      }
      const answer: Answer = await ada.get(`${paths.releases.to()}?sets=${query}&${query}`);
      assert.ok([200, 400, 404].includes(answer.status), `releases?${query}: ${answer.status}`);
    }
  });
});

test('operators open no door: neither as an address nor as a password', async () => {
  const stranger = new Visitor(deniz.origin);
  await stranger.get(paths.signIn.to());
  for (const email of ['{"$ne":1}', '{"$gt":""}', '$where']) {
    const answer = await stranger.post(paths.signIn.to(), { email, password: '{"$ne":1}' });
    assert.equal(answer.status, 401);
  }
  const nested = await stranger.post(paths.signIn.to(), { 'email[$ne]': '1', 'password[$ne]': '1' });
  assert.ok([400, 401].includes(nested.status), String(nested.status));
  assert.equal((await stranger.get(paths.me.to())).status, 303);
  assert.equal((await stranger.get(paths.link.to('{"$ne":1}'))).status, 410);
});

test('a route with a wrong method is no page, and does nothing', async () => {
  await changesNothing(world, async () => {
    assertRefused(await deniz.get(paths.unit.to(tr, 'L1.keep')), 'en', 'pageUnknown');
    assertRefused(await deniz.post(paths.editionLessons.to(tr), {}), 'en', 'pageUnknown');
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      const headers = { Cookie: deniz.cookie, Accept: 'text/html' };
      const answer: Response = await fetch(`${deniz.origin}${paths.unit.to(tr, 'L1.keep')}`, { method, headers });
      assert.ok(
        [404, 405].includes(answer.status) || (method === 'OPTIONS' && answer.status === 200),
        `${method} ${answer.status}`,
      );
    }
  });
});
