import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Visitor } from '../testApp.ts';
import { sampleDesk } from './sampleDesk.ts';

const desk = await sampleDesk();
const { store } = desk;
const base = '/desk/editions/ar-EG';

async function visitor(id: string): Promise<Visitor> {
  const visit = new Visitor(desk.origin);
  await visit.signIn(id);
  return visit;
}

const [mona, karim] = [await visitor('mona'), await visitor('karim')];
const fields = {
  phone: '١٦٠٠٠',
  name: 'خط نجدة الطفل',
  hours: 'كل يوم',
  source: 'nccm.example.org',
  certainty: 'high',
  method: 'called',
  reason: 'أجابوا',
};

test('one proposes, another confirms, and never the same person', async () => {
  await mona.get(`${base}/facts?fact=helpline.child`);
  assert.equal((await mona.post(`${base}/facts/helpline.child`, fields)).status, 303);
  const proposal = await store.facts.proposal('EG', 'helpline.child');
  assert.deepEqual(proposal?.value.neutral, { phone: '16000' });
  const own = await mona.get(`${base}/facts`);
  assert.doesNotMatch(own.html, /value="accept"/);
  assert.match(own.html, /كريم عادل/);
  const forced = await mona.post(`${base}/facts/helpline.child/confirmation`, {
    at: proposal?.at ?? '',
    wish: 'accept',
  });
  assert.equal(forced.status, 403);
  const other = await karim.get(`${base}/facts`);
  assert.match(other.html, /value="accept"/);
  const done = await karim.post(`${base}/facts/helpline.child/confirmation`, {
    at: proposal?.at ?? '',
    wish: 'accept',
  });
  assert.equal(done.status, 303);
  assert.equal((await store.facts.byKey('EG', 'helpline.child'))?.check?.by, 'mona');
  assert.equal(await store.facts.proposal('EG', 'helpline.child'), null);
});

test('what does not fit is told at its field, with everything typed kept', async () => {
  await mona.get(`${base}/facts`);
  const refused = await mona.post(`${base}/facts/emergency.number`, { ...fields, phone: 'call us' });
  assert.equal(refused.status, 422);
  assert.match(refused.html, /href="#field-phone"/);
  assert.match(refused.html, /id="field-phone" name="phone" value="call us" dir="ltr"/);
  const silent = await mona.post(`${base}/facts/emergency.number`, { ...fields, phone: '122', reason: ' ' });
  assert.equal(silent.status, 422);
  assert.match(silent.html, /nccm\.example\.org/);
});

test('one person takes a fact out at once, with a reason', async () => {
  await mona.get(`${base}/facts?fact=emergency.number`);
  assert.equal((await mona.post(`${base}/facts/emergency.number/suspension`, { reason: '' })).status, 422);
  assert.equal((await mona.post(`${base}/facts/emergency.number/suspension`, { reason: 'لا يجيب أحد' })).status, 303);
  assert.equal((await store.facts.byKey('EG', 'emergency.number'))?.suspended?.reason, 'لا يجيب أحد');
  const page = await mona.get(`${base}/facts`);
  assert.match(page.html, /لا يجيب أحد/);
  assert.match(page.html, /موقوف/);
});

test('a number runs left to right in an Arabic page', async () => {
  assert.match((await mona.get(`${base}/facts`)).html, /<bdi dir="ltr">\+20 122 111<\/bdi>/);
});

test('an unknown fact and another country are not there', async () => {
  await mona.get(`${base}/facts`);
  assert.equal((await mona.post(`${base}/facts/no.such`, fields)).status, 404);
  assert.equal((await mona.get('/desk/editions/tr-TR/facts')).status, 404);
});
