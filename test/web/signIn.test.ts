import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { changeRoles } from '../../src/commands/people/changeRoles.ts';
import { issueReset } from '../../src/commands/people/issueReset.ts';
import { suspendPerson } from '../../src/commands/people/suspendPerson.ts';
import type { Person } from '../../src/domain/access/access.ts';
import { mongoLimiter } from '../../src/web/middleware/signInLimiter.ts';
import {
  addPartners,
  addPerson,
  edition,
  frontRoutes,
  listen,
  password,
  type TestApp,
  type TestWorld,
  testWorld,
  Visitor,
} from './testApp.ts';

let world: TestWorld;
let app: TestApp;
let deniz: Person;

before(async () => {
  world = await testWorld();
  await addPartners(world);
  deniz = await addPerson(world, 'deniz', 'tr', ['coordinator']);
  for (const id of ['murat', 'elif', 'selin', 'ece', 'kaan']) await addPerson(world, id, 'tr', ['reviewer']);
  await world.store.editions.save(edition('tr-TR', 'tr'));
  app = await listen(world, frontRoutes());
});
after(() => app.close());

async function signedIn(id: string): Promise<Visitor> {
  const visitor = new Visitor(app.origin);
  const answer = await visitor.signIn(id);
  assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/desk']);
  assert.equal((await visitor.get('/desk/me')).status, 200);
  return visitor;
}

const isOut = async (visitor: Visitor) => (await visitor.get('/desk/me')).status === 303;

test('signing in gives a new session, and leads on only within the desk', async () => {
  const visitor = new Visitor(app.origin);
  await visitor.get('/desk/sign-in');
  const before = visitor.cookie;
  const next = '/desk/people?x=1';
  const answer = await visitor.post('/desk/sign-in', { email: 'DENIZ@example.org', password, next });
  assert.equal(answer.headers.get('location'), next);
  assert.notEqual(visitor.cookie, before);
  for (const elsewhere of ['//evil.example/desk', 'https://evil.example/desk', '/desk\\@evil.example', '/deskevil']) {
    const other = new Visitor(app.origin);
    await other.get('/desk/sign-in');
    const led = await other.post('/desk/sign-in', { email: 'deniz@example.org', password, next: elsewhere });
    assert.equal(led.headers.get('location'), '/desk');
  }
});

test('a wrong password says the same as an unknown address, and keeps the address typed', async () => {
  const visitor = new Visitor(app.origin);
  const wrong = await visitor.signIn('deniz', 'not this one at all');
  const unknown = await visitor.signIn('nobody', 'not this one at all');
  assert.deepEqual([wrong.status, unknown.status], [401, 401]);
  const said = /id="problem"[^>]*>.*?<span>([^<]+)</s;
  assert.equal(said.exec(wrong.html)?.[1], said.exec(unknown.html)?.[1]);
  assert.ok(wrong.html.includes('value="deniz@example.org"') && !wrong.html.includes('not this one'));
  const forged = await visitor.post('/desk/sign-in', { email: 'deniz@example.org', password, _csrf: 'x' });
  assert.equal(forged.status, 403);
  assert.ok(await isOut(visitor));
});

test('signing out ends the session itself, not only the cookie', async () => {
  const visitor = await signedIn('deniz');
  const kept = visitor.cookie;
  assert.equal((await visitor.post('/desk/sign-out', {})).status, 303);
  visitor.cookie = kept;
  assert.ok(await isOut(visitor));
});

test('suspension, other roles and a reset end sessions with the next request', async () => {
  const [murat, elif, selin] = [await signedIn('murat'), await signedIn('elif'), await signedIn('selin')];
  await suspendPerson(world, { by: deniz, person: 'murat' });
  await changeRoles(world, { by: deniz, person: 'elif', roles: ['translator'], revision: 1 });
  await issueReset(world, { by: deniz, person: 'selin' });
  for (const visitor of [murat, elif, selin]) assert.ok(await isOut(visitor));
});

test('a page of one session is no use in another', async () => {
  const [one, two] = [await signedIn('deniz'), await signedIn('deniz')];
  two.token = one.token;
  assert.equal((await two.post('/desk/me', { language: 'tr', mail: 'none' })).status, 403);
});

test('a session ends after seven days in any case', async () => {
  const visitor = await signedIn('deniz');
  const now = world.clock.now;
  world.clock.now = '2026-11-27T09:00:01.000Z';
  assert.ok(await isOut(visitor));
  world.clock.now = now;
});

test('an invitation over HTTP: the link is shown once, sets the password, and is used up', async () => {
  const visitor = await signedIn('deniz');
  await visitor.get('/desk/people');
  const wish = { partner: 'tr', name: 'Ada', email: 'ada@example.org', language: 'tr', roles: ['translator'] };
  const made = await visitor.post('/desk/people/invitations', wish);
  const link = /value="http:\/\/127\.0\.0\.1:3000(\/desk\/link\/[^"]+)"/.exec(made.html)?.[1] ?? '';
  assert.notEqual(link, '');
  await visitor.get('/desk/people');
  const again = await visitor.post('/desk/people/invitations', wish);
  assert.equal(again.status, 422);
  assert.ok(again.html.includes('href="#email"') && again.html.includes('value="ada@example.org"'));
  const ada = new Visitor(app.origin);
  await ada.get(link);
  assert.equal((await ada.post(link, { password: 'short' })).status, 422);
  await ada.get(link);
  const cookie = ada.cookie;
  assert.equal((await ada.post(link, { password })).headers.get('location'), '/desk');
  assert.notEqual(ada.cookie, cookie, 'a session of its own');
  assert.match((await ada.get('/desk/me')).html, /Parola belirlendi\. Oturumunuz açık\./);
  const fixed = new Visitor(app.origin);
  fixed.cookie = cookie;
  assert.ok(await isOut(fixed), 'who knew the session before is not let in');
  assert.equal((await ada.get(link)).status, 410);
  await signedIn('ada');
  assert.ok(!JSON.stringify(await world.recorded()).includes(link.slice(-43)));
});

test('the last coordinator is told why it cannot be', async () => {
  const visitor = await signedIn('deniz');
  const answer = await visitor.post('/desk/me/leave', {});
  assert.equal(answer.status, 409);
  assert.ok(answer.html.includes('last coordinator'));
});

test('the tenth wrong password is the last; others and known places are not shut out', async () => {
  await signedIn('ece');
  const codes: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    const visitor = new Visitor(app.origin);
    await visitor.get('/desk/sign-in');
    codes.push((await visitor.post('/desk/sign-in', { email: ` Kaan@EXAMPLE.org`, password: 'wrong' })).status);
  }
  assert.deepEqual(codes, [...Array(10).fill(401), ...Array(10).fill(429)]);
  assert.equal((await new Visitor(app.origin).signIn('kaan')).status, 429);
  await signedIn('ece');
});

test('the language is the person’s, then the address’s, then the browser’s', async () => {
  const stranger = new Visitor(app.origin);
  assert.ok(
    (await stranger.get('/desk/sign-in', { 'Accept-Language': 'ar' })).html.includes('<html lang="ar" dir="rtl">'),
  );
  assert.ok(
    (await stranger.get('/desk/sign-in?language=tr', { 'Accept-Language': 'ar' })).html.includes('<html lang="tr"'),
  );
  const visitor = await signedIn('deniz');
  await visitor.post('/desk/me', { language: 'ar', mail: 'safetyOnly' });
  assert.ok((await visitor.get('/desk/me')).html.includes('<html lang="ar" dir="rtl">'));
});

test('several processes count tries together', async () => {
  const client = world.connection.getClient();
  const [one, two] = [mongoLimiter(client, 'tries'), mongoLimiter(client, 'tries')];
  for (let round = 0; round < 5; round += 1) {
    await one.count('a@example.org', '192.0.2.1');
    await two.count('a@example.org', '192.0.2.2');
  }
  await assert.rejects(one.count('a@example.org', '192.0.2.3'), /tooManyTries/);
  await two.count('b@example.org', '192.0.2.3');
  await two.welcome('a@example.org', '192.0.2.2');
  await one.count('a@example.org', '192.0.2.2');
});
