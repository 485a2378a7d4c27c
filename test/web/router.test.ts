import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DomainError } from '../../src/domain/errors.ts';
import { subjectOf } from '../../src/web/middleware/audit.ts';
import type { EditionContext, Reply, Route } from '../../src/web/route.ts';
import {
  addPartners,
  addPerson,
  edition,
  frontRoutes,
  listen,
  type TestApp,
  type TestWorld,
  testWorld,
  Visitor,
} from './testApp.ts';

const seen: unknown[] = [];
const at = '/desk/editions/:edition/units/:segment';

const probe: readonly Route[] = [
  {
    method: 'get',
    path: at,
    allow: 'edition:read',
    audit: 'nothing',
    about: 'edition',
    handle: async ({ edition }) => ({ kind: 'json', data: { tag: edition.tag } }),
  },
  { method: 'post', path: at, allow: 'unit:write', audit: 'unit/save', about: 'edition', handle: save },
  {
    method: 'post',
    path: '/desk/probe/file',
    upload: true,
    allow: 'me:write',
    audit: 'nothing',
    about: 'person',
    handle: async ({ upload, form }) => ({
      kind: 'json',
      data: { name: upload?.name, size: upload?.bytes.length, form },
    }),
  },
  {
    method: 'get',
    path: '/desk/probe/crash',
    allow: 'me:write',
    audit: 'nothing',
    about: 'person',
    handle: async () => Promise.reject(new TypeError('the inside of the machine')),
  },
  {
    method: 'get',
    path: '/probe',
    allow: 'public:read',
    audit: 'nothing',
    about: 'nothing',
    handle: async () => ({
      kind: 'bytes',
      mediaType: 'text/html; charset=utf-8',
      bytes: Buffer.from('<style>p{color:red}</style><p>x</p>'),
    }),
  },
];

async function save({ form, edition }: EditionContext): Promise<Reply> {
  if (form.revision === '0') throw new DomainError('staleRevision', { ours: 'bizim <b>', theirs: 'onların' });
  seen.push(form);
  return { kind: 'redirect', to: `/desk/editions/${edition.tag}/units/X`, said: { key: 'people:me.saved' } };
}

let world: TestWorld;
let app: TestApp;
let deniz: Visitor;

before(async () => {
  world = await testWorld();
  await addPartners(world);
  await addPerson(world, 'deniz', 'tr', ['coordinator']);
  await addPerson(world, 'ingrid', 'authority', ['pedagogue']);
  await world.store.editions.save(edition('tr-TR', 'tr'));
  await world.store.editions.save(edition('ar-EG', 'eg'));
  app = await listen(world, [...frontRoutes(), ...probe]);
  deniz = new Visitor(app.origin);
  assert.equal((await deniz.signIn('deniz')).status, 303);
  await deniz.get('/desk/me');
});
after(() => app.close());

const path = (tag: string) => `/desk/editions/${tag}/units/CPS-03`;

test('a route that leaves a door open does not start', async () => {
  const [first] = probe;
  assert.ok(first);
  const wrong: readonly [string, unknown][] = [
    ['without allow', { ...first, allow: undefined }],
    ['without audit', { ...first, audit: '' }],
    ['Post outside', { ...first, method: 'post', path: '/x/:edition' }],
    ['Post outside', { ...first, open: true }],
    ['without a limit', { ...first, method: 'post', path: '/x/:edition', open: true }],
    ['No :edition', { ...first, path: '/desk/x' }],
  ];
  for (const [message, route] of wrong) await assert.rejects(listen(world, [route as Route]), new RegExp(message));
  await assert.rejects(listen(world, [first, first]), /declared twice/);
});

test('an edition is found through the actor', async () => {
  assert.deepEqual(JSON.parse((await deniz.get(path('tr-TR'))).html), { tag: 'tr-TR' });
  assert.equal((await deniz.get(path('ar-EG'))).status, 404);
  assert.equal((await deniz.get(path('xx-XX'))).status, 404);
  const ingrid = new Visitor(app.origin);
  await ingrid.signIn('ingrid');
  await ingrid.get('/desk/me');
  assert.equal((await ingrid.get(path('ar-EG'))).status, 200);
  assert.equal((await ingrid.post(path('ar-EG'), { target: 'x' })).status, 403);
  const stranger = new Visitor(app.origin);
  const answer = await stranger.get(path('tr-TR'));
  assert.deepEqual(
    [answer.status, answer.headers.get('location')],
    [303, '/desk/sign-in?next=%2Fdesk%2Feditions%2Ftr-TR%2Funits%2FCPS-03'],
  );
});

test('a change is recorded once, with what it was about', async () => {
  await deniz.post(path('tr-TR'), { target: 'x' });
  const event = (await world.recorded()).at(-1);
  assert.deepEqual(
    [event?.kind, event?.by, event?.subject, event?.action],
    ['audit', 'deniz', 'edition/tr-TR/units/CPS-03', 'unit/save'],
  );
  assert.equal(subjectOf('/desk/link/:token', { token: 'secret' }), 'link/token');
  assert.ok((await deniz.get('/desk/me')).html.includes('role="status"'));
  assert.ok(!(await deniz.get('/desk/me')).html.includes('role="status"'));
});

test('forgery, nested names and oversize change nothing', async () => {
  const before = [seen.length, (await world.recorded()).length];
  const tries = [
    [await deniz.post(path('tr-TR'), { _csrf: 'wrong' }), 403],
    [await deniz.post(path('tr-TR'), { target: 'x' }, { 'Sec-Fetch-Site': 'cross-site' }), 403],
    [await deniz.post(path('tr-TR'), { target: 'x' }, { 'Sec-Fetch-Site': 'same-site' }), 403],
    [await deniz.post(path('tr-TR'), { 'a[b]': 'x' }), 400],
    [await deniz.post(path('tr-TR'), { constructor: 'x' } as never), 400],
    [await deniz.post(path('tr-TR'), { target: 'x'.repeat(257 * 1024) }), 413],
    [await deniz.post(path('tr-TR'), { many: Array.from({ length: 2001 }, () => 'x') }), 413],
  ] as const;
  for (const [answer, code] of tries) {
    assert.equal(answer.status, code);
    assert.match(answer.html, /<h1>[^<]+<\/h1>/);
  }
  assert.deepEqual([seen.length, (await world.recorded()).length], before);
});

test('repeated fields are a list, and the token is no field', async () => {
  await deniz.post(path('tr-TR'), { target: 'x', roles: ['a', 'b'] });
  assert.deepEqual({ ...(seen.at(-1) as object) }, { target: 'x', roles: ['a', 'b'] });
});

test('one small file comes through, others do not', async () => {
  const form = (name: string, size: number, field = 'file') => {
    const data = new FormData();
    data.set('_csrf', '');
    data.set('note', 'n');
    data.set(field, new Blob(['x'.repeat(size)], { type: 'text/csv' }), name);
    return data;
  };
  const fine = await deniz.multipart('/desk/probe/file', form('../../Türkçe\u202e.csv', 5));
  assert.deepEqual(JSON.parse(fine.html), { name: 'Türkçe.csv', size: 5, form: { note: 'n' } });
  assert.equal((await deniz.multipart('/desk/probe/file', form('x', 5 * 1024 * 1024 + 1))).status, 413);
  assert.equal((await deniz.multipart('/desk/probe/file', form('x', 1, 'other'))).status, 400);
  const nested = form('x', 1);
  nested.set('a[$ne]', '1');
  assert.equal((await deniz.multipart('/desk/probe/file', nested)).status, 400);
  const visitor = new Visitor(app.origin);
  visitor.cookie = deniz.cookie;
  visitor.token = 'wrong';
  assert.equal((await visitor.multipart('/desk/probe/file', form('x', 1))).status, 403);
});

test('two writers see both texts', async () => {
  const answer = await deniz.post(path('tr-TR'), { revision: '0' });
  assert.equal(answer.status, 409);
  assert.ok(answer.html.includes('bizim &lt;b&gt;') && answer.html.includes('onların'));
});

test('errors speak the asker’s format and show nothing of the inside', async () => {
  const json = await deniz.get(path('ar-EG'), { Accept: 'application/json' });
  assert.deepEqual(JSON.parse(json.html), { code: 'editionUnknown', message: 'There is no edition ar-EG here.' });
  const crash = await deniz.get('/desk/probe/crash');
  assert.equal(crash.status, 500);
  assert.ok(!/inside of the machine|TypeError|at .*\.ts/.test(crash.html));
  const turkish = await new Visitor(app.origin).get('/nowhere', { 'Accept-Language': 'tr' });
  assert.ok(turkish.html.includes('lang="tr"') && turkish.html.includes('Bu adreste bir sayfa yok.'));
  assert.equal((await new Visitor(app.origin).get('/%zz')).status, 404);
});

test('headers are strict, the nonce is new each time, public pages set no cookie', async () => {
  const first = await deniz.get('/desk/me');
  const second = await deniz.get('/desk/me');
  const policy = first.headers.get('content-security-policy') ?? '';
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
  assert.ok(nonce !== '' && first.html.includes(`nonce="${nonce}"`) && !second.html.includes(nonce));
  for (const rule of [
    "default-src 'self'",
    "style-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ])
    assert.ok(policy.includes(rule));
  assert.equal(first.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(first.headers.get('x-powered-by'), null);
  assert.equal(first.headers.get('cache-control'), 'no-store');
  const open = await new Visitor(app.origin).get('/probe');
  assert.equal(open.headers.get('set-cookie'), null);
  assert.match(open.headers.get('content-security-policy') ?? '', /default-src 'none'; style-src 'self' 'sha256-/);
  const sheet = /href="(\/assets\/[^"]+desk\.css)"/.exec(first.html)?.[1] ?? '';
  const asset = await new Visitor(app.origin).get(sheet);
  assert.match(asset.headers.get('cache-control') ?? '', /immutable/);
  assert.equal((await new Visitor(app.origin).get('/assets/0000000000000000/desk.css')).status, 404);
});
