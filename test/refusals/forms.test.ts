import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { draftChangeSet } from '../../src/commands/baseline/draftChangeSet.ts';
import { type InterfaceLanguage, interfaceLanguages } from '../../src/domain/access/access.ts';
import type { ErrorCode, ErrorData } from '../../src/domain/errors.ts';
import { paths } from '../../src/web/paths.ts';
import { type Answer, type Desk, openDesk } from '../together/desk.ts';
import { type Name, type SmallWorld, smallWorld, wordsOfSet } from '../together/smallWorld.ts';
import type { Visitor } from '../web/testApp.ts';
import { assertRefused, changesNothing, postRaw, speak } from './refusal.ts';

let world: SmallWorld;
let desk: Desk;
const visitors: Partial<Record<Name, Visitor>> = {};
let upload = '';

before(async () => {
  world = await smallWorld();
  desk = await openDesk(world);
  for (const name of ['ada', 'elif', 'deniz'] as const) visitors[name] = await desk.enter(name);
  const set = await draftChangeSet(world, world.as.ada, wordsOfSet('A file', 'content'));
  upload = paths.changeSetImport.to(set.id);
});
after(() => desk.close());

type Wish = (visitor: Visitor) => Promise<Answer>;
type Case = { readonly who: Name; readonly wish: Wish; readonly error: ErrorCode; readonly data?: ErrorData };

const unit = paths.unit.to('tr-TR', 'L1.keep');
const good = { target: 'Yeni metin', revision: '1', lesson: 'L1' };
const saveWith =
  (fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): Wish =>
  (visitor) =>
    visitor.post(unit, { ...good, ...fields }, headers);

function multipart(fields: Readonly<Record<string, string>>, bytes = 'x'): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({ revision: '1', ...fields })) form.set(name, value);
  form.set('file', new Blob([bytes]), 'L1.md');
  return form;
}
const uploadWith =
  (fields: Readonly<Record<string, string>>, bytes?: string): Wish =>
  (visitor) =>
    visitor.multipart(upload, multipart(fields, bytes));

const many = Object.fromEntries(Array.from({ length: 2100 }, (_, index) => [`f${index}`, 'x']));

const cases: Readonly<Record<string, Case>> = {
  'a form that is too large': {
    ...{ who: 'elif', wish: saveWith({ target: 'x'.repeat(300 * 1024) }), error: 'formTooLarge' },
    data: { limit: '256 KiB' },
  },
  'a form of too many fields': {
    ...{ who: 'elif', wish: saveWith(many), error: 'formTooLarge', data: { limit: '256 KiB' } },
  },
  'a file that is too large': {
    ...{ who: 'ada', wish: uploadWith({}, 'x'.repeat(5 * 1024 * 1024 + 1)), error: 'fileTooLarge' },
    data: { limit: '5120 KiB' },
  },
  'a nested field': { who: 'elif', wish: saveWith({ 'a[b]': '1' }), error: 'formMalformed', data: { field: 'a[b]' } },
  'an operator in a field': {
    ...{ who: 'elif', wish: saveWith({ 'target[$ne]': '1' }), error: 'formMalformed', data: { field: 'target[$ne]' } },
  },
  'a nested field beside a file': {
    ...{ who: 'ada', wish: uploadWith({ 'a[b]': '1' }), error: 'formMalformed', data: { field: 'a[b]' } },
  },
  'a prototype key': {
    ...{
      who: 'elif',
      wish: saveWith({ constructor: '1' } as never),
      error: 'formMalformed',
      data: { field: 'constructor' },
    },
  },
  'the prototype beside a file': {
    who: 'ada',
    wish: (visitor) => visitor.multipart(upload, multipart(Object.fromEntries([['__proto__', '1']]))),
    ...{ error: 'formMalformed', data: { field: '__proto__' } },
  },
  'a revision that is no number': {
    who: 'deniz',
    wish: (v) => v.post(paths.updateApplication.to('tr-TR'), { revision: '1e3' }),
    error: 'formMalformed',
    data: { field: 'revision' },
  },
  'a state that nobody offered': {
    who: 'deniz',
    wish: (v) => v.post(paths.lessonChoice.to('tr-TR', 'L1'), { state: '{"$ne":1}', revision: '1' }),
    ...{ error: 'formMalformed', data: { field: 'state' } },
  },
  'no token': { who: 'elif', wish: saveWith({ _csrf: '' }), error: 'csrfFailed' },
  'a wrong token': { who: 'elif', wish: saveWith({ _csrf: 'a'.repeat(64) }), error: 'csrfFailed' },
  'the token of somebody else': {
    who: 'elif',
    wish: (v) => saveWith({ _csrf: visitors.deniz?.token ?? '' })(v),
    error: 'csrfFailed',
  },
  'a form from another site': {
    who: 'elif',
    wish: saveWith({}, { 'Sec-Fetch-Site': 'cross-site' }),
    error: 'csrfFailed',
  },
  'a form from a sister site': {
    who: 'elif',
    wish: saveWith({}, { 'Sec-Fetch-Site': 'same-site' }),
    error: 'csrfFailed',
  },
};

for (const [name, { who, wish, error, data }] of Object.entries(cases)) {
  test(`${name} is refused in every language, and nothing changes`, async () => {
    for (const language of interfaceLanguages) {
      await speak(world, who, language);
      const visitor = visitors[who];
      assert.ok(visitor);
      const { token } = visitor;
      const answer: Answer = await changesNothing(world, () => wish(visitor), name);
      visitor.token = token;
      assertRefused(answer, language, error, data);
    }
  });
}

/** What the browser never sends: a body of another kind, or an Origin without Sec-Fetch-Site. */
const raw = (visitor: Visitor, headers: Readonly<Record<string, string>>, body: string, path = unit) =>
  postRaw(visitor, path, headers, body);

test('a form from another origin, told by an older browser, is refused', async () => {
  const { elif } = visitors;
  assert.ok(elif);
  await speak(world, 'elif', 'tr');
  const body = new URLSearchParams({ ...good, _csrf: elif.token }).toString();
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const answer: Answer = await changesNothing(world, () =>
    raw(elif, { ...form, Origin: 'https://evil.example' }, body),
  );
  assertRefused(answer, 'tr', 'csrfFailed');
});

test('JSON is no form: operators in it reach nothing', async () => {
  const { elif } = visitors;
  assert.ok(elif);
  const body = JSON.stringify({ ...good, _csrf: elif.token, target: { $ne: 1 } });
  const json = { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' };
  const answer: Answer = await changesNothing(world, () => raw(elif, json, body));
  assert.equal(answer.status, 403);
});

test('a body that lies about its kind, and a broken upload, are refused', async () => {
  const { ada } = visitors;
  assert.ok(ada);
  await speak(world, 'ada', 'ar');
  const kinds = [
    'multipart/form-data',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded; charset=utf-7',
  ];
  for (const kind of kinds) {
    const headers = { 'Content-Type': kind, 'Sec-Fetch-Site': 'same-origin' };
    const answer: Answer = await changesNothing(world, () => raw(ada, headers, '--x\r\nnothing', upload), kind);
    assert.ok([400, 403].includes(answer.status), `${kind}: ${answer.status}`);
  }
});

test('whoever asks for JSON is told in JSON, with the same code and text', async () => {
  const { elif } = visitors;
  assert.ok(elif);
  const language: InterfaceLanguage = 'ar';
  await speak(world, 'elif', language);
  const answer = await elif.post(unit, { ...good, 'a[b]': '1' }, { Accept: 'application/json' });
  assert.equal(answer.status, 400);
  assert.equal(JSON.parse(answer.html).code, 'formMalformed');
});
