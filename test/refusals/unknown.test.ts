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

/** Names that nothing has: a plain one, an operator, ones that every object has. */
const strange = ['nobody', '{"$ne":1}', 'constructor', '__proto__'];

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

for (const [index, [name, who, wish, error, data]] of cases.entries()) {
  const language = interfaceLanguages[index % interfaceLanguages.length] ?? 'en';
  test(`${name} that is not there: the same answer (${language}) for every strange name`, async () => {
    const visitor = visitors[who];
    assert.ok(visitor);
    const { token } = visitor;
    await speak(world, who, language);
    await changesNothing(
      world,
      async () => {
        for (const id of strange) {
          const answer: Answer = await wish(visitor, id);
          visitor.token = token;
          assertRefused(answer, language, error, data?.(id) ?? {});
        }
      },
      name,
    );
  });
}

test('a recall of something that is not there is refused at its field', async () => {
  const { ingrid } = visitors;
  assert.ok(ingrid);
  await speak(world, 'ingrid', 'en');
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
