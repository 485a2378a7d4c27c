import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authority } from '../../../src/domain/notification/recipients.ts';
import { paths } from '../../../src/web/paths.ts';
import { addPerson, Visitor } from '../testApp.ts';
import { sampleDesk } from './sampleDesk.ts';

const desk = await sampleDesk();
const { store, world } = desk;
await addPerson(world, 'ingrid', authority, ['pedagogue'], { name: 'Pia Pedersen' });
const base = '/desk/editions/tr-TR';

async function visitor(id: string): Promise<Visitor> {
  const visit = new Visitor(desk.origin);
  await visit.signIn(id);
  return visit;
}
const [elif, murat, pia, mona] = [
  await visitor('elif'),
  await visitor('murat'),
  await visitor('ingrid'),
  await visitor('mona'),
];
const unit = (segment: string) => store.units.byId('tr-TR', segment);
const where = { lesson: 'B4', show: 'all' };
const unread = async (person: string) =>
  (await store.notices.ofPerson(person, 50)).filter((notice) => notice.kind === 'commentWritten' && !notice.readAt);

test('a draft is kept beside the unit, and answered as its readers would see it', async () => {
  await elif.get(`${base}/lessons/B4?unit=CPS-02`);
  const before = await unit('CPS-02');
  const text = 'Anlat: {helpline.child} <b>';
  const kept = await elif.post(
    paths.unitDraft.to('tr-TR', 'CPS-02'),
    { ...where, text, revision: '1' },
    { Accept: 'application/json' },
  );
  const answer = JSON.parse(kept.html);
  assert.equal(answer.kept, '2026-11-20T09:00:00.000Z');
  assert.match(answer.paragraphs[0], /ALO 183/);
  assert.match(answer.paragraphs[0], /&lt;b&gt;/);
  assert.deepEqual(await unit('CPS-02'), before);
  assert.match(
    (await elif.get(`${base}/lessons/B4?unit=CPS-02`)).html,
    /Anlat: \{helpline\.child\} &lt;b&gt;<\/textarea>/,
  );
  assert.doesNotMatch((await murat.get(`${base}/lessons/B4?unit=CPS-02`)).html, /Anlat: /);
});

test('a draft that somebody overtook is offered with marks, and changes nothing by itself', async () => {
  const saved = { ...where, kind: '', reason: '', revision: '1', way: 'stay' };
  await murat.post(paths.unit.to('tr-TR', 'CPS-02'), {
    ...saved,
    target: 'Anlatmaya devam et: {helpline.child}. Susma.',
  });
  const page = await elif.get(`${base}/lessons/B4?unit=CPS-02`);
  assert.match(page.html, /Murat Kaya saved this unit after you began/);
  assert.match(page.html, /Susma\.<\/textarea>/);
  const merged = await elif.get(`${base}/lessons/B4?unit=CPS-02&draft=merge`);
  assert.match(merged.html, /name="unkept" value="Anlat: /);
  const target = 'Anlat, susma: {helpline.child}';
  const unkept = 'Anlat: {helpline.child} <b>';
  const done = await elif.post(paths.unit.to('tr-TR', 'CPS-02'), { ...saved, revision: '2', target, unkept });
  assert.equal(done.status, 303);
  const texts = (await store.units.history('tr-TR', 'CPS-02')).map((past) => [past.target, past.by]);
  assert.deepEqual(texts[0], [unkept, 'elif']);
  assert.deepEqual(texts[1]?.[1], 'murat');
  assert.equal(await store.unitDrafts.of('tr-TR', 'CPS-02', 'elif'), null);
});

test('what is refused is kept as a draft; undo gives the text before back, as a save', async () => {
  await elif.get(`${base}/lessons/B4?unit=CPS-03`);
  const fields = { ...where, kind: '', reason: '', revision: '1', way: 'stay' };
  const refused = await elif.post(paths.unit.to('tr-TR', 'CPS-03'), { ...fields, target: 'Dur {removal.service}' });
  assert.equal(refused.status, 422);
  assert.equal((await store.unitDrafts.of('tr-TR', 'CPS-03', 'elif'))?.text, 'Dur {removal.service}');
  const old = (await unit('CPS-03'))?.target ?? '';
  await elif.post(paths.unit.to('tr-TR', 'CPS-03'), { ...fields, target: 'Dur. Ödeme yapma.' });
  const undone = await elif.post(paths.unitUndo.to('tr-TR', 'CPS-03'), { ...where, revision: '2' });
  assert.equal(undone.status, 303);
  const now = await unit('CPS-03');
  assert.deepEqual([now?.target, now?.by, now?.state, now?.revision], [old, 'elif', 'translated', 3]);
  const stale = await elif.post(paths.unitUndo.to('tr-TR', 'CPS-03'), { ...where, revision: '2' });
  assert.equal(stale.status, 409);
  await elif.get(`${base}/lessons/B4?unit=B4.title`);
  const nothing = await elif.post(paths.unitUndo.to('tr-TR', 'B4.title'), { ...where, revision: '1' });
  assert.equal(nothing.status, 409);
});

test('keeping the saved text puts the other one into the history, and leaves review and author as they are', async () => {
  const before = await unit('B4.summary');
  await elif.get(`${base}/lessons/B4?unit=B4.summary`);
  const fields = { ...where, revision: String(before?.revision), unkept: 'Benim metnim' };
  assert.equal((await elif.post(paths.unitKept.to('tr-TR', 'B4.summary'), fields)).status, 303);
  assert.deepEqual(await unit('B4.summary'), { ...before, revision: 3 });
  const [mine] = await store.units.history('tr-TR', 'B4.summary');
  assert.deepEqual([mine?.target, mine?.by, mine?.state], ['Benim metnim', 'elif', 'translated']);
});

test('who has a unit open is told to others, in the list and beside it, and to nobody of another partner', async () => {
  await murat.get(`${base}/lessons/B4?unit=B4.obj.1`);
  const page = await elif.get(`${base}/lessons/B4?unit=B4.obj.1`);
  assert.match(page.html, /class="note here">.*Murat Kaya has it open\./s);
  assert.match(page.html, /aria-label="Murat Kaya has it open\."/);
  assert.doesNotMatch((await mona.get('/desk/editions/ar-EG/lessons/B4?unit=B4.obj.1')).html, /has it open|يفتحه الآن/);
});

test('a comment to colleagues reaches those concerned, and not the authority', async () => {
  await murat.get(`${base}/lessons/B4?unit=B4.act.2`);
  const to = paths.unitComments.to('tr-TR', 'B4.act.2');
  const written = await murat.post(to, { ...where, to: 'colleagues', text: 'Bak: https://example.org <i>' });
  assert.equal(written.status, 303);
  assert.match(written.headers.get('location') ?? '', /unit=B4\.act\.2#comments$/);
  const page = await elif.get(`${base}/lessons/B4?unit=B4.act.2`);
  assert.match(page.html, /Bak: https:\/\/example\.org &lt;i&gt;</);
  assert.doesNotMatch(page.html, /href="https:\/\/example\.org/);
  assert.doesNotMatch((await pia.get(`${base}/lessons/B4?unit=B4.act.2`)).html, /Bak: https/);
  assert.equal((await unread('elif')).length, 1);
  assert.equal((await unread('murat')).length, 0);
  assert.equal((await unread('ingrid')).length, 0);
  const empty = await murat.post(to, { ...where, to: 'colleagues', text: '  ' });
  assert.equal(empty.status, 422);
  assert.equal((await murat.post(to, { ...where, to: 'author', text: 'a'.repeat(2001) })).status, 422);
});

test('a question to the author: told once, read over all editions, answered in place, closed', async () => {
  await elif.get(`${base}/lessons/B4?unit=B4.act.1`);
  const to = paths.unitComments.to('tr-TR', 'B4.act.1');
  await elif.post(to, { ...where, to: 'author', text: 'Which rules are meant?' });
  const [question] = await store.comments.openQuestions();
  await elif.post(to, { ...where, text: 'Those of the class?', answers: question?.id ?? '' });
  assert.deepEqual(
    (await unread('ingrid')).map((notice) => notice.path),
    [`${paths.questions.to()}#comment-${question?.id}`],
    'one notice for one thread',
  );
  assert.match((await pia.get('/desk')).html, /One question waits for an answer/);
  const page = await pia.get(paths.questions.to());
  assert.match(page.html, /Which rules are meant\?.*Those of the class\?/s);
  assert.match(page.html, /Kuralları birlikte belirleyin/);
  const answer = { text: 'Those of the class.', answers: question?.id ?? '', from: 'questions' };
  assert.equal((await pia.post(to, answer)).headers.get('location'), paths.questions.to());
  assert.match((await pia.get('/desk')).html, /Nothing waits for you|safety/);
  assert.match((await elif.get(`${base}/lessons/B4?unit=B4.act.1`)).html, /Pia Pedersen/);
  assert.ok((await unread('elif')).some((notice) => notice.path.includes('unit=B4.act.1')));
  const close = paths.commentClosing.to('tr-TR', question?.id ?? '');
  assert.equal((await elif.post(close, where)).status, 303);
  assert.deepEqual(await store.comments.openQuestions(), []);
  await mona.get('/desk');
  assert.equal((await mona.post(close, where)).status, 404);
  assert.equal((await mona.get(paths.questions.to())).status, 403);
});

test('find opens what can only be one thing, and lists the rest', async () => {
  const to = (q: string) => `${paths.find.to()}?${new URLSearchParams({ q, edition: 'tr-TR' })}`;
  assert.equal((await elif.get(to('cps-02'))).headers.get('location'), `${base}/lessons/B4?unit=CPS-02#unit-CPS-02`);
  assert.equal((await elif.get(to('ledger'))).headers.get('location'), `${base}/ledger`);
  assert.equal((await elif.get(to('b4'))).headers.get('location'), `${base}/lessons/B4`);
  assert.match((await elif.get(to('act'))).html, /B4\.act\.1.*B4\.act\.2/s);
  assert.match((await elif.get(to('<nichts>'))).html, /Nothing is called “&lt;nichts&gt;”/);
  assert.match((await mona.get(to('CPS-02'))).headers.get('location') ?? '', /ar-EG/);
});

test('single letters can be switched off, and the page says so to the script', async () => {
  const page = await elif.get(paths.me.to());
  assert.doesNotMatch(page.html, /data-keys="off"/);
  await elif.post(paths.me.to(), { language: 'en', mail: 'all', letterKeys: 'off' });
  assert.match((await elif.get(paths.keys.to())).html, /<html lang="en" dir="ltr" data-keys="off">/);
  assert.equal((await store.people.byId('elif'))?.letterKeys, false);
});
