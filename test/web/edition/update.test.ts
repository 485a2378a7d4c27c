import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Visitor } from '../testApp.ts';
import { sampleDesk } from './sampleDesk.ts';
import { addManyKinds } from './sampleUpdate.ts';

const desk = await sampleDesk();
await addManyKinds(desk.store);
const english = '/desk/editions/en-GB/update';
const turkish = '/desk/editions/tr-TR/update';

async function visitor(id: string): Promise<Visitor> {
  const visit = new Visitor(desk.origin);
  await visit.signIn(id);
  return visit;
}
const grace = await visitor('grace');
const deniz = await visitor('deniz');
const draft = (tag: string) => desk.store.updates.draft(tag);
const field = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
const rev = async (tag: string, segment: string) => String((await desk.store.units.byId(tag, segment))?.revision ?? 0);

test('groups stand in order of harm, each with what is decided of it', async () => {
  const { html, status } = await deniz.get(turkish);
  assert.equal(status, 200);
  const order = ['safety', 'content', 'added', 'facts', 'removed'].map((name) => html.indexOf(`id="group-${name}"`));
  assert.ok(
    order.every((at, index) => at > (order[index - 1] ?? 0)),
    order.join(),
  );
  assert.match(html, /facts\?fact&#x3D;helpline\.text/);
  assert.match(html, /words of ours lost<\/strong><\/dt><dd>0/);
});

test('a conflict shows three columns, the place to choose and both sides to put in, without script', async () => {
  const { html } = await grace.get(`${english}?item=B4.act.2`);
  assert.match(html, /choose the words/);
  assert.match(html, /columns three/);
  assert.match(html, /Tables came up in nine/);
  const theirs = await grace.get(`${english}?item=B4.act.2&put=theirs`);
  assert.match(theirs.html, /<textarea[^>]*>[^<]*listen to each pair/);
  const ours = await grace.get(`${english}?item=B4.act.2&put=ours`);
  assert.match(ours.html, /<textarea[^>]*>[^<]*walk between the tables/);
});

test('a clean merge says so; an omission is answered on its line', async () => {
  assert.match((await grace.get(`${english}?item=B4.act.4`)).html, /merged by words: read it once/);
  const { html } = await grace.get(english);
  assert.match(html, /Still leave it out: B4\.summary/);
  const done = await grace.post(`${english}/decisions`, {
    key: 'B4.summary',
    kind: 'keepOurs',
    unitRevision: await rev('en-GB', 'B4.summary'),
  });
  assert.equal(done.status, 303);
  assert.equal((await draft('en-GB'))?.decisions['B4.summary']?.reason, 'No room on our first page.');
});

test('what cannot be kept comes back as it was typed, and nothing is decided', async () => {
  const refused = await deniz.post(`${turkish}/decisions`, {
    key: 'C3.act.1',
    kind: 'decline',
    text: 'Half a sent',
    reason: ' ',
    unitRevision: await rev('tr-TR', 'C3.act.1'),
  });
  assert.equal(refused.status, 422);
  assert.match(refused.html, /<textarea[^>]*>Half a sent/);
  assert.match(refused.html, /id="item-problem"/);
  assert.equal((await draft('tr-TR'))?.decisions['C3.act.1'], undefined);
});

test('several are answered together, or none, with what was in the way', async () => {
  const tick = (key: string, revision: string) => `${key}|${revision}|`;
  const picks = [
    tick('C3.act.1', await rev('tr-TR', 'C3.act.1')),
    tick('B4.summary', await rev('tr-TR', 'B4.summary')),
  ];
  const refused = await deniz.post(`${turkish}/bulk`, { answer: 'confirm', pick: [...picks, tick('CPS-03', '1')] });
  assert.equal(refused.status, 422);
  assert.match(refused.html, /CPS-03[\s\S]{0,80}It needs an answer of its own/);
  assert.equal((await draft('tr-TR'))?.decisions['C3.act.1'], undefined);
  const stale = await deniz.post(`${turkish}/bulk`, { answer: 'confirm', pick: [tick('C3.act.1', '9')] });
  assert.equal(stale.status, 409);
  const done = await deniz.post(`${turkish}/bulk`, { answer: 'confirm', pick: picks });
  assert.equal(done.status, 303);
  assert.deepEqual(Object.keys((await draft('tr-TR'))?.decisions ?? {}).sort(), ['B4.summary', 'C3.act.1']);
});

test('an earlier target keeps the decisions; one set alone has its own plan, and the head says where it stands', async () => {
  const earlier = await deniz.get(`${turkish}?target=1.2.0`);
  assert.match(earlier.html, /From 1\.1\.0 to 1\.2\.0/);
  assert.match(earlier.html, /name="target" value="1\.2\.0"/);
  assert.equal((await deniz.get(`${turkish}?target=0.0.9`)).status, 422);
  assert.equal((await deniz.get(`${turkish}?set=nothing`)).status, 404);
  const alone = await deniz.get(`${turkish}?set=still-stop`);
  assert.match(alone.html, /From 1\.1\.0 to 1\.1\.0 \+ still-stop/);
  assert.match(alone.html, /It needs nothing else\./);
  assert.doesNotMatch(alone.html, /id="group-content"/);
  const done = await deniz.post(`${turkish}/application`, {
    set: 'still-stop',
    revision: field(alone.html, 'revision'),
  });
  assert.equal(done.status, 303);
  const { html } = await deniz.get(turkish);
  assert.match(html, /From 1\.1\.0 \+ still-stop to 1\.3\.0/);
  assert.match(html, /Taken in: still-stop/);
  assert.deepEqual(Object.keys((await draft('tr-TR'))?.decisions ?? {}).sort(), ['B4.summary', 'C3.act.1']);
});

test('the log keeps every update, also as a table', async () => {
  const { html } = await deniz.get(`${turkish}/log`);
  assert.match(html, /1\.1\.0 \+ still-stop/);
  const [, href = ''] = /href="([^"]*update&#x3D;[^"]*)#opened"/.exec(html) ?? [];
  const lines = await deniz.get(href.replace('&#x3D;', '='));
  assert.match(lines.html, /CPS-03[\s\S]{0,200}left for later/);
  const table = await deniz.get(`${turkish}/log/updates.csv`);
  assert.match(table.headers.get('content-type') ?? '', /^text\/csv/);
  assert.match(table.html, /"still-stop","applied"/);
  assert.equal((await deniz.get(`${turkish}/log?update=nothing`)).status, 404);
});

test('a severity is raised for this edition only, by a coordinator, and never lowered', async () => {
  const { html } = await deniz.get(`${turkish}?item=B4.act.4`);
  const revision = field(html, 'revision');
  const form = { raised: 'closer-talk', severity: 'safety', due: '2026-12-20', why: 'A case here', item: 'B4.act.4' };
  const elif = await visitor('elif');
  await elif.get(turkish);
  assert.equal((await elif.post(`${turkish}/severity`, { ...form, revision })).status, 403);
  assert.equal((await deniz.post(`${turkish}/severity`, { ...form, due: '2026-02-31', revision })).status, 400);
  assert.equal((await deniz.post(`${turkish}/severity`, { ...form, revision })).status, 303);
  assert.match((await deniz.get(`${turkish}?item=B4.act.4`)).html, /raised by us to Safety/);
  const now = String((await desk.store.editions.byTag('tr-TR'))?.revision);
  const lower = await deniz.post(`${turkish}/severity`, { ...form, severity: 'content', revision: now });
  assert.equal(lower.status, 422);
});
