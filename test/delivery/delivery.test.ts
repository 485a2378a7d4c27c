import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createDelivery, waitAfter } from '../../src/delivery/createDelivery.ts';
import type { Person } from '../../src/domain/access/access.ts';
import { planNotifications } from '../../src/domain/notification/planNotifications.ts';
import { createTranslator } from '../../src/web/i18n.ts';
import { type Mailbox, startMailbox } from '../browser/mailbox.ts';
import { parseMail } from '../browser/mailText.ts';
import { counts, person, release } from '../domain/notification/people.ts';
import { memoryOutbox } from './memoryOutbox.ts';

const { t: translate } = createTranslator();
const at = '2026-02-01T12:00:00.000Z';
const later = (ms: number) => new Date(Date.parse(at) + ms).toISOString();
let mailbox: Mailbox;
let folder: string;

before(async () => {
  mailbox = await startMailbox();
  folder = await mkdtemp(join(tmpdir(), 'headwater-mails-'));
});
after(async () => {
  await mailbox.close();
  await rm(folder, { recursive: true });
});

/** What a release puts into the outbox for these people of one partner. */
function released(people: readonly Person[], tags: readonly string[] = ['tr-TR']) {
  const editions = tags.map((tag) => ({ tag, partner: 'tr-moe', counts }));
  const occasion = { kind: 'releaseMade', by: 'chief', release, editions } as const;
  const planned = planNotifications(occasion, { event: `event-${people.length}`, at, people, editions });
  return { ...memoryOutbox(people, planned.notices, planned.mails), planned };
}
const ayse = person('ayse', 'tr-moe', ['coordinator'], { name: 'Ayşe Yılmaz' });
const deliveryTo = (store: ReturnType<typeof released>['store'], smtpUrl: string | null) =>
  createDelivery({
    store,
    smtpUrl,
    mailFolder: folder,
    baseUrl: 'https://headwater.example/',
    now: () => at,
    translate,
  });

test('over SMTP: subject with counts, both parts, links, list header, stable Message-ID', async () => {
  const { store, planned, mail } = released([ayse], ['tr-TR', 'ku-TR']);
  const delivery = deliveryTo(store, mailbox.url);
  assert.deepEqual(await delivery.runOnce(), { sent: 1, dropped: 0, failed: 0 });
  const [received] = await mailbox.waitFor(1);
  assert.equal(received?.subject, 'Safety: Baseline 0.2.0: 8 units to redo in tr-TR and ku-TR');
  assert.deepEqual(received.envelopeTo, ['ayse@example.org']);
  assert.match(received.to, /Ayşe Yılmaz/);
  assert.equal(received.headers.get('message-id'), `<${planned.mails[0]?.id}@headwater.example>`);
  assert.equal(received.headers.get('list-unsubscribe'), '<https://headwater.example/desk/me>');
  assert.match(received.text, /Hello Ayşe Yılmaz,/);
  assert.match(received.text, /Safety changes have to be in place by 12 March 2026\./);
  for (const tag of ['tr-TR', 'ku-TR']) {
    assert.ok(received.text.includes(`https://headwater.example/desk/editions/${tag}/update`), received.text);
    assert.ok(received.html.includes(`href="https://headwater.example/desk/editions/${tag}/update"`), received.html);
  }
  assert.equal(mail(planned.mails[0]?.id ?? '')?.sentAt, at);
  assert.deepEqual(await delivery.runOnce(), { sent: 0, dropped: 0, failed: 0 });
  await delivery.stop();
});

test('in the person’s language, from right to left where that is read so', async () => {
  const people = [
    person('ali', 'tr-moe', ['translator'], { language: 'tr' }),
    person('nour', 'tr-moe', ['translator'], { language: 'ar' }),
  ];
  const { store, planned } = released(people);
  await deliveryTo(store, null).runOnce();
  const [turkish, arabic] = await Promise.all(
    planned.mails.map(async ({ id }) => parseMail(await readFile(join(folder, `${id}.eml`), 'latin1'))),
  );
  assert.equal(turkish?.subject, 'Güvenlik: Ana paket 0.2.0: tr-TR için yenilenecek 4 metin var');
  assert.match(turkish.html, /<html lang="tr" dir="ltr">/);
  assert.match(turkish.text, /12 Mart 2026/);
  assert.match(arabic?.html ?? '', /<html lang="ar" dir="rtl">/);
  assert.match(arabic?.text ?? '', /١٢ مارس ٢٠٢٦/);
  assert.match(arabic?.subject ?? '', /٤ نصوص تُعاد/);
});

test('as a file: the same mail again is the same file with the same bytes', async () => {
  const { store, planned } = released([ayse]);
  const [mail] = planned.mails;
  assert.ok(mail);
  const file = join(folder, `${mail.id}.eml`);
  await deliveryTo(store, null).runOnce();
  const first = await readFile(file);
  await store.outbox.save(mail); // killed after sending, before it was noted
  await deliveryTo(store, null).runOnce();
  assert.deepEqual(await readFile(file), first);
  assert.deepEqual(
    (await readdir(folder)).filter((name) => !name.endsWith('.eml')),
    [],
  );
});

test('SMTP down, then up: nothing is lost, waits grow, and one knock is enough for all', async () => {
  const port = await freePort();
  const people = [ayse, person('mehmet', 'tr-moe', ['reviewer'])];
  const { store, mails } = released(people);
  const down = deliveryTo(store, `smtp://127.0.0.1:${port}`);
  assert.deepEqual(await down.runOnce(), { sent: 0, dropped: 0, failed: 2 });
  await down.stop();
  assert.deepEqual(
    mails().map((mail) => [mail.tries, mail.notBefore, mail.sentAt]),
    [
      [1, later(60_000), null],
      [1, later(60_000), null],
    ],
  );
  assert.match(mails()[0]?.lastError ?? '', /ECONNREFUSED/);
  const up = deliveryTo(store, mailbox.url);
  assert.equal((await up.runOnce(later(59_000))).sent, 0);
  assert.equal((await up.runOnce(later(60_000))).sent, 2);
  await up.stop();
  assert.deepEqual([1, 2, 3, 4, 5, 9].map(waitAfter), [60_000, 300_000, 1_800_000, 7_200_000, 21_600_000, 21_600_000]);
});

test('a mail server that is away for days is asked every few minutes, and after ten days the notice has to do', async () => {
  const { store, mails } = released([ayse]);
  const down = deliveryTo(store, `smtp://127.0.0.1:${await freePort()}`);
  const day = 24 * 60 * 60_000;
  const waitsAfter: number[] = [];
  for (const ms of [0, 60_000, day, 2 * day, 3 * day, 9 * day]) {
    assert.deepEqual(await down.runOnce(later(ms)), { sent: 0, dropped: 0, failed: 1 });
    waitsAfter.push(Date.parse(mails()[0]?.notBefore ?? '') - Date.parse(later(ms)));
  }
  assert.deepEqual(waitsAfter, [60_000, ...Array<number>(5).fill(300_000)]);
  assert.equal(mails()[0]?.droppedAt, undefined);
  await down.runOnce(later(11 * day));
  assert.equal(mails()[0]?.droppedAt, later(11 * day));
  await down.stop();
});

test('a poison mail stands in nobody’s way, and no line end reaches a header', async () => {
  const people = [
    person('poison', 'tr-moe', ['translator'], { email: 'a@example.org\r\nBcc: b@example.org' }),
    person('evil', 'tr-moe', ['translator'], { name: 'Eve\r\nBcc: b@example.org', email: 'eve@example.org' }),
    ayse,
  ];
  const { store, mails } = released(people);
  const delivery = deliveryTo(store, mailbox.url);
  const earlier = mailbox.mails().length;
  assert.deepEqual(await delivery.runOnce(), { sent: 2, dropped: 0, failed: 1 });
  const received = (await mailbox.waitFor(earlier + 2)).slice(earlier);
  assert.deepEqual(
    received.map((mail) => mail.headers.has('bcc')),
    [false, false],
  );
  assert.deepEqual(
    received.flatMap((mail) => mail.envelopeTo),
    ['eve@example.org', 'ayse@example.org'],
  );
  const poison = mails().find((mail) => mail.person === 'poison');
  assert.deepEqual([poison?.tries, poison?.sentAt, poison?.droppedAt], [1, null, undefined]);
  assert.match(poison?.lastError ?? '', /address/);
  await delivery.stop();
});

test('who has left, or wants no mail by now, gets none', async () => {
  const people = [ayse, person('mehmet', 'tr-moe', ['reviewer']), person('zeynep', 'tr-moe', ['reviewer'])];
  const { planned } = released(people);
  const now = [ayse, { ...people[1], state: 'suspended' }, { ...people[2], mail: 'none' }] as Person[];
  const { store, mails } = memoryOutbox(now, planned.notices, planned.mails);
  assert.deepEqual(await deliveryTo(store, null).runOnce(), { sent: 1, dropped: 2, failed: 0 });
  assert.deepEqual(
    mails().map((mail) => mail.droppedAt ?? null),
    [null, at, at],
  );
});

test('started, it sends by itself; stopped, it has ended', async () => {
  const { store, mails } = released([ayse]);
  const delivery = deliveryTo(store, null);
  delivery.start(5);
  for (let wait = 0; wait < 4_000 && mails()[0]?.sentAt === null; wait++) await new Promise((go) => setTimeout(go, 5));
  await delivery.stop();
  assert.equal(mails()[0]?.sentAt, at);
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
