import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { InterfaceLanguage } from '../../src/domain/access/access.ts';
import type { ErrorCode, ErrorData } from '../../src/domain/errors.ts';
import { limitAnswers, networkOf } from '../../src/web/middleware/publicForm.ts';
import { paths } from '../../src/web/paths.ts';
import type { Answer } from '../together/desk.ts';
import { openFeedbackDesk } from '../web/feedback/feedbackDesk.ts';
import { assertRefused, changesNothing, postRaw, readable } from './refusal.ts';

let desk: Awaited<ReturnType<typeof openFeedbackDesk>>;
before(async () => {
  desk = await openFeedbackDesk();
});
after(() => desk?.close());

const here = { 'Sec-Fetch-Site': 'same-origin' };
const urlencoded = { 'Content-Type': 'application/x-www-form-urlencoded' };
const good = 'about=lesson&usable=yes&minutes=45&hard=time';
const send = (
  body: string,
  headers: Readonly<Record<string, string>> = here,
  [tag, lesson] = ['tr-TR', 'L1'],
): Promise<Answer> =>
  postRaw(desk.visitor(), paths.feedback.to(tag ?? '', lesson ?? ''), { ...urlencoded, ...headers }, body);

type Case = readonly [name: string, body: string, error: ErrorCode, data?: ErrorData];
const malformed = (field: string): [ErrorCode, ErrorData] => ['formMalformed', { field }];
const cases: readonly Case[] = [
  ['nothing at all', '', ...malformed('about')],
  ['nothing chosen', 'about=lesson', 'answerNeeded'],
  ['an empty choice', 'about=lesson&usable=', 'answerNeeded'],
  ['a choice that nobody offered', 'about=lesson&usable=maybe', ...malformed('usable')],
  ['minutes that nobody offered', 'about=lesson&usable=yes&minutes=46', ...malformed('minutes')],
  ['minutes by the thousand', 'about=lesson&usable=yes&minutes=1e9', ...malformed('minutes')],
  ['a path of the store', 'about=lesson&usable=yes&minutes=%24where', ...malformed('minutes')],
  ['a hard part that nobody offered', 'about=lesson&usable=yes&hard=time&hard=__proto__', ...malformed('hard')],
  ['a dotted part', 'about=lesson&usable=yes&hard=time.x', ...malformed('hard')],
  ['a nested field', 'about=lesson&usable[$ne]=yes', ...malformed('usable[$ne]')],
  ['a prototype', 'about=lesson&usable=yes&constructor=x', ...malformed('constructor')],
  ['another subject', 'about=child&usable=yes', ...malformed('about')],
  ['no line', 'about=helpline&fault=hours', 'answerNeeded'],
  ['no fault', 'about=helpline&line=helpline.child', 'answerNeeded'],
  ['a fault that nobody offered', 'about=helpline&line=helpline.child&fault=x', ...malformed('fault')],
  [
    'a line that is none',
    'about=helpline&line=safeguarding.lead_title&fault=hours',
    'factUnknown',
    { fact: 'safeguarding.lead_title' },
  ],
  [
    'a line that the country has not',
    'about=helpline&line=helpline.crisis&fault=hours',
    'factUnknown',
    { fact: 'helpline.crisis' },
  ],
  [
    'a line with an operator',
    'about=helpline&line=%7B%22%24ne%22%3A1%7D&fault=hours',
    'factUnknown',
    { fact: '{"$ne":1}' },
  ],
  ['a form without end', `about=lesson&usable=yes&x=${'x'.repeat(300 * 1024)}`, 'formTooLarge', { limit: '256 KiB' }],
];

for (const [name, body, error, data = {}] of cases) {
  test(`${name}: refused in the edition’s language, with the helpline, and nothing is counted`, async () => {
    for (const [tag, language, phone] of [
      ['tr-TR', 'tr', '183'],
      ['ar-EG', 'ar', '16000'],
    ] as const) {
      const answer = await changesNothing(desk.world, () => send(body, here, [tag, 'L1']), name);
      assertRefused(answer, language satisfies InterfaceLanguage, error, data);
      assert.ok(answer.html.includes(`<bdi dir="ltr">${phone}</bdi>`), 'the helpline is there');
      assert.equal(answer.headers.get('set-cookie'), null);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
    }
  });
}

const elsewhere: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'another site': { 'Sec-Fetch-Site': 'cross-site' },
  'a sister site': { 'Sec-Fetch-Site': 'same-site' },
  'no page at all': { 'Sec-Fetch-Site': 'none' },
  'another site, whatever it claims besides': { 'Sec-Fetch-Site': 'cross-site', Origin: 'http://127.0.0.1' },
  'another origin': { Origin: 'https://elsewhere.example' },
  'an origin without a name': { Origin: 'null' },
  'another referrer': { Referer: 'https://elsewhere.example/127.0.0.1' },
  'nobody knows where': {},
};
for (const [name, headers] of Object.entries(elsewhere)) {
  test(`a form from ${name} is refused`, async () => {
    const answer = await changesNothing(desk.world, () => send(good, headers), name);
    assertRefused(answer, 'tr', 'formFromElsewhere');
  });
}

test('an older browser says where the form comes from by its origin or its referrer', async () => {
  const before = (await desk.world.store.feedback.ofEdition('tr-TR'))[0]?.answers ?? 0;
  for (const headers of [{ Origin: desk.origin }, { Referer: `${desk.origin}/tr-TR/lessons/L1` }]) {
    assert.equal((await send(good, headers)).status, 303);
  }
  assert.equal((await desk.world.store.feedback.ofEdition('tr-TR'))[0]?.answers, before + 2);
});

test('what readers do not have cannot be answered', async (t) => {
  const own = await openFeedbackDesk();
  t.after(() => own.close());
  for (const at of [
    ['tr-TR', 'none'],
    ['de-DE', 'L1'],
    ['__proto__', 'L1'],
    ['tr-TR', '{"$ne":1}'],
  ]) {
    const path = paths.feedback.to(at[0] ?? '', at[1] ?? '');
    const wish = () => postRaw(own.visitor(), path, { ...urlencoded, ...here }, good);
    const answer = await changesNothing(own.world, wish, at.join(' '));
    assert.equal(answer.status, 404, at.join(' '));
  }
});

test('too many answers from one network are refused for a while, and the helpline is still there', async (t) => {
  const own = await openFeedbackDesk();
  t.after(() => own.close());
  const post = () => postRaw(own.visitor(), paths.feedback.to('tr-TR', 'L1'), { ...urlencoded, ...here }, good);
  for (let at = 0; at < 40; at++) assert.equal((await post()).status, 303);
  const answer = await changesNothing(own.world, post);
  assert.equal(answer.status, 429);
  assert.match(readable(answer.html), /Ağınızdan çok sayıda yanıt geldi[\s\S]*183/);
  assert.equal((await own.world.store.feedback.ofEdition('tr-TR'))[0]?.answers, 40);
});

test('one network is one, and others are others', async () => {
  assert.equal(networkOf('::ffff:192.0.2.1'), networkOf('192.0.2.1'));
  assert.equal(networkOf('2001:db8:1:2::1'), networkOf('2001:0DB8:1:2:ffff:ffff:ffff:ffff'));
  assert.notEqual(networkOf('2001:db8:1:2::1'), networkOf('2001:db8:1:3::1'));
  assert.notEqual(networkOf('192.0.2.1'), networkOf('192.0.2.2'));
  assert.equal(networkOf('::1'), '0:0:0:0');
  const limit = limitAnswers(1);
  const ask = (ip: string) =>
    new Promise<void>((resolve, reject) => {
      Promise.resolve(limit({ ip } as never, {} as never, () => resolve())).catch(reject);
    });
  await ask('192.0.2.1');
  await assert.rejects(ask('192.0.2.1'), /tooManyAnswers/);
  await ask('192.0.2.2');
});
