import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createDelivery } from '../../src/delivery/createDelivery.ts';
import { eventOf } from '../../src/domain/notification/aboutOccasion.ts';
import { planNotifications } from '../../src/domain/notification/planNotifications.ts';
import { type OpenStore, openStore } from '../../src/store/openStore.ts';
import { createTranslator } from '../../src/web/i18n.ts';
import { startMailbox } from '../browser/mailbox.ts';
import { counts, person, release } from '../domain/notification/people.ts';
import { startTestEngine } from '../embedded-mongo/engine.ts';

const { t: translate } = createTranslator();
const at = '2026-02-01T12:00:00.000Z';
const people = Array.from({ length: 25 }, (_, place) => person(`p${place}`, 'tr-moe', ['translator']));
const editions = [{ tag: 'tr-TR', partner: 'tr-moe', counts }];
let engine: Awaited<ReturnType<typeof startTestEngine>>;
let opened: OpenStore;
let folder: string;

before(async () => {
  engine = await startTestEngine();
  opened = await openStore({ uri: engine.uri, dbName: 'outbox' });
  folder = await mkdtemp(join(tmpdir(), 'headwater-mails-'));
  for (const somebody of people) await opened.store.people.save(somebody);
});
after(async () => {
  await opened.close();
  await engine.close();
  await rm(folder, { recursive: true });
});

async function makeRelease(event: string): Promise<void> {
  const occasion = { kind: 'releaseMade', by: 'chief', release, editions } as const;
  const planned = planNotifications(occasion, { event, at, people, editions });
  await opened.store.events.add(eventOf(occasion, event, at), planned.notices, planned.mails);
}

const worker = (smtpUrl: string | null) => {
  const { store } = opened;
  return createDelivery({
    store,
    smtpUrl,
    mailFolder: folder,
    baseUrl: 'http://127.0.0.1:3000',
    now: () => at,
    translate,
  });
};

test('two workers on one outbox send every mail once, under ids of their own', async () => {
  const mailbox = await startMailbox();
  await makeRelease('first');
  assert.equal(await opened.store.outbox.waiting(), people.length);
  const workers = [worker(mailbox.url), worker(mailbox.url)];
  const runs = await Promise.all(workers.map((one) => one.runOnce()));
  assert.equal(
    runs.reduce((sum, run) => sum + run.sent, 0),
    people.length,
  );
  const received = await mailbox.waitFor(people.length);
  assert.equal(received.length, people.length);
  assert.equal(new Set(received.map((mail) => mail.headers.get('message-id'))).size, people.length);
  assert.equal(await opened.store.outbox.waiting(), 0);
  await Promise.all(workers.map((one) => one.stop()));
  await mailbox.close();
});

test('a release told twice is one notice and one file for everybody', async () => {
  await makeRelease('second');
  await makeRelease('second');
  const delivery = worker(null);
  assert.deepEqual(await delivery.runOnce(), { sent: people.length, dropped: 0, failed: 0 });
  assert.equal((await readdir(folder)).length, people.length);
  assert.equal(await opened.store.notices.unread('p0'), 2);
  await delivery.stop();
});
