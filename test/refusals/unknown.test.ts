import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { draftChangeSet } from '../../src/commands/baseline/draftChangeSet.ts';
import { interfaceLanguages } from '../../src/domain/access/access.ts';
import type { ErrorCode, ErrorData } from '../../src/domain/errors.ts';
import { paths } from '../../src/web/paths.ts';
import { type Answer, type Desk, openDesk } from '../together/desk.ts';
import { type Name, type SmallWorld, smallWorld, wordsOfSet } from '../together/smallWorld.ts';
import type { Visitor } from '../web/testApp.ts';
import { assertRefused, changesNothing, readable, speak, textOf } from './refusal.ts';

let world: SmallWorld;
let desk: Desk;
let set = '';
const visitors: Partial<Record<Name, Visitor>> = {};

before(async () => {
  world = await smallWorld();
  desk = await openDesk(world);
  for (const name of ['ada', 'ingrid', 'deniz', 'ola'] as const) visitors[name] = await desk.enter(name);
  set = (await draftChangeSet(world, world.as.ada, wordsOfSet('An open one', 'content'))).id;
});
after(() => desk.close());

/** Names that nothing has: a plain one, ones that every object has, an operator, a way out of the folder. */
const strange = ['nobody', 'constructor', '__proto__', '{"$ne":1}', '../../etc/passwd'];

const tr = 'tr-TR';
const at = { revision: '1' };
type Wish = (visitor: Visitor, id: string) => Promise<Answer>;
type Case = readonly [name: string, who: Name, wish: Wish, error: ErrorCode, data?: (id: string) => ErrorData];
const get =
  (path: (id: string) => string): Wish =>
  (visitor, id) =>
    visitor.get(path(id));
const post =
  (path: (id: string) => string, fields: Readonly<Record<string, string>> = at): Wish =>
  (visitor, id) =>
    visitor.post(path(id), fields);
const segment = (id: string) => ({ segment: id });
const lesson = (id: string) => ({ lesson: id });
const fact = (id: string) => ({ fact: id });
const change = (id: string) => ({ changeSet: id });
const sought = { neutral: '', phone: '1', reason: 'x', source: 'x', certainty: 'high', method: 'called' };

const cases: readonly Case[] = [
  ['an edition', 'deniz', get(paths.update.to), 'editionUnknown', (id) => ({ edition: id })],
  [
    'an edition to write in',
    'deniz',
    post((id) => paths.unit.to(id, 'L1.keep')),
    'editionUnknown',
    (id) => ({ edition: id }),
  ],
  ['a lesson of an edition', 'deniz', get((id) => paths.workbench.to(tr, id)), 'lessonUnknown', lesson],
  ['a lesson to preview', 'deniz', get((id) => paths.preview.to(tr, id)), 'lessonUnknown', lesson],
  [
    'a lesson to choose',
    'deniz',
    post((id) => paths.lessonChoice.to(tr, id), { ...at, state: 'offered' }),
    'lessonUnknown',
    lesson,
  ],
  ['a lesson of the baseline', 'ada', get(paths.baselineLesson.to), 'lessonUnknown', lesson],
  ['a lesson of a set', 'ada', get((id) => paths.changeSetLesson.to(set, id)), 'lessonUnknown', lesson],
  ['a text to save', 'deniz', post((id) => paths.unit.to(tr, id), { ...at, target: 'x' }), 'unitUnknown', segment],
  ['a text to confirm', 'deniz', post((id) => paths.unitConfirmation.to(tr, id)), 'unitUnknown', segment],
  [
    'a text to translate back',
    'deniz',
    post((id) => paths.unitBackTranslation.to(tr, id), { ...at, text: 'x' }),
    'unitUnknown',
    segment,
  ],
  [
    'a text to review',
    'deniz',
    post((id) => paths.unitReview.to(tr, id), { ...at, wish: 'approve' }),
    'unitUnknown',
    segment,
  ],
  ['a fact to propose', 'deniz', post((id) => paths.fact.to(tr, id), sought), 'factUnknown', fact],
  ['a fact to suspend', 'deniz', post((id) => paths.factSuspension.to(tr, id), { reason: 'x' }), 'factUnknown', fact],
  ['a publication', 'deniz', get((id) => paths.publication.to(tr, id)), 'publicationUnknown', (id) => ({ number: id })],
  ['a release', 'ada', get(paths.release.to), 'releaseUnknown', (id) => ({ release: id })],
  ['a change set', 'ada', get(paths.changeSet.to), 'changeSetUnknown', change],
  [
    'a change set to submit',
    'ada',
    post(paths.changeSetSubmission.to, { ...at, verb: 'submit' }),
    'changeSetUnknown',
    change,
  ],
  ['a change set to approve', 'ada', post(paths.changeSetApproval.to), 'changeSetUnknown', change],
  ['a recall', 'ingrid', get(paths.recall.to), 'recallUnknown'],
  ['a recall to second', 'ada', post(paths.recallSecond.to), 'recallUnknown'],
  ['a recall to lift', 'ingrid', post(paths.recallLift.to), 'recallUnknown'],
  ['a person', 'deniz', get(paths.person.to), 'personUnknown'],
  ['a person to suspend', 'deniz', post(paths.personSuspension.to, { wish: 'suspend' }), 'personUnknown'],
  ['a person to give roles', 'deniz', post(paths.personRoles.to, { ...at, roles: 'reviewer' }), 'personUnknown'],
  ['a mail', 'ola', get(paths.mail.to), 'pageUnknown'],
  ['a file of a preview', 'deniz', get((id) => paths.previewFile.to(tr, 'L1', id)), 'pageUnknown'],
  ['a page', 'deniz', get((id) => `/desk/${encodeURIComponent(id)}`), 'pageUnknown'],
];

for (const [name, who, wish, error, data] of cases) {
  test(`${name} that is not there: the same answer for every strange name`, async () => {
    const visitor = visitors[who];
    assert.ok(visitor);
    const { token } = visitor;
    await changesNothing(
      world,
      async () => {
        for (const id of strange) {
          const answer = await wish(visitor, id);
          visitor.token = token;
          assertRefused(answer, 'en', error, data?.(id) ?? {});
        }
      },
      name,
    );
  });
}

test('what is not there is told in the reader’s language', async () => {
  for (const language of interfaceLanguages) {
    for (const [, who, wish, error, data] of cases) {
      const visitor = visitors[who];
      assert.ok(visitor);
      if ((await world.store.people.byId(who))?.language !== language) await speak(world, who, language);
      const { token } = visitor;
      const answer = await wish(visitor, 'nobody');
      visitor.token = token;
      assertRefused(answer, language, error, data?.('nobody') ?? {});
    }
  }
  for (const name of ['ada', 'ingrid', 'deniz', 'ola'] as const) await speak(world, name, 'en');
});

test('a recall of something that is not there is refused at its field', async () => {
  const { ingrid } = visitors;
  assert.ok(ingrid);
  for (const target of strange) {
    const wish = { target, reason: 'Danger.', instead: 'Use L1.' };
    const answer: Answer = await changesNothing(world, () => ingrid.post(paths.recalls.to(), wish), target);
    assert.equal(answer.status, 422, target);
    const texts = [
      textOf('en', 'errors:segmentUnknown', { segment: target }),
      textOf('en', 'errors:lessonUnknown', { lesson: target }),
    ];
    assert.ok(
      texts.some((text) => readable(answer.html).includes(text)),
      target,
    );
  }
});

test('strange queries are ignored or refused, never obeyed', async () => {
  const { deniz, ada } = visitors;
  assert.ok(deniz && ada);
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
  const { deniz } = visitors;
  assert.ok(deniz);
  const { Visitor } = await import('../web/testApp.ts');
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
  const { deniz } = visitors;
  assert.ok(deniz);
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
