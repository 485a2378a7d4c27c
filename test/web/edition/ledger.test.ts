import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Visitor } from '../testApp.ts';
import { sampleDesk } from './sampleDesk.ts';

const desk = await sampleDesk();
const { store } = desk;
const base = '/desk/editions/tr-TR';
const structure = `${base}/lessons/B4/structure`;

async function visitor(id: string): Promise<Visitor> {
  const visit = new Visitor(desk.origin);
  await visit.signIn(id);
  return visit;
}

const [elif, grace, mona] = [await visitor('elif'), await visitor('grace'), await visitor('mona')];
const titleOf = (html: string) => /<h1[^>]*>(.*?)<\/h1>/s.exec(html)?.[1];
const entry = (segment: string) => store.ledger.byId('tr-TR', segment);
const wordsOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

test('a difference whose own text changed comes first, with what changed and why, until somebody says it is true', async () => {
  const { html } = await elif.get(`${base}/ledger`);
  assert.equal(titleOf(html), 'One difference to look at again');
  assert.match(wordsOf(html), /The baseline’s own text changed: B4\.act\.2/);
  assert.match(html, /<del>.*?3.*?<\/del>/s);
  assert.match(html, /Three minutes were too short in every trial\./);
  const done = await elif.post(`${base}/ledger/entries/B4.act.2/confirmation`, { revision: '1' });
  assert.equal(done.status, 303);
  assert.deepEqual(
    [await entry('B4.act.2')].map((each) => [each?.on, each?.against, each?.owner, each?.revision]),
    [['2026-11-20', '1.1.0', 'elif', 2]],
  );
  assert.equal(titleOf((await elif.get(`${base}/ledger`)).html), 'One deliberate difference');
  const again = await elif.post(`${base}/ledger/entries/B4.act.2/confirmation`, { revision: '1' });
  assert.equal(again.status, 409);
});

test('kind and reason are corrected; an empty reason and a second writer change nothing and lose nothing', async () => {
  const open = await elif.get(`${base}/ledger?entry=${encodeURIComponent('words B4.act.2')}`);
  assert.match(open.html, /id="entry-reason"[^>]*value="Sam, okunuşu/);
  const path = `${base}/ledger/entries/B4.act.2`;
  const empty = await elif.post(path, { revision: '2', kind: 'example', reason: '  ' });
  assert.equal(empty.status, 422);
  const stale = await elif.post(path, { revision: '1', kind: 'law', reason: 'Benim gerekçem' });
  assert.equal(stale.status, 409);
  assert.match(stale.html, /value="Benim gerekçem"/);
  assert.match(stale.html, /Somebody saved this reason meanwhile:.*Sam, okunuşu/s);
  assert.equal((await elif.post(path, { revision: '2', kind: 'example', reason: 'Kısa adlar' })).status, 303);
  assert.deepEqual([(await entry('B4.act.2'))?.kind, (await entry('B4.act.2'))?.reason], ['example', 'Kısa adlar']);
  assert.equal(
    (await elif.post(`${base}/ledger/entries/B4.q.1`, { revision: '1', kind: 'law', reason: 'x' })).status,
    404,
  );
});

test('a step is left out with a reason, stands in the ledger, and comes back with its difference in words', async () => {
  const page = await elif.get(`${structure}?segment=B4.act.2`);
  assert.equal(titleOf(page.html), 'B4 stands as the baseline has it');
  const path = `${base}/units/B4.act.2/omission`;
  const bare = await elif.post(path, { revision: '3', lesson: 'B4', kind: 'law', reason: ' ' });
  assert.equal(bare.status, 422);
  assert.match(bare.html, /id="omission-reason"[^>]*aria-invalid="true"/);
  const done = await elif.post(path, { revision: '3', lesson: 'B4', kind: 'law', reason: 'Yasa izin vermiyor' });
  assert.equal(done.headers.get('location'), structure);
  assert.equal(titleOf((await elif.get(structure)).html), 'B4: one difference in its structure');
  const { html } = await elif.get(`${base}/ledger?kind=omission`);
  assert.match(html, /Yasa izin vermiyor/);
  assert.match(html, /A difference in words \(example\) comes back with it/);
  assert.equal((await elif.post(`${base}/ledger/entries/B4.act.2/end`, { revision: '4' })).status, 303);
  assert.deepEqual([(await entry('B4.act.2'))?.omits, (await entry('B4.act.2'))?.reason], [false, 'Kısa adlar']);
});

test('core, the practice step, titles and right answers cannot be left out', async () => {
  await elif.get(structure);
  for (const [segment, words] of [
    ['CPS-02', /core text and cannot be left out/],
    ['B4.act.3', /core text and cannot be left out/],
    ['C3.act.1', null],
  ] as const) {
    const tried = await elif.post(`${base}/units/${segment}/omission`, { revision: '0', kind: 'other', reason: 'x' });
    assert.equal(tried.status, words === null ? 303 : 422, segment);
    if (words !== null) assert.match(tried.html, words);
  }
  assert.equal((await elif.post(`${base}/ledger/entries/C3.act.1/end`, { revision: '1' })).status, 303);
});

test('minutes and order of our own, each with a reason; the baseline’s give them up', async () => {
  await elif.get(`${structure}?segment=B4.act.1`);
  const minutes = { section: 'steps', segment: 'B4.act.1', revision: '0', reason: 'Ders 40 dakika' };
  const post = (fields: Readonly<Record<string, string>>) => elif.post(`${structure}/minutes`, fields);
  const wrong = await post({ ...minutes, minutes: 'on' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.html, /id="minutes"[^>]*value="on"/);
  assert.equal((await post({ ...minutes, minutes: '3' })).status, 303);
  assert.equal((await post({ ...minutes, minutes: '4' })).status, 409);
  const shown = wordsOf((await elif.get(structure)).html);
  assert.match(shown, /43 minutes/);
  assert.match(wordsOf((await elif.get(`${base}/ledger?kind=minutes`)).html), /3 minutes 5 minutes in the baseline/);
  const order = {
    section: 'steps',
    revision: '0',
    reason: 'Önce alıştırma',
    'place-B4.act.1': '2',
    'place-B4.act.3': '1',
  };
  assert.equal((await elif.post(`${structure}/order`, { ...order, 'place-B4.act.3': '' })).status, 422);
  assert.equal((await elif.post(`${structure}/order`, order)).status, 303);
  const { html } = await elif.get(structure);
  assert.ok(html.indexOf('section-steps-B4.act.3') < html.indexOf('section-steps-B4.act.1'));
  const at = { kind: 'order', lesson: 'B4', section: 'steps', revision: '1' };
  assert.equal((await elif.post(`${base}/ledger/overrides/confirmation`, at)).status, 303);
  assert.equal((await elif.post(`${base}/ledger/overrides/end`, { ...at, revision: '2' })).status, 303);
  assert.equal((await post({ ...minutes, minutes: '5', revision: '1' })).status, 303);
  assert.deepEqual(await store.overrides.ofEdition('tr-TR'), []);
});

test('giving a difference up: the baseline’s text in English, a new translation elsewhere; our text stays in the history', async () => {
  await elif.get(`${base}/ledger`);
  const revision = String((await entry('B4.act.2'))?.revision);
  const text = (await store.units.byId('tr-TR', 'B4.act.2'))?.target;
  assert.equal((await elif.post(`${base}/ledger/entries/B4.act.2/end`, { revision })).status, 303);
  const unit = await store.units.byId('tr-TR', 'B4.act.2');
  assert.deepEqual([unit?.state, unit?.adapted, unit?.target], ['initial', false, text]);
  await grace.get('/desk/editions/en-GB/lessons/B4');
  const saved = await grace.post('/desk/editions/en-GB/units/B4.act.2', {
    ...{ lesson: 'B4', show: 'all', revision: '0', kind: 'name', reason: '=Sam is rare here', way: 'stay' },
    target: 'Read the story of Alfie aloud. Give the class 5 minutes to talk in pairs, and walk around.',
  });
  assert.equal(saved.status, 303);
  const page = await grace.get('/desk/editions/en-GB/ledger');
  assert.match(page.html, /<ins>.*Alfie.*<\/ins>/s);
  const csv = await (await grace.get('/desk/editions/en-GB/ledger/files/ledger.csv')).html;
  assert.match(csv, /'=Sam is rare here/);
  const json = JSON.parse((await grace.get('/desk/editions/en-GB/ledger/files/ledger.json')).html);
  assert.deepEqual([json.release, json.differences.length, json.differences[0].segment], ['1.2.0', 1, 'B4.act.2']);
  assert.equal((await grace.post('/desk/editions/en-GB/ledger/entries/B4.act.2/end', { revision: '1' })).status, 303);
  assert.equal(await store.units.byId('en-GB', 'B4.act.2'), null);
  assert.equal((await store.units.history('en-GB', 'B4.act.2')).length, 1);
});

test('another partner’s ledger is not there', async () => {
  await mona.get('/desk/editions/ar-EG/ledger');
  assert.equal((await mona.get(`${base}/ledger`)).status, 404);
  assert.equal((await mona.get(`${base}/ledger/files/ledger.csv`)).status, 404);
  assert.equal(
    (await mona.post(`${base}/units/B4.act.2/omission`, { revision: '0', kind: 'law', reason: 'x' })).status,
    403,
  );
});

test('the authority sees in sum what editions changed, left out and declined, with reasons; partners do not', async () => {
  const ada = await visitor('ada');
  const on = { owner: 'mona', on: '2026-06-02', revision: 1 };
  await store.ledger.save({ ...on, edition: 'ar-EG', segment: 'B4.act.4', kind: 'law', reason: 'قانون', omits: true });
  await store.ledger.save({
    ...on,
    edition: 'tr-TR',
    segment: 'B4.act.4',
    kind: 'law',
    reason: 'Yasa',
    omits: false,
    declined: 'm',
  });
  await store.ledger.save({
    ...on,
    edition: 'en-GB',
    segment: 'CPS-03',
    kind: 'other',
    reason: 'Our words',
    omits: false,
  });
  const page = await ada.get('/desk/baseline/differences');
  assert.equal(titleOf(page.html), '2 texts of the baseline are different somewhere in 3 editions');
  const words = wordsOf(page.html);
  assert.match(words, /B4\.act\.4 .*law 2,.*left out in 1 .*1 of 3 declined.*changed in 2 of 3 editions/);
  assert.match(words, /CPS-03 .*core text/);
  assert.doesNotMatch(words, /Our words/);
  assert.match((await ada.get('/desk/baseline/differences?segment=CPS-03')).html, /en-GB.*Our words/s);
  const core = wordsOf((await ada.get('/desk/baseline/differences?show=core')).html);
  assert.doesNotMatch(core, /B4\.act\.4/);
  const lesson = await ada.get('/desk/baseline/lessons/B4');
  assert.match(lesson.html, /differences\?segment&#x3D;B4\.act\.4[^>]*>changed in 2 of 3 editions/);
  assert.equal((await mona.get('/desk/baseline/differences')).status, 403);
  assert.doesNotMatch((await mona.get('/desk/baseline/lessons/B4')).html, /differences\?segment/);
});
