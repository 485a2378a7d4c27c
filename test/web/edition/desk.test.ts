import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Visitor } from '../testApp.ts';
import { sampleDesk } from './sampleDesk.ts';

const desk = await sampleDesk();
const base = '/desk/editions/tr-TR';

async function visitor(id: string): Promise<Visitor> {
  const visit = new Visitor(desk.origin);
  await visit.signIn(id);
  return visit;
}

const deniz = await visitor('deniz');
const elif = await visitor('elif');
const titleOf = (html: string) => /<h1[^>]*>(.*?)<\/h1>/s.exec(html)?.[1];

test('today: the headline is the news, what needs a person in order of harm', async () => {
  const { html } = await deniz.get(base);
  assert.equal(titleOf(html), 'Six things need you');
  const order = [
    'has a new sentence',
    'It stops 2 lessons',
    'cannot be published yet',
    'is stale in one lesson',
    'One review waits',
    'ask for a look',
  ];
  const places = order.map((words) => html.indexOf(words));
  assert.ok(
    places.every((place, index) => place > (places[index - 1] ?? 0)),
    places.join(),
  );
  assert.match(html, /Friday/);
  assert.match(html, /update\?set&#x3D;still-stop"/);
  assert.match(html, /1 release behind, 1 safety change waiting\./);
});

test('today tells what happened, by name', async () => {
  await deniz.get(`${base}/lessons`);
  await deniz.post(`${base}/lessons/C3/choice`, { state: 'offered', reason: '', revision: '1' });
  assert.match((await deniz.get(base)).html, /Deniz Aksoy changed the state of C3/);
});

test('leaving a lesson out needs a reason; the choice is a coordinator’s', async () => {
  const revision = String((await desk.store.editions.byTag('tr-TR'))?.revision);
  await deniz.get(`${base}/lessons`);
  const refused = await deniz.post(`${base}/lessons/C3/choice`, { state: 'leftOut', reason: ' ', revision });
  assert.equal(refused.status, 422);
  assert.match(refused.html, /id="reason-C3"[^>]*aria-invalid="true"/);
  const done = await deniz.post(`${base}/lessons/C3/choice`, {
    state: 'leftOut',
    reason: 'Taught by the ministry',
    revision,
  });
  assert.equal(done.headers.get('location'), `${base}/lessons#lesson-C3`);
  assert.match((await deniz.get(`${base}/lessons`)).html, /Taught by the ministry/);
  assert.match((await deniz.get(`${base}/ledger`)).html, /Taught by the ministry/);
  const seen = await elif.get(`${base}/lessons`);
  assert.doesNotMatch(seen.html, /name="state"/);
  assert.equal(
    (await elif.post(`${base}/lessons/C3/choice`, { state: 'planned', reason: '', revision: '3' })).status,
    403,
  );
});

test('editions: their own for partners, all for the authority; a coordinator starts one', async () => {
  assert.doesNotMatch((await deniz.get('/desk/editions')).html, /ar-EG/);
  const ada = await visitor('ada');
  assert.equal(titleOf((await ada.get('/desk/editions')).html), '2 of 3 editions are behind');
  const refused = await deniz.post('/desk/editions', { tag: 'Turkish' });
  assert.equal(refused.status, 422);
  assert.match(refused.html, /name="tag"[^>]*value="Turkish"/);
  const done = await deniz.post('/desk/editions', { tag: 'ku-TR' });
  assert.equal(done.headers.get('location'), '/desk/editions/ku-TR/lessons');
  const fresh = await deniz.get('/desk/editions/ku-TR');
  assert.equal(fresh.status, 200);
  assert.equal((await elif.post('/desk/editions', { tag: 'tr-TR-x-two' })).status, 403);
});

test('a preview is the working text stamped draft, and its files are asked for by name', async () => {
  const page = await elif.get(`${base}/lessons/B4/preview`);
  assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
  assert.match(page.html, /DRAFT B4 1\.1\.0/);
  const file = await elif.get(`${base}/lessons/B4/preview/guide.pdf`);
  assert.equal(file.headers.get('content-type'), 'application/pdf');
  assert.match(file.headers.get('content-disposition') ?? '', /draft-tr-TR-B4-guide\.pdf/);
  assert.equal((await elif.get(`${base}/lessons/B4/preview/other.pdf`)).status, 404);
  assert.equal((await elif.get(`${base}/lessons/B4/preview/..%2Fguide.pdf`)).status, 404);
  assert.equal((await elif.get(`${base}/lessons/Z9/preview`)).status, 404);
});
