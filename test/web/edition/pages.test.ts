import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { assignmentId } from '../../../src/domain/edition/assignment.ts';
import { launchBrowser } from '../../browser/chromium.ts';
import { checkPage, watchPage } from '../../browser/pageChecks.ts';
import { Visitor } from '../testApp.ts';
import { now, sampleDesk } from './sampleDesk.ts';
import { fillMaterial } from './sampleMaterial.ts';

const desk = await sampleDesk();
await fillMaterial(desk);
const browser = await launchBrowser();

/** Lessons in people's hands: late, soon, and of somebody who may not do it any more. */
for (const [edition, person, role, due] of [
  ['tr-TR', 'elif', 'translate', '2026-11-18'],
  ['tr-TR', 'deniz', 'review', '2026-11-22'],
  ['tr-TR', 'grace', 'review', null],
  ['ar-EG', 'mona', 'translate', '2026-11-18'],
] as const) {
  const key = { edition, lesson: 'B4', role, person };
  await desk.store.assignments.save({ ...key, id: assignmentId(key), due, by: 'deniz', at: now, revision: 1 });
}
after(() => browser.close());

type Look = { readonly width?: number; readonly scheme?: 'light' | 'dark'; readonly script?: boolean };

const seats = new Map<string, Promise<Visitor>>();
const windows = new Map<string, Promise<Page>>();

/** Everybody signs in once. */
function seatOf(who: string): Promise<Visitor> {
  const sit = async () => {
    const visit = new Visitor(desk.origin);
    await visit.signIn(who);
    return visit;
  };
  const seat = seats.get(who) ?? sit();
  seats.set(who, seat);
  return seat;
}

/** A window of a browser where the person has signed in. */
async function windowOf(who: string, { width = 1440, scheme = 'light', script = true }: Look): Promise<Page> {
  const { cookie } = await seatOf(who);
  const viewport = { width, height: 900 };
  const context = await browser.newContext({ viewport, colorScheme: scheme, javaScriptEnabled: script });
  const at = cookie.indexOf('=');
  await context.addCookies([{ name: cookie.slice(0, at), value: cookie.slice(at + 1), url: desk.origin }]);
  const page = await context.newPage();
  watchPage(page, desk.origin);
  return page;
}

/** A page of the desk in a window of its own. */
async function open(who: string, path: string, look: Look = {}): Promise<Page> {
  const page = await windowOf(who, look);
  await page.goto(`${desk.origin}${path}`);
  return page;
}

/** A page of the desk in the person's one window: a window a page costs more than the page. */
async function turnTo(who: string, path: string): Promise<Page> {
  const window = windows.get(who) ?? windowOf(who, {});
  windows.set(who, window);
  const page = await window;
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${desk.origin}${path}`);
  return page;
}

const pages: readonly (readonly [string, string])[] = [
  ['deniz', '/desk/editions'],
  ['deniz', '/desk/editions/tr-TR'],
  ['deniz', '/desk/editions/tr-TR/lessons'],
  ['murat', '/desk/editions/tr-TR/lessons/B4?unit=CPS-02'],
  ['elif', '/desk/editions/tr-TR/lessons/B4?unit=B4.act.2'],
  ['murat', '/desk/editions/tr-TR/review'],
  ['deniz', '/desk/editions/tr-TR/facts?fact=helpline.child'],
  ['murat', '/desk/editions/tr-TR/glossary?term=adult'],
  ['murat', '/desk/editions/tr-TR/glossary/review'],
  ['elif', '/desk/editions/tr-TR/concordance?q=adult'],
  ['deniz', '/desk/editions/tr-TR/sister'],
  ['deniz', '/desk/editions/tr-TR/ledger?entry=words+B4.act.2'],
  ['deniz', '/desk/editions/tr-TR/lessons/B4/structure?segment=B4.act.1'],
  ['mona', '/desk/editions/ar-EG/lessons/B4/structure?order=steps'],
  ['ada', '/desk/baseline/differences?segment=B4.act.2'],
  ['ada', '/desk/baseline/send-backs'],
  ['mona', '/desk/editions/ar-EG/send-backs?segment=B4.act.2'],
  ['elif', '/desk/editions/tr-TR/material?picture=local-id-0002'],
  ['mona', '/desk/editions/ar-EG/material'],
  ['mona', '/desk/editions/ar-EG/summaries'],
  ['mona', '/desk/editions/ar-EG/material/lessons/L1'],
  ['mona', '/desk/editions/ar-EG'],
  ['mona', '/desk/editions/ar-EG/lessons'],
  ['mona', '/desk/editions/ar-EG/lessons/B4?unit=CPS-02'],
  ['mona', '/desk/editions/ar-EG/review'],
  ['mona', '/desk/editions/ar-EG/facts?fact=emergency.number'],
  ['turgut', '/desk/editions/tr-TR'],
  ['elif', '/desk/keys'],
  ['elif', '/desk/find?q=b4&edition=tr-TR'],
  ['mona', '/desk/me'],
  ['ada', '/desk/comments'],
];

for (const [who, path] of pages) {
  test(`${path} for ${who} holds at a desk and on a phone`, async () => {
    const page = await turnTo(who, path);
    await checkPage(page);
    await page.setViewportSize({ width: 320, height: 700 });
    await checkPage(page);
  });
}

test('the bar of places is one line on a small desk, in every language', async () => {
  for (const [who, path] of [
    ['turgut', '/desk/editions/tr-TR/lessons'],
    ['mona', '/desk/editions/ar-EG/lessons'],
    ['deniz', '/desk/editions/tr-TR/lessons'],
    ['ada', '/desk'],
  ] as const) {
    const page = await turnTo(who, path);
    await page.setViewportSize({ width: 1280, height: 800 });
    const { height = 0 } = (await page.locator('.masthead').boundingBox()) ?? {};
    assert.ok(height > 0 && height < 60, `${who}: ${height} px`);
  }
});

test('the workbench holds in the dark', async () => {
  const page = await open('elif', '/desk/editions/tr-TR/lessons/B4?unit=B4.act.2', { scheme: 'dark' });
  await checkPage(page);
  await page.context().close();
});

test('source and target keep their directions, and the row asked for is open', async () => {
  const page = await open('mona', '/desk/editions/ar-EG/lessons/B4?unit=CPS-02');
  const field = page.locator('#target');
  assert.deepEqual([await field.getAttribute('dir'), await field.getAttribute('lang')], ['rtl', 'ar']);
  const source = page.locator('#unit-CPS-02 p[lang="en"]').first();
  assert.equal(await source.getAttribute('dir'), 'ltr');
  assert.equal(
    await page
      .locator('.segments [aria-current]')
      .textContent()
      .then((text) => text?.includes('CPS-02')),
    true,
  );
  await page.context().close();
});

test('Ctrl Enter saves and goes on', async () => {
  const page = await open('elif', '/desk/editions/tr-TR/lessons/B4?unit=B4.act.3');
  await page.fill('#target', 'Anlatmayı deneyin');
  await page.press('#target', 'Control+Enter');
  await page.waitForURL(/unit=B4\.act\.4/);
  assert.equal((await desk.store.units.byId('tr-TR', 'B4.act.3'))?.target, 'Anlatmayı deneyin');
  await page.context().close();
});

test('saving works without script, on a phone', async () => {
  const page = await open('elif', '/desk/editions/tr-TR/lessons/B4?unit=B4.q.1', { width: 360, script: false });
  await page.fill('#target', 'Önce ne yaparsın?');
  await page.click('.bottom-bar .main');
  assert.match(page.url(), /unit=B4\.q\.1\.a/);
  assert.equal((await desk.store.units.byId('tr-TR', 'B4.q.1'))?.state, 'translated');
  await checkPage(page);
  await page.context().close();
});
