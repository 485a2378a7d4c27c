import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { paths } from '../../../src/web/paths.ts';
import { invalidHtml } from '../../browser/servedHtml.ts';
import { openFeedbackDesk } from './feedbackDesk.ts';

let desk: Awaited<ReturnType<typeof openFeedbackDesk>>;
before(async () => {
  desk = await openFeedbackDesk();
});
after(() => desk?.close());

const turkish = paths.feedback.to('tr-TR', 'L1');
const answer = { about: 'lesson', usable: 'yes', minutes: '50', hard: ['time', 'words'] };
const report = { about: 'helpline', line: 'helpline.child', fault: 'noAnswer' };
const counts = async () => (await desk.world.store.feedback.ofEdition('tr-TR'))[0];

test('a teacher answers on the lesson page: no account, no cookie, no script', async () => {
  const teacher = desk.visitor();
  const page = await teacher.get(paths.lesson.to('tr-TR', 'L1'));
  assert.match(page.html, new RegExp(`<form action="${turkish}" method="post">`));
  assert.match(page.html, /Burası istismar bildirme yeri değildir[\s\S]*<bdi dir="ltr">183<\/bdi>/);
  assert.ok(!/<textarea|type="text"|type="email"/.test(page.html), 'nothing can be written freely');
  const sent = await teacher.post(turkish, answer);
  assert.equal(sent.status, 303);
  assert.equal(sent.headers.get('location'), paths.feedbackTaken.to('tr-TR', 'L1', 'thanks'));
  const thanks = await teacher.get(sent.headers.get('location') ?? '');
  assert.equal(thanks.status, 200);
  assert.match(thanks.html, /Teşekkürler[\s\S]*183/);
  assert.equal(teacher.cookie, '');
  assert.deepEqual(await counts(), {
    ...{ edition: 'tr-TR', lesson: 'L1', answers: 1, usable: { yes: 1 }, minutes: { 50: 1 } },
    hard: { time: 1, words: 1 },
  });
});

test('an answer leaves counts and nothing else: no event, no row that tells when', async () => {
  const events = await desk.world.store.events.recent('', 1000);
  assert.ok(!events.some(({ action, subject }) => /feedback/.test(`${action} ${subject}`)));
});

test('a form with a question left open names the question and leads to it', async () => {
  const lesson = await desk.visitor().post(turkish, { about: 'lesson' });
  assert.equal(lesson.status, 422);
  assert.match(lesson.html, /role="alert">[^<]*<a href="#usable-yes">[^<]+<\/a>[\s\S]*id="usable-yes"/);
  const helpline = await desk.visitor().post(turkish, { about: 'helpline', line: 'helpline.child' });
  assert.match(helpline.html, /role="alert">[^<]*<a href="#fault-[a-zA-Z]+">[^<]+<\/a>/);
});

/** What is chosen on a page: `name=value` of each field that is checked or selected. */
function chosenOn(html: string): readonly string[] {
  const ticked = [
    ...html.matchAll(/<input type="(?:radio|checkbox)" name="(\w+)"[^>]* value="([^"]*)"[^>]* checked>/g),
  ];
  const selected = [...html.matchAll(/<option value="([^"]*)" selected>/g)];
  return [...ticked.map(([, name, value]) => `${name}=${value}`), ...selected.map(([, value]) => `minutes=${value}`)];
}

test('a form that was refused keeps what had been chosen', async () => {
  const first = await desk.visitor().get(turkish);
  assert.deepEqual(chosenOn(first.html), []);
  const lesson = await desk.visitor().post(turkish, { about: 'lesson', minutes: '50', hard: ['words', 'time'] });
  assert.equal(lesson.status, 422);
  assert.deepEqual(chosenOn(lesson.html), ['hard=time', 'hard=words', 'minutes=50']);
  assert.deepEqual(await invalidHtml(lesson.html), []);
  const helpline = await desk.visitor().post(turkish, { about: 'helpline', line: 'helpline.child' });
  assert.deepEqual(chosenOn(helpline.html), ['line=helpline.child']);
  const fault = await desk.visitor().post(turkish, { about: 'helpline', fault: 'hours' });
  assert.deepEqual(chosenOn(fault.html), ['fault=hours']);
  const tooFew = await desk.visitor().post(turkish, { ...answer, minutes: '46' });
  assert.deepEqual(chosenOn(tooFew.html), ['usable=yes', 'hard=time', 'hard=words']);
  assert.deepEqual(chosenOn((await desk.visitor().get(turkish)).html), [], 'the next reader finds it empty');
});

test('of a form that the page did not make nothing is shown but what the page offers', async () => {
  const evil = '"><script>alert(1)</script>';
  const hostile = {
    ...{ about: 'lesson', usable: [evil, 'yes', 'perhaps'], minutes: evil, hard: [evil, 'age', '__proto__', 'age'] },
    ...{ line: evil, fault: ['hours', 'toString'], [`x${evil}`]: 'x' },
  };
  const refused = await desk.visitor().post(turkish, hostile);
  assert.equal(refused.status, 400);
  assert.deepEqual(chosenOn(refused.html), ['hard=age']);
  assert.ok(!refused.html.includes('alert(1)') && !refused.html.includes('perhaps'));
  assert.deepEqual(await invalidHtml(refused.html), []);
  const nested = await desk.visitor().post(turkish, { ...answer, 'usable[$ne]': 'yes' });
  assert.deepEqual([nested.status, chosenOn(nested.html)], [400, []]);
});

test('what another site sent is not chosen for anybody', async () => {
  const sent = await fetch(desk.origin + turkish, {
    method: 'POST',
    headers: { 'Sec-Fetch-Site': 'cross-site' },
    body: new URLSearchParams({ about: 'lesson', usable: 'no' }),
  });
  const html = await sent.text();
  assert.ok(sent.status >= 400 && html.includes('<form'));
  assert.deepEqual(chosenOn(html), []);
});

test('a wrong helpline is told at once to the coordinators and to the authority, by notice and by mail', async () => {
  const { store } = desk.world;
  const sent = await desk.visitor().post(turkish, report);
  assert.deepEqual([sent.status, sent.headers.get('location')], [303, `${turkish}/reported`]);
  const told = ['deniz', 'derya', 'ada', 'bo', 'ingrid'];
  for (const person of [...told, 'elif', 'murat', 'ola', 'hala']) {
    const notices = (await store.notices.ofPerson(person, 50)).filter(({ kind }) => kind === 'helplineReported');
    assert.equal(notices.length, told.includes(person) ? 1 : 0, person);
    for (const notice of notices) {
      assert.equal(notice.path, '/desk/editions/tr-TR/facts/helpline.child');
      assert.deepEqual([notice.data.fault, notice.data.lesson, notice.data.by], ['noAnswer', 'L1', null]);
    }
  }
  const mails = await store.outbox.take('2099-01-01T00:00:00.000Z', 100, 1);
  const ids = new Set<string>();
  for (const mail of mails) {
    const notices = await store.notices.byIds(mail.notices);
    if (notices.some(({ kind }) => kind === 'helplineReported')) ids.add(mail.person);
  }
  assert.deepEqual([...ids].sort(), told.toSorted());
  const [event] = await store.events.recent('edition/tr-TR/fact/helpline.child', 1);
  assert.deepEqual([event?.kind, event?.by], ['helplineReported', null]);
});

test('the same fault on the same day is counted, not mailed again; another fault is told', async () => {
  const { store } = desk.world;
  const noticesOf = async () =>
    (await store.notices.ofPerson('deniz', 50)).filter(({ kind }) => kind === 'helplineReported').length;
  const before = await noticesOf();
  await Promise.all(Array.from({ length: 4 }, () => desk.visitor().post(turkish, report)));
  assert.equal(await noticesOf(), before);
  await desk.visitor().post(turkish, { ...report, fault: 'hours' });
  assert.equal(await noticesOf(), before + 1);
  const reports = await store.feedback.reportsOf('tr-TR', 10);
  assert.deepEqual(
    reports.map(({ fault, times }) => [fault, times]),
    [
      ['hours', 1],
      ['noAnswer', 5],
    ],
  );
});

test('the desk shows counts, none under five, to those who may see the edition', async () => {
  const coordinator = desk.visitor();
  await coordinator.signIn('deniz');
  const path = paths.deskFeedback.to('tr-TR');
  const few = await coordinator.get(path);
  assert.equal(few.status, 200);
  assert.match(few.html, /L1[\s\S]*under 5/);
  assert.match(few.html, /helpline\.child[\s\S]*reported 5 times/);
  for (const usable of ['yes', 'yes', 'yes', 'yes', 'yes', 'partly']) {
    await desk.world.store.feedback.count('tr-TR', 'L1', { usable, minutes: 50, hard: ['time'] } as never);
  }
  const enough = await coordinator.get(path);
  assert.match(enough.html, /Answers: 7/);
  assert.match(enough.html, /Half of them needed 50 minutes or less/);
  assert.match(enough.html, /Too little time: <strong>7<\/strong>/);
  assert.ok(!/The words were too hard/.test(enough.html), 'one tick for the words is not shown');
  assert.match(enough.html, /Yes, with changes: <strong>under 5<\/strong>/);
  const other = desk.visitor();
  await other.signIn('hala');
  assert.equal((await other.get(path)).status, 404);
  assert.equal((await desk.visitor().get(path)).status, 303);
  assert.match((await coordinator.get(paths.editionLessons.to('tr-TR'))).html, new RegExp(`href="${path}"`));
});

test('in Arabic, with the number in its order', async () => {
  const reader = desk.visitor();
  const page = await reader.get(paths.feedback.to('ar-EG', 'L1'));
  assert.match(page.html, /<html lang="ar" dir="rtl"/);
  assert.match(page.html, /<bdi dir="ltr">16000<\/bdi>/);
  assert.equal((await reader.post(paths.feedback.to('ar-EG', 'L1'), answer)).status, 303);
});

test('with the database down the form says that it cannot be taken just now, and shows the helpline', async (t) => {
  const away = Object.assign(new Error('connection lost'), { name: 'MongoNetworkError' });
  const own = await openFeedbackDesk((world) => ({
    world: {
      ...world,
      store: { ...world.store, editions: { ...world.store.editions, byTag: () => Promise.reject(away) } },
    },
  }));
  t.after(() => own.close());
  const refused = await own.visitor().post(turkish, answer);
  assert.equal(refused.status, 503);
  assert.match(refused.html, /<html lang="tr"[\s\S]*Şu an alınamıyor[\s\S]*<bdi dir="ltr">183<\/bdi>/);
  assert.ok(!refused.html.includes('<form'));
});
