import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Visitor } from '../testApp.ts';
import { sampleDesk } from './sampleDesk.ts';

const desk = await sampleDesk();
const { store } = desk;

async function visitor(id: string): Promise<Visitor> {
  const visit = new Visitor(desk.origin);
  await visit.signIn(id);
  return visit;
}
const [elif, grace, ada] = [await visitor('elif'), await visitor('grace'), await visitor('ada')];
const titleOf = (html: string) => /<h1[^>]*>(.*?)<\/h1>/s.exec(html)?.[1];
const wordsOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const offers = '/desk/baseline/send-backs';
const ofEdition = (tag: string) => `/desk/editions/${tag}/send-backs`;
const offered = {
  kind: 'wording',
  reason: 'Five minutes pass quickly',
  evidence: '',
  proposed: 'Read the story of Sam twice.',
};

test('a text is offered beside its unit; a wrong one is told in its place, and nothing typed is lost', async () => {
  const bench = await elif.get('/desk/editions/tr-TR/lessons/B4?unit=B4.act.2');
  assert.match(bench.html, /Offer to the baseline/);
  const path = '/desk/editions/tr-TR/units/B4.act.2/send-back';
  const refused = await elif.post(path, { ...offered, reason: ' ' });
  assert.equal(refused.status, 422);
  assert.match(refused.html, /Read the story of Sam twice\.<\/textarea>/);
  assert.match(refused.html, /aria-invalid="true"/);
  assert.equal(
    (await elif.post('/desk/editions/tr-TR/units/CPS-02/send-back', { ...offered, proposed: 'Call.' })).status,
    422,
  );
  assert.equal((await elif.post(path, offered)).headers.get('location'), ofEdition('tr-TR'));
  assert.equal((await elif.post(path, offered)).status, 409);
  assert.equal(titleOf((await elif.get(ofEdition('tr-TR'))).html), 'One of 1 offers waits');
  const after = await elif.get('/desk/editions/tr-TR/lessons/B4?unit=B4.act.2');
  assert.match(after.html, /waits for an answer/);
  assert.equal((await grace.get(ofEdition('tr-TR'))).status, 404);
  assert.equal((await grace.get(offers)).status, 403);
});

test('the authority reads who offers what and why, and answers with a reason that the partner reads', async () => {
  const page = await ada.get(offers);
  assert.equal(titleOf(page.html), 'Partners offer one text');
  const words = wordsOf(page.html);
  assert.match(words, /B4\.act\.2 better wording, tr-TR Türkiye, Turkish Elif Yıldırım.*Five minutes pass quickly/);
  assert.match(words, /The baseline’s text has changed since|Sam’in öyküsünü/);
  const [offer] = await store.sendBacks.open();
  assert.ok(offer);
  const answer = (fields: Readonly<Record<string, string>>) => ada.post(`${offers}/${offer.id}/answer`, fields);
  const empty = await answer({ revision: '1', answer: ' ' });
  assert.equal(empty.status, 422);
  assert.equal((await answer({ revision: '1', answer: 'Once is enough in other trials.' })).status, 303);
  assert.equal((await answer({ revision: '2', answer: 'Again.' })).status, 409);
  assert.match((await elif.get(ofEdition('tr-TR'))).html, /Once is enough in other trials\./);
  assert.deepEqual(
    (await store.notices.ofPerson('elif', 10)).map(({ kind, path }) => [kind, path]),
    [['sendBackAnswered', ofEdition('tr-TR')]],
  );
});

test('what the baseline has changed since is shown, and only a text that somebody said goes in', async () => {
  await elif.post('/desk/editions/tr-TR/units/CPS-03/send-back', {
    ...{ kind: 'correction', reason: 'Clearer', evidence: 'A trial in Izmir' },
    proposed: 'Stop now. Do not pay anything. Do not send anything more.',
  });
  await grace.get('/desk/editions/en-GB/lessons/B4');
  await grace.post('/desk/editions/en-GB/units/B4.act.4/send-back', {
    ...offered,
    proposed: 'You can always come to me.',
  });
  const page = await ada.get(offers);
  assert.match(page.html, /The baseline’s text has changed since/);
  assert.match(page.html, /Do not pay anything\. Do not send anything more\. If you already paid[^<]*<\/textarea>/);
  const [moved, plain] = await Promise.all(
    ['CPS-03', 'B4.act.4'].map(async (segment) => {
      const found = (await store.sendBacks.open()).find((each) => each.segment === segment);
      assert.ok(found);
      return found;
    }),
  );
  const many = await ada.post(`${offers}/taken`, {
    offers: [`${moved?.id} 1`, `${plain?.id} 1`],
    into: 'new',
    title: '',
    severity: 'content',
  });
  assert.equal(many.status, 422);
  assert.equal((await store.changeSets.open()).length, 0, 'a refused taking leaves no set behind');
  const one = await ada.post(`${offers}/taken`, {
    ...{ offer: moved?.id ?? '', offers: `${moved?.id} 1`, into: 'new', title: 'Clearer stop', severity: 'safety' },
    text: 'Stop now. Do not pay anything. Do not send anything more. If you already paid, you can still stop now and get help.',
  });
  assert.equal(one.status, 303);
  const set = await store.changeSets.byId('clearer-stop');
  assert.match(set?.reason ?? '', /CPS-03, offered by tr-TR \(Elif Yıldırım\): Clearer\nA trial in Izmir/);
  const second = { offers: `${plain?.id} 1`, into: `clearer-stop ${set?.revision}` };
  assert.equal((await ada.post(`${offers}/taken`, { ...second, into: 'clearer-stop 1' })).status, 409);
  assert.equal((await ada.post(`${offers}/taken`, second)).status, 303);
  assert.match((await grace.get(ofEdition('en-GB'))).html, /in a change set.*Clearer stop/s);
  assert.equal((await store.changeSets.byId('clearer-stop'))?.changes.length, 2);
});

test('a partner withdraws an offer while nobody has taken it', async () => {
  await elif.get('/desk/editions/tr-TR/lessons/B4');
  await grace.get('/desk/editions/en-GB/lessons/B4');
  await elif.post('/desk/editions/tr-TR/units/B4.act.2/send-back', offered);
  const offer = (await store.sendBacks.open()).find((each) => each.segment === 'B4.act.2');
  assert.ok(offer);
  assert.equal((await grace.post(`${ofEdition('en-GB')}/${offer.id}/withdrawal`, { revision: '1' })).status, 404);
  assert.equal((await elif.post(`${ofEdition('tr-TR')}/${offer.id}/withdrawal`, { revision: '1' })).status, 303);
  assert.equal((await store.sendBacks.byId(offer.id))?.state, 'withdrawn');
});
