import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { launchBrowser } from '../../browser/chromium.ts';
import { checkPage, watchPage } from '../../browser/pageChecks.ts';
import { Visitor } from '../testApp.ts';
import { sampleDesk } from './sampleDesk.ts';

const desk = await sampleDesk();
const place = '/desk/editions/tr-TR/exchange';
const seat = async (who: string) => {
  const visit = new Visitor(desk.origin);
  await visit.signIn(who);
  return visit;
};

const out = async (visit: Visitor, format: string, query = 'scope=lesson&lesson=B4') => {
  const file = await visit.get(`${place}/file?${query}&format=${format}`);
  assert.equal(file.status, 200, file.html.slice(0, 300));
  assert.match(file.headers.get('content-disposition') ?? '', /^attachment; filename="?tr-TR-/);
  return file.html;
};
const bring = async (visit: Visitor, text: string, name = 'tr-TR-B4.po', to = place) => {
  await visit.get(to);
  const form = new FormData();
  form.set('file', new File([text], name));
  return visit.multipart(`${to}/imports`, form);
};
const unit = (segment: string) => desk.store.units.byId('tr-TR', segment);
const everything = async () =>
  JSON.stringify([await desk.store.units.ofEdition('tr-TR'), await desk.store.editions.byTag('tr-TR')]);

test('out, edited elsewhere, looked at, taken in, put back', async () => {
  const elif = await seat('elif');
  const po = await out(elif, 'po');
  const before = await everything();
  const edited = po
    .replace('Şimdi dur. Para verme. Başka bir şey gönderme.', 'Hemen dur. Para verme. Hiçbir şey gönderme.')
    .replace('Kuralları birlikte belirleyin', 'Kuralları sınıfça belirleyin');
  const sent = await bring(elif, edited);
  assert.equal(sent.status, 303);
  assert.equal(await everything(), before, 'looking changes nothing');

  // Meanwhile, at the desk: both sides have changed B4.act.1 now.
  const act = await unit('B4.act.1');
  assert.ok(act !== null);
  await desk.store.units.save({ ...act, target: 'Kuralları konuşun', revision: act.revision + 1 });
  const location = sent.headers.get('location') ?? '';
  const looked = await elif.get(location);
  const seen = /name="seen" value="([0-9a-f]{64})"/.exec(looked.html)?.[1] ?? '';
  assert.match(looked.html, /Kuralları konuşun/);
  const taken = await elif.post(`${location}/taking`, { seen });
  assert.equal(taken.status, 303, taken.html.slice(0, 300));
  const cps = await unit('CPS-03');
  assert.deepEqual(
    [cps?.target, cps?.state, cps?.reviewedBy],
    ['Hemen dur. Para verme. Hiçbir şey gönderme.', 'translated', null],
  );
  assert.equal((await unit('B4.act.1'))?.target, 'Kuralları konuşun', 'what was written meanwhile stays');

  const page = await elif.get(location);
  assert.match(page.html, /One text of .*tr-TR-B4\.po.* was taken in/);
  assert.match(page.html, /changed here and in the file/);
  const report = await elif.get(`${location}/report`);
  assert.match(
    report.html,
    /B4\.act\.1.*Kuralları sınıfça belirleyin,Kuralları konuşun/,
    'the report keeps the text of the file',
  );
  assert.equal((await elif.post(`${location}/taking`, { seen })).status, 409, 'once');
  const [event] = await desk.store.events.recent('edition/tr-TR/imports', 1);
  assert.deepEqual([event?.action, event?.data.taken, event?.data.notTaken], ['exchange/take', 1, 1]);

  assert.equal((await elif.post(`${location}/undo`, {})).status, 303);
  const back = await unit('CPS-03');
  assert.deepEqual([back?.target, back?.state], ['Şimdi dur. Para verme. Başka bir şey gönderme.', 'final']);
});

test('somebody works between looking and taking: nothing is taken, and the page shows it anew', async () => {
  const elif = await seat('elif');
  const edited = (await out(elif, 'csv')).replace('Bir şey ters gittiğinde', 'Bir şey yolunda gitmediğinde');
  const location = (await bring(elif, edited, 'b4.csv')).headers.get('location') ?? '';
  const seen = /name="seen" value="([0-9a-f]{64})"/.exec((await elif.get(location)).html)?.[1] ?? '';
  const title = await unit('B4.title');
  assert.ok(title !== null);
  await desk.store.units.save({ ...title, target: 'Ters giderse', revision: title.revision + 1 });
  const answer = await elif.post(`${location}/taking`, { seen });
  assert.equal(answer.status, 409);
  assert.match(answer.html, /Somebody has worked on these texts/);
  assert.match(answer.html, /Ters giderse/);
  assert.equal((await unit('B4.title'))?.target, 'Ters giderse');
});

test('files that cannot be: a clear answer, and nothing changed', async () => {
  const [elif, mona] = [await seat('elif'), await seat('mona')];
  const xliff = await out(elif, 'xliff2', 'scope=edition');
  const before = await everything();
  const cases: readonly (readonly [string, RegExp])[] = [
    [xliff.replace('?>', '?><!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), /document type/],
    [xliff.slice(0, -200), /damaged/],
    [xliff.replaceAll('edition=tr-TR', 'edition=ar-EG'), /another edition: ar-EG/],
    [xliff.replace('trgLang="tr-TR"', 'trgLang="de-DE"'), /another language: de/],
    ['GIF89a', /no XLIFF, PO or CSV/],
    ['', /The file is empty/],
  ];
  for (const [text, why] of cases) {
    const answer = await bring(elif, text, 'x.xlf');
    assert.equal(answer.status, 422);
    assert.match(answer.html, why);
  }
  await elif.get(place);
  assert.equal((await elif.multipart(`${place}/imports`, new FormData())).status, 422, 'no file');
  assert.equal((await bring(mona, xliff, 'x.xlf', '/desk/editions/ar-EG/exchange')).status, 422);
  assert.equal((await mona.get(place)).status, 404, 'another partner’s edition is not there');
  assert.equal((await (await seat('ada')).get(place)).status, 403, 'the authority reads and does not exchange');
  assert.equal((await elif.get(`${place}/imports/none`)).status, 404);
  assert.equal((await elif.get(`${place}/file?scope=lesson&lesson=Z9`)).status, 404);
  assert.equal((await elif.get(`${place}/file?format=exe`)).status, 400);
  assert.equal(await everything(), before);
});

test('the pages hold at a desk, on a phone, in Arabic and in the dark', async () => {
  const browser = await launchBrowser();
  after(() => browser.close());
  const [elif, mona] = [await seat('elif'), await seat('mona')];
  const conflicting = (await out(elif, 'xliff1', 'scope=edition'))
    .replace('Anlatmaya devam et.', 'Hep anlat.')
    .replace('resname="B4.q.1"', 'resname="Z.9"')
    .replace('Bir şey', 'Bir sey');
  const cps = await unit('CPS-02');
  assert.ok(cps !== null);
  await desk.store.units.save({ ...cps, target: 'Anlat. Ara: {helpline.child}.', revision: cps.revision + 1 });
  const location = (await bring(elif, conflicting, 'tr-TR.xlf')).headers.get('location') ?? '';
  const visits = [
    [elif, place, 'light'],
    [elif, location, 'dark'],
    [mona, '/desk/editions/ar-EG/exchange', 'light'],
  ] as const;
  for (const [visit, path, colorScheme] of visits) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme });
    const at = visit.cookie.indexOf('=');
    await context.addCookies([
      { name: visit.cookie.slice(0, at), value: visit.cookie.slice(at + 1), url: desk.origin },
    ]);
    const page = await context.newPage();
    watchPage(page, desk.origin);
    await page.goto(`${desk.origin}${path}`);
    await checkPage(page);
    if (process.env.SHOTS)
      await page.screenshot({
        path: `${process.env.SHOTS}/${path.split('/').at(3)}-${colorScheme}-${path.length}.png`,
        fullPage: true,
      });
    await page.setViewportSize({ width: 320, height: 700 });
    await page.reload();
    await checkPage(page);
    if (process.env.SHOTS)
      await page.screenshot({
        path: `${process.env.SHOTS}/${path.split('/').at(3)}-${colorScheme}-${path.length}-phone.png`,
        fullPage: true,
      });
    await context.close();
  }
});
