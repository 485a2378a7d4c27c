import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventOf } from '../../../src/domain/notification/aboutOccasion.ts';
import type { Occasion } from '../../../src/domain/notification/occasion.ts';
import { planNotifications } from '../../../src/domain/notification/planNotifications.ts';
import type { Recall } from '../../../src/domain/recall/recall.ts';
import { paths } from '../../../src/web/paths.ts';
import { changeSet, counts, mailedPeople, person, release, toldPeople } from './people.ts';

const people = [
  person('chief', 'authority', ['chiefEditor']),
  person('ped', 'authority', ['pedagogue']),
  person('operator', 'authority', ['operator'], { mail: 'none' }),
  person('ayse', 'tr-moe', ['coordinator']),
  person('mehmet', 'tr-moe', ['reviewer'], { mail: 'safetyOnly' }),
  person('zeynep', 'tr-moe', ['translator'], { mail: 'none' }),
  person('gone', 'tr-moe', ['reviewer'], { state: 'left' }),
  person('new', 'tr-moe', ['reviewer'], { state: 'invited' }),
  person('hans', 'ch-kjp', ['coordinator', 'reviewer', 'translator']),
  person('idle', 'fr-none', ['coordinator']),
];
const editions = [
  { tag: 'tr-TR', partner: 'tr-moe' },
  { tag: 'de-CH', partner: 'ch-kjp' },
  { tag: 'fr-CH', partner: 'ch-kjp' },
];
const at = '2026-02-01T12:00:00.000Z';
const plan = (occasion: Occasion, event = 'event-1') => planNotifications(occasion, { event, at, people, editions });
const made: Occasion = {
  kind: 'releaseMade',
  by: 'chief',
  release,
  editions: editions.map((edition) => ({ ...edition, counts })),
};
const recall: Recall = {
  id: 'recall-1',
  target: { kind: 'lesson', lesson: 'B4' },
  reason: 'Wrong number',
  instead: 'Teach B3',
  orderedBy: 'chief',
  orderedAt: at,
  secondedBy: 'ped',
  inForceSince: at,
  liftedBy: null,
  liftedAt: null,
  revision: 2,
};

test('a release: a notice for each of a person’s editions, one mail, one summary for the authority', () => {
  const planned = plan(made);
  const of = (id: string) => planned.notices.filter((notice) => notice.person === id);
  assert.deepEqual(
    of('hans').map((notice) => notice.edition),
    ['de-CH', 'fr-CH'],
  );
  assert.deepEqual(of('hans')[0]?.counts, counts);
  assert.equal(of('hans')[0]?.path, paths.update.to('de-CH'));
  const mail = planned.mails.find((candidate) => candidate.person === 'hans');
  assert.deepEqual(
    mail?.notices,
    of('hans').map((notice) => notice.id),
  );
  assert.deepEqual(
    of('chief').map((notice) => [notice.edition, notice.counts, notice.data.stale]),
    [[null, null, 12]],
  );
  assert.equal(of('ped')[0]?.path, paths.release.to('0.2.0'));
  assert.equal(of('ayse')[0]?.data.due, '2026-03-12');
  assert.deepEqual(of('gone').concat(of('new'), of('idle')), []);
  assert.deepEqual(mailedPeople(planned), ['ped', 'ayse', 'mehmet', 'hans']);
});

test('mail preferences: a release that is not for safety is not mailed to those who want only that', () => {
  const planned = plan({ ...made, release: { ...release, severity: 'content' } });
  assert.ok(toldPeople(planned).includes('mehmet'));
  assert.deepEqual(mailedPeople(planned), ['ped', 'ayse', 'hans']);
});

test('ids come from event and person, so a repeat is one; another event is another', () => {
  assert.deepEqual(plan(made), plan(made));
  const ids = [...plan(made).notices, ...plan(made, 'event-2').notices].map((notice) => notice.id);
  assert.equal(new Set(ids).size, ids.length);
  assert.match(plan(made).mails[0]?.id ?? '', /^[0-9a-f]{32}$/);
});

test('a publication: coordinators and reviewers of the partner, and the authority; not its maker', () => {
  const published = { kind: 'editionPublished', edition: 'tr-TR', partner: 'tr-moe', number: 3, lessons: 11 } as const;
  const planned = plan({ ...published, by: 'ayse' });
  assert.deepEqual(toldPeople(planned), ['chief', 'ped', 'mehmet']);
  assert.equal(planned.notices[0]?.path, paths.publication.to('tr-TR', '3'));
  assert.deepEqual(toldPeople(plan({ ...published, by: null })), ['chief', 'ped', 'ayse', 'mehmet']);
});

test('a proposed fact goes to those who may confirm it; to the authority where a partner has nobody else', () => {
  const fact = { kind: 'factProposed', fact: 'helpline.child' } as const;
  assert.deepEqual(toldPeople(plan({ ...fact, by: 'ayse', edition: 'tr-TR', partner: 'tr-moe' })), ['mehmet']);
  const alone = plan({ ...fact, by: 'hans', edition: 'de-CH', partner: 'ch-kjp' });
  assert.deepEqual(toldPeople(alone), ['chief']);
  assert.equal(alone.notices[0]?.path, paths.fact.to('de-CH', 'helpline.child'));
  assert.equal(alone.notices[0]?.data.by, 'Name of hans');
});

test('a suspended fact: coordinators and chief editors, by mail even for safety only', () => {
  const planned = plan({
    kind: 'factSuspended',
    by: 'zeynep',
    edition: 'tr-TR',
    partner: 'tr-moe',
    fact: 'helpline.child',
  });
  assert.deepEqual(toldPeople(planned), ['chief', 'ayse']);
});

test('a submitted change set: other pedagogues and chief editors; an approved one: its author', () => {
  const submitted = plan({ kind: 'changeSetSubmitted', by: 'ped', changeSet });
  assert.deepEqual(toldPeople(submitted), ['chief']);
  assert.equal(submitted.notices[0]?.severity, 'safety');
  assert.equal(submitted.notices[0]?.path, paths.changeSet.to('keep-the-proof'));
  assert.deepEqual(toldPeople(plan({ kind: 'changeSetApproved', by: 'chief', changeSet })), ['ped']);
});

test('a recall: everybody of the authority and of every partner with an edition; mail to all but those who want none', () => {
  const planned = plan({ kind: 'recallOrdered', by: 'ped', recall });
  assert.deepEqual(toldPeople(planned), ['chief', 'operator', 'ayse', 'mehmet', 'zeynep', 'hans']);
  assert.deepEqual(mailedPeople(planned), ['chief', 'ayse', 'mehmet', 'hans']);
  assert.equal(planned.notices[0]?.path, paths.recall.to('recall-1'));
});

test('a comment: to those concerned; a question also to the pedagogues, who read it in a place of their own', () => {
  const said = {
    kind: 'commentWritten',
    by: 'mehmet',
    edition: 'tr-TR',
    partner: 'tr-moe',
    segment: 'C3.act.2',
    lesson: 'C3',
    to: 'colleagues',
    comment: 'c1',
    involved: ['ayse', 'mehmet', 'hans', 'gone'],
    told: [],
  } as const;
  assert.deepEqual(toldPeople(plan(said)), ['ayse']);
  assert.equal(plan(said).notices[0]?.path, `${paths.workbench.to('tr-TR', 'C3')}?unit=C3.act.2#comments`);
  const asked = plan({ ...said, to: 'author' });
  assert.deepEqual(toldPeople(asked), ['ayse', 'ped']);
  assert.equal(asked.notices[1]?.path, `${paths.questions.to()}#comment-c1`);
  assert.deepEqual(toldPeople(plan({ ...said, to: 'author', told: ['ayse', 'ped'] })), []);
});

test('waiting reviews go to reviewers, or to the coordinator where there is none; a failed publication to its maker', () => {
  const waits = { kind: 'reviewWaits', by: 'zeynep', edition: 'tr-TR', partner: 'tr-moe', count: 3 } as const;
  assert.deepEqual(toldPeople(plan(waits)), ['mehmet']);
  assert.equal(plan(waits).notices[0]?.path, paths.review.to('tr-TR'));
  const failed = plan({
    kind: 'publicationFailed',
    by: 'ayse',
    edition: 'tr-TR',
    partner: 'tr-moe',
    reason: 'notReady',
  });
  assert.deepEqual(mailedPeople(failed), ['ayse']);
  assert.equal(failed.notices[0]?.path, paths.publish.to('tr-TR'));
});

test('files that could not be made are told to the coordinators, and lead to where they are tried again', () => {
  const failed = plan({
    ...{ kind: 'filesFailed', by: null, edition: 'tr-TR', partner: 'tr-moe' },
    ...{ count: 3, first: 'B4 guide.docx' },
  });
  assert.deepEqual(toldPeople(failed), ['ayse']);
  assert.equal(failed.notices[0]?.path, `${paths.publish.to('tr-TR')}#files`);
  assert.deepEqual([failed.notices[0]?.data.count, failed.notices[0]?.data.first], [3, 'B4 guide.docx']);
});

test('the event of an occasion says what it is about', () => {
  const event = eventOf(made, 'event-1', at);
  assert.deepEqual([event.id, event.subject, event.by, event.at], ['event-1', 'release/0.2.0', 'chief', at]);
  assert.equal(event.data.editions, 3);
  assert.equal(paths.me.to(), '/desk/me');
});
