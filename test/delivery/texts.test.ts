import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { composeMail, senderOf } from '../../src/delivery/composeMail.ts';
import { interfaceLanguages } from '../../src/domain/access/access.ts';
import type { Occasion } from '../../src/domain/notification/occasion.ts';
import { planNotifications } from '../../src/domain/notification/planNotifications.ts';
import { createTranslator } from '../../src/web/i18n.ts';
import { changeSet, counts, person, release } from '../domain/notification/people.ts';
import { sendBackOf } from '../domain/sendBack/samples.ts';

const { t: translate } = createTranslator();
const offered = sendBackOf();
const editions = [{ tag: 'tr-TR', partner: 'tr-moe' }];
const ours = { edition: 'tr-TR', partner: 'tr-moe' } as const;
const given = { edition: 'tr-TR', person: 'ayse', role: 'review', lessons: ['B4', 'C3'], due: '2026-12-01' } as const;
const recall = {
  id: 'r1',
  target: { kind: 'lesson', lesson: 'B4' },
  reason: 'Wrong',
  instead: 'B3',
  orderedBy: 'x',
  orderedAt: '',
  secondedBy: 'y',
  inForceSince: '',
  liftedBy: null,
  liftedAt: null,
  revision: 1,
} as const;
const occasions: readonly Occasion[] = [
  { kind: 'releaseMade', by: null, release, editions: [{ tag: 'tr-TR', partner: 'tr-moe', counts }] },
  { kind: 'releaseMade', by: null, release, editions: [] },
  { kind: 'editionPublished', by: null, ...ours, number: 3, lessons: 11 },
  { kind: 'publicationFailed', by: null, ...ours, reason: 'notReady' },
  { kind: 'filesFailed', by: null, ...ours, count: 2, first: 'B4 guide.docx' },
  { kind: 'factProposed', by: 'x', ...ours, fact: 'helpline.child' },
  { kind: 'factSuspended', by: 'x', ...ours, fact: 'helpline.child' },
  { kind: 'helplineReported', by: null, ...ours, fact: 'helpline.child', fault: 'noAnswer', lesson: 'B4' },
  { kind: 'changeSetSubmitted', by: 'x', changeSet },
  { kind: 'changeSetApproved', by: 'x', changeSet },
  { kind: 'recallOrdered', by: 'x', recall },
  { kind: 'recallLifted', by: 'x', recall },
  { kind: 'reviewWaits', by: 'x', ...ours, count: 3 },
  {
    ...{ kind: 'commentWritten', by: 'x', ...ours, segment: 'C3.act.2', lesson: 'C3', to: 'author', comment: 'c1' },
    ...{ involved: ['ayse'], told: [] },
  },
  { kind: 'lessonAssigned', by: 'x', ...given },
  { kind: 'assignmentDropped', by: 'x', ...given, due: null },
  { kind: 'textSentBack', by: 'x', edition: 'tr-TR', person: 'ayse', segment: 'B4.1', lesson: 'B4', reason: 'Long' },
  { kind: 'sendBackMade', by: 'x', edition: 'tr-TR', sendBack: offered },
  { kind: 'sendBackAnswered', by: 'x', edition: 'tr-TR', sendBack: { ...offered, answer: 'Not everywhere' } },
  { kind: 'sendBackReleased', by: 'x', edition: 'tr-TR', sendBack: { ...offered, release: '1.9.0' } },
];

const keysOf = (value: object, above = ''): string[] =>
  Object.entries(value).flatMap(([key, below]) =>
    typeof below === 'string'
      ? [above + key.replace(/_(zero|one|two|few|many|other)$/, '')]
      : keysOf(below, `${above}${key}.`),
  );

test('every language has the same texts', () => {
  const [english, ...others] = interfaceLanguages.map((language) => {
    const file = join(import.meta.dirname, '../../locales', language, 'mail.json');
    return [...new Set(keysOf(JSON.parse(readFileSync(file, 'utf8'))))].sort();
  });
  for (const other of others) assert.deepEqual(other, english);
});

test('every kind of notice has words in every language, with nothing left to fill in', () => {
  const sender = senderOf('https://headwater.example', null);
  for (const language of interfaceLanguages) {
    const roles = ['coordinator', 'reviewer', 'chiefEditor', 'pedagogue'] as const;
    const people = [person('ayse', 'tr-moe', roles, { language }), person('chief', 'authority', roles, { language })];
    for (const occasion of occasions) {
      const planned = planNotifications(occasion, { event: 'e', at: '2026-02-01T12:00:00.000Z', people, editions });
      assert.ok(planned.mails.length > 0, occasion.kind);
      for (const mail of planned.mails) {
        const to = people.find(({ id }) => id === mail.person);
        assert.ok(to);
        const notices = planned.notices.filter(({ id }) => mail.notices.includes(id));
        const message = composeMail(mail, to, notices, sender, translate);
        for (const text of [message.subject, message.text, message.html]) {
          assert.doesNotMatch(
            text,
            /mail:|(?<![a-z])(subject|line|action)\.[a-z]|\{\{|undefined|\[object/,
            `${language} ${occasion.kind}`,
          );
        }
        assert.match(message.text, /https:\/\/headwater\.example\/desk\//);
      }
    }
  }
});

test('what people typed is text in the HTML, and one line in the subject', () => {
  const title = '<img src=x onerror=alert(1)> "a"\r\nBcc: b@example.org';
  const occasion = { kind: 'changeSetSubmitted', by: 'x', changeSet: { ...changeSet, title } } as const;
  const people = [person('ped', 'authority', ['pedagogue'], { name: '<b>Ped</b>' })];
  const planned = planNotifications(occasion, { event: 'e', at: '2026-02-01T12:00:00.000Z', people, editions });
  const [mail, to] = [planned.mails[0], people[0]];
  assert.ok(mail && to);
  const message = composeMail(mail, to, planned.notices, senderOf('http://127.0.0.1:3000', null), translate);
  assert.doesNotMatch(message.html, /<img|<b>/);
  assert.doesNotMatch(message.subject, /[\r\n]/);
  assert.equal(message.from.address, 'headwater@localhost');
  assert.equal(senderOf('https://h.example', 'smtp://me%40h.example:pw@mail.h.example').address, 'me@h.example');
});
