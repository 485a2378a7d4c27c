import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textHash } from '../../../src/domain/release/canonical.ts';
import { Visitor } from '../testApp.ts';
import { sampleDesk } from './sampleDesk.ts';

const desk = await sampleDesk();
const { store } = desk;
const base = '/desk/editions/tr-TR';

async function visitor(id: string): Promise<Visitor> {
  const visit = new Visitor(desk.origin);
  await visit.signIn(id);
  return visit;
}

const [elif, murat, deniz] = [await visitor('elif'), await visitor('murat'), await visitor('deniz')];
const unit = (segment: string) => store.units.byId('tr-TR', segment);

test('saving goes on to the next unfinished unit, and is told once', async () => {
  await elif.get(`${base}/lessons/B4`);
  const fields = {
    lesson: 'B4',
    show: 'all',
    revision: '0',
    target: 'iki yetişkinin adını söyle',
    kind: '',
    reason: '',
    way: 'next',
  };
  const saved = await elif.post(`${base}/units/B4.obj.1`, fields);
  assert.equal(saved.status, 303);
  assert.equal(saved.headers.get('location'), `${base}/lessons/B4?unit=B4.act.2#unit-B4.act.2`);
  assert.equal((await unit('B4.obj.1'))?.target, 'iki yetişkinin adını söyle');
  const after = await elif.get(`${base}/lessons/B4`);
  assert.match(after.html, /B4\.obj\.1 is saved/);
  assert.doesNotMatch((await elif.get(`${base}/lessons/B4`)).html, /B4\.obj\.1 is saved/);
});

test('a missing fact is told at the field, and nothing typed is lost', async () => {
  await elif.get(`${base}/lessons/B4`);
  const fields = { lesson: 'B4', show: 'all', revision: '1', target: 'Anlatmaya devam et <b>', kind: '', reason: '' };
  const refused = await elif.post(`${base}/units/CPS-02`, fields);
  assert.equal(refused.status, 422);
  assert.match(refused.html, /Anlatmaya devam et &lt;b&gt;<\/textarea>/);
  assert.match(refused.html, /aria-invalid="true"/);
  assert.match(refused.html, /\{helpline\.child\}/);
  assert.equal((await unit('CPS-02'))?.revision, 1);
});

test('saving what already stands keeps its review', async () => {
  const before = await unit('B4.summary');
  await murat.get(`${base}/lessons/B4`);
  const fields = { lesson: 'B4', show: 'all', revision: '1', target: `${before?.target}\r\n`, kind: '', reason: '' };
  assert.equal((await murat.post(`${base}/units/B4.summary`, fields)).status, 303);
  assert.deepEqual(await unit('B4.summary'), before);
});

test('a stale unit shows what changed and why, and its old source', async () => {
  const { html } = await elif.get(`${base}/lessons/B4?unit=B4.act.2`);
  assert.match(html, /<ins>.*and.*walk around/s);
  assert.match(html, /<del>/);
  assert.match(html, /Three minutes were too short in every trial\./);
  assert.match(html, /Ingrid Solheim|<bdi><\/bdi>/);
  assert.match(html, /Stale, content/);
  assert.match(html, /Numbers of the source that are not here: 5/);
});

test('an old text that still fits becomes current', async () => {
  await elif.get(`${base}/lessons/B4?unit=B4.act.2`);
  const done = await elif.post(`${base}/units/B4.act.2/confirmation`, { lesson: 'B4', show: 'stale', revision: '1' });
  assert.equal(done.status, 303);
  const now = await unit('B4.act.2');
  assert.equal(
    now?.basedOn,
    textHash('Read the story of Sam aloud. Give the class 5 minutes to talk in pairs, and walk around.'),
  );
  assert.doesNotMatch((await elif.get(`${base}/lessons/B4?unit=B4.act.2`)).html, /Stale, content/);
});

test('two people at once: 409, both texts with marks, merged by words', async () => {
  const before = await unit('CPS-02');
  const revision = String(before?.revision);
  const common = { lesson: 'B4', show: 'all', revision, kind: '', reason: '' };
  await deniz.get(`${base}/lessons/B4`);
  await deniz.post(`${base}/units/CPS-02`, { ...common, target: `${before?.target} Susma.` });
  await elif.get(`${base}/lessons/B4`);
  const refused = await elif.post(`${base}/units/CPS-02`, {
    ...common,
    target: before?.target.replace('Anlatmaya', 'Söylemeye') ?? '',
  });
  assert.equal(refused.status, 409);
  assert.match(refused.html, /Somebody saved this unit while you were writing/);
  const field = /<textarea id="target"[^>]*>([^<]*)</.exec(refused.html)?.[1] ?? '';
  assert.match(field, /^Söylemeye devam et\..*Susma\.$/);
  const offered = /name="revision" value="(\d+)"/.exec(refused.html)?.[1] ?? '';
  assert.equal(offered, String((await unit('CPS-02'))?.revision));
  const merged = await elif.post(`${base}/units/CPS-02`, { ...common, revision: offered, target: field });
  assert.equal(merged.status, 303);
  assert.equal((await store.units.history('tr-TR', 'CPS-02')).length, 2);
});

test('an earlier text fills the field and is not saved by itself', async () => {
  const stored = await unit('CPS-02');
  const page = await elif.get(`${base}/lessons/B4?unit=CPS-02&restore=1`);
  assert.match(page.html, /<textarea id="target"[^>]*>Anlatmaya devam et/);
  assert.match(page.html, /This is our text of/);
  assert.deepEqual(await unit('CPS-02'), stored);
});

test('core text: back-translation by another person, then a second person approves', async () => {
  const revision = async () => String((await unit('CPS-02'))?.revision);
  const own = await elif.get(`${base}/review`);
  assert.match(own.html, /Can review it: .*Murat Kaya/s);
  await murat.get(`${base}/review`);
  const early = await murat.post(`${base}/units/CPS-02/review`, {
    wish: 'approve',
    revision: await revision(),
    lesson: 'B4',
  });
  assert.equal(early.status, 422);
  await murat.get(`${base}/review`);
  const back = { lesson: 'B4', show: 'all', from: 'review', revision: await revision(), text: 'Keep telling.' };
  assert.equal((await murat.post(`${base}/units/CPS-02/back-translation`, back)).status, 303);
  const ready = await murat.get(`${base}/review?lesson=B4`);
  assert.match(ready.html, /Keep telling\./);
  const done = await murat.post(`${base}/units/CPS-02/review`, {
    wish: 'approve',
    revision: await revision(),
    lesson: 'B4',
  });
  assert.equal(done.status, 303);
  assert.equal((await unit('CPS-02'))?.state, 'final');
});

test('a returned text is kept and waits for its translator', async () => {
  await murat.get(`${base}/review`);
  const wish = { wish: 'return', revision: '1', lesson: 'B4' };
  const silent = await murat.post(`${base}/units/B4.act.1/review`, wish);
  assert.equal(silent.status, 422);
  assert.match(silent.html, /Say in a few words what does not fit\./);
  assert.equal((await unit('B4.act.1'))?.state, 'translated');
  const done = await murat.post(`${base}/units/B4.act.1/review`, { ...wish, reason: 'Sınıf için çok resmî.' });
  assert.equal(done.status, 303);
  assert.equal((await unit('B4.act.1'))?.state, 'initial');
  assert.equal((await unit('B4.act.1'))?.sentBack?.reason, 'Sınıf için çok resmî.');
  assert.match((await elif.get(`${base}/lessons/B4?unit=B4.act.1`)).html, /Kuralları birlikte belirleyin<\/textarea>/);
});

test('a difference on purpose needs its reason, and stands in the ledger', async () => {
  await elif.get(`${base}/lessons/B4`);
  const fields = {
    lesson: 'B4',
    show: 'all',
    revision: '0',
    target: 'Bana hep gelebilirsin.',
    kind: 'example',
    reason: '',
  };
  const refused = await elif.post(`${base}/units/B4.act.4`, fields);
  assert.equal(refused.status, 422);
  assert.match(refused.html, /<option value="example" selected>/);
  assert.equal((await elif.post(`${base}/units/B4.act.4`, { ...fields, reason: 'Daha kısa' })).status, 303);
  assert.match((await elif.get(`${base}/ledger`)).html, /Daha kısa/);
});

test('an edition in the baseline’s language inherits until something differs', async () => {
  const grace = await visitor('grace');
  const page = await grace.get('/desk/editions/en-GB/lessons/B4?unit=CPS-03');
  assert.match(page.html, /Shows the baseline’s text\./);
  const same = /<textarea id="target"[^>]*>([^<]*)</.exec(page.html)?.[1] ?? '';
  const fields = { lesson: 'B4', show: 'all', revision: '0', target: same, kind: '', reason: '' };
  assert.equal((await grace.post('/desk/editions/en-GB/units/CPS-03', fields)).status, 303);
  assert.equal(await store.units.byId('en-GB', 'CPS-03'), null);
});

test('others see nothing, and a translator may not review', async () => {
  const mona = await visitor('mona');
  assert.equal((await mona.get(`${base}/lessons/B4`)).status, 404);
  await elif.get(`${base}/review`);
  const refused = await elif.post(`${base}/units/CPS-03/review`, { wish: 'approve', revision: '1', lesson: '' });
  assert.equal(refused.status, 403);
  assert.equal((await elif.get(`${base}/lessons/Z9`)).status, 404);
});

test('a form that was tampered with is refused at the door', async () => {
  await elif.get(`${base}/lessons/B4`);
  const bad = await elif.post(`${base}/units/CPS-03`, { lesson: 'B4', revision: '-1', target: 'x' });
  assert.equal(bad.status, 400);
});

test('the authority reads, and finds no field', async () => {
  const ada = await visitor('ada');
  const page = await ada.get(`${base}/lessons/B4?unit=CPS-02`);
  assert.equal(page.status, 200);
  assert.doesNotMatch(page.html, /<textarea id="target"/);
  assert.match(page.html, /Keep telling\./);
});
