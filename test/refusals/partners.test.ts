import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chooseLesson } from '../../src/commands/edition/chooseLesson.ts';
import { interfaceLanguages } from '../../src/domain/access/access.ts';
import { readPicture } from '../../src/files/pictures.ts';
import { paths } from '../../src/web/paths.ts';
import { deskRoutes } from '../../src/web/routes.ts';
import { type Answer, type Desk, openDesk, previews } from '../together/desk.ts';
import {
  edits,
  firstText,
  nextRelease,
  revisionOf,
  type SmallWorld,
  smallWorld,
  sources,
} from '../together/smallWorld.ts';
import type { Visitor } from '../web/testApp.ts';
import { assertRefused, changesNothing, readable, speak, textOf } from './refusal.ts';

let world: SmallWorld;
let desk: Desk;
let hala: Visitor;
let deniz: Visitor;
let derya: Visitor;

before(async () => {
  world = await smallWorld();
  desk = await openDesk(world);
  [hala, deniz, derya] = [await desk.enter('hala'), await desk.enter('deniz'), await desk.enter('derya')];
});
after(() => desk.close());

const routes = deskRoutes({
  readPicture,
  runs: { of: () => null, start() {}, idle: async () => {} },
  previews,
  mailFolder: '/none',
  origin: '',
});
const theirs: Readonly<Record<string, string>> = {
  ...{ edition: 'tr-TR', lesson: 'L1', segment: 'L1.keep', fact: 'helpline.child', number: '1', file: 'guide.pdf' },
};
const fill = (pattern: string) =>
  pattern.replace(/:([a-zA-Z]+)/g, (_, name) => encodeURIComponent(theirs[name] ?? 'x'));

/** Nothing of theirs may shine through: no text, no number, no name. */
function assertSilent({ html }: Answer, about: string): void {
  const page = readable(html);
  const secrets = [
    ...Object.keys(sources).map((id) => firstText('tr-TR', id).split(':')[0] ?? ''),
    '183',
    'Güvenli',
    'Elif',
    'Deniz',
  ];
  for (const secret of secrets) assert.ok(!page.includes(secret), `${about} shows ${secret}`);
}

test('every page and form about another partner’s edition answers as if it were not there', async () => {
  const about = routes.filter((route) => route.about === 'edition');
  assert.ok(about.length > 20);
  const form = {
    revision: '1',
    target: 'x',
    key: 'L1.keep',
    kind: 'confirm',
    unitRevision: '1',
    reason: 'x',
    state: 'leftOut',
  };
  await changesNothing(world, async () => {
    for (const { method, path, upload } of about) {
      const { token } = hala;
      const send = () =>
        upload ? hala.multipart(fill(path), new FormData()) : hala.post(fill(path), { ...form, lesson: 'L1' });
      const answer = method === 'get' ? await hala.get(fill(path)) : await send();
      hala.token = token;
      assertRefused(answer, 'en', 'editionUnknown', { edition: 'tr-TR' });
      assertSilent(answer, `${method} ${path}`);
    }
  });
});

test('another partner’s edition and one that never was are told apart by nobody', async () => {
  for (const language of interfaceLanguages) {
    await speak(world, 'hala', language);
    const there = await hala.get(paths.update.to('tr-TR'));
    const never = await hala.get(paths.update.to('xx-XX'));
    assertRefused(there, language, 'editionUnknown', { edition: 'tr-TR' });
    assertRefused(never, language, 'editionUnknown', { edition: 'xx-XX' });
    const bare = ({ html }: Answer) => html.replaceAll('tr-TR', 'xx-XX').replace(/nonce="[^"]*"/g, '');
    assert.equal(bare(there), bare(never));
  }
  await speak(world, 'hala', 'en');
});

test('another partner’s people are not there', async () => {
  const wishes: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    [paths.personRoles.to('elif'), { roles: 'coordinator', revision: '1' }],
    [paths.personSuspension.to('elif'), { wish: 'suspend' }],
    [paths.personReset.to('elif'), {}],
  ];
  await changesNothing(world, async () => {
    assertRefused(await hala.get(paths.person.to('elif')), 'en', 'personUnknown');
    for (const [path, form] of wishes) {
      const { token } = hala;
      const answer = await hala.post(path, form);
      hala.token = token;
      assertRefused(answer, 'en', 'personUnknown');
      assertSilent(answer, path);
    }
    const invitation = { partner: 'tr', name: 'Spy', email: 'spy@example.org', roles: 'coordinator', language: 'en' };
    assert.equal((await hala.post(paths.invitations.to(), invitation)).status, 403);
    assert.equal((await hala.post(paths.editions.to(), { tag: 'de-DE' })).status, 403);
  });
});

test('a fact is written for one’s own country only', async () => {
  const value = { phone: '16001', reason: 'x', certainty: 'high', source: 'x' };
  assert.equal((await hala.post(paths.fact.to('ar-EG', 'helpline.child'), value)).status, 303);
  assert.equal(await world.store.facts.proposal('TR', 'helpline.child'), null);
  assert.equal((await world.store.facts.byKey('TR', 'helpline.child'))?.neutral.phone, '183');
});

test('a revision that is past: each form says so in the reader’s language, and changes nothing', async () => {
  await nextRelease(world, 'content', edits({ 'L1.pay': 'Never pay, whatever they say.' }));
  const old = String(await revisionOf(world));
  const choice = { edition: 'tr-TR', lesson: 'L1', reason: '', state: 'offered' } as const;
  await chooseLesson(world, world.as.derya, { ...choice, revision: Number(old) });
  const wishes: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    [paths.lessonChoice.to('tr-TR', 'L1'), { state: 'leftOut', reason: 'x', revision: old }],
    [paths.updateApplication.to('tr-TR'), { revision: old }],
    [paths.publish.to('tr-TR'), { lesson: 'L1', revision: old }],
    [paths.updateDecision.to('tr-TR'), { key: 'L1.pay', kind: 'confirm', unitRevision: '9' }],
    [paths.unitConfirmation.to('tr-TR', 'L1.pay'), { revision: '9' }],
    [paths.unitReview.to('tr-TR', 'L1.pay'), { revision: '9', wish: 'approve' }],
    [paths.unitBackTranslation.to('tr-TR', 'L1.pay'), { revision: '9', text: 'x' }],
    [paths.personRoles.to('elif'), { roles: 'reviewer', revision: '9' }],
  ];
  for (const language of interfaceLanguages) {
    await speak(world, 'deniz', language);
    await changesNothing(world, async () => {
      for (const [path, form] of wishes) {
        const { token } = deniz;
        const answer = await deniz.post(path, form);
        deniz.token = token;
        assertRefused(answer, language, 'staleRevision');
      }
      const { token } = deniz;
      const answer = await deniz.post(paths.unit.to('tr-TR', 'L1.pay'), { target: 'x', revision: '9', lesson: 'L1' });
      deniz.token = token;
      assert.equal(answer.status, 409);
      assert.ok(readable(answer.html).includes(textOf(language, 'edition:workbench.conflict')));
    });
  }
  assert.ok((await derya.get(paths.update.to('tr-TR'))).ok);
});
