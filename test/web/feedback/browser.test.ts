import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { paths } from '../../../src/web/paths.ts';
import { launchBrowser } from '../../browser/chromium.ts';
import { checkPage, watchPage } from '../../browser/pageChecks.ts';
import { openFeedbackDesk } from './feedbackDesk.ts';

let desk: Awaited<ReturnType<typeof openFeedbackDesk>>;
let browser: Browser;
before(async () => {
  desk = await openFeedbackDesk();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await desk?.close();
});

test('on a phone, in Arabic, without script: an answer and a wrong helpline arrive, and no cookie is set', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  watchPage(page, desk.origin);
  await page.goto(desk.origin + paths.lesson.to('ar-EG', 'L1'));
  await page.locator('details.feedback > summary').click();
  await page.locator('#usable-partly').check();
  await page.locator('#took').selectOption('40');
  await page.locator('#hard-talking').check();
  await page.locator('form:has(#took) button').click();
  assert.equal(new URL(page.url()).pathname, paths.feedbackTaken.to('ar-EG', 'L1', 'thanks'));
  await checkPage(page);
  await page.goto(desk.origin + paths.lesson.to('ar-EG', 'L1'));
  assert.equal(await page.locator('a[href$="/feedback#helpline"]').count(), 1);
  await page.locator('.places.at-foot a[href$="/help"]').click();
  await page.locator('main a[href$="/feedback#helpline"]').click();
  assert.ok(await page.locator('.not-here a[href^="tel:"]').first().isVisible(), 'first whom to call');
  await page.locator('#line-child').check();
  await page.locator('#fault-notInService').check();
  await page.locator('form:has(#line-child) button').click();
  assert.equal(new URL(page.url()).pathname, paths.feedbackTaken.to('ar-EG', 'L1', 'reported'));
  await checkPage(page);
  assert.deepEqual(await context.cookies(), []);
  await context.close();
  const { feedback } = desk.world.store;
  const [counted] = await feedback.ofEdition('ar-EG');
  assert.deepEqual([counted?.usable, counted?.minutes, counted?.hard], [{ partly: 1 }, { 40: 1 }, { talking: 1 }]);
  const [reported] = await feedback.reportsOf('ar-EG', 5);
  assert.deepEqual([reported?.fact, reported?.fault, reported?.times], ['helpline.child', 'notInService', 1]);
});

test('the desk page of what teachers say is whole on a phone and on a desk, in English and Arabic', async () => {
  const { store } = desk.world;
  for (let at = 0; at < 6; at++)
    await store.feedback.count('ar-EG', 'L1', { usable: 'yes', minutes: 50, hard: ['time'] });
  for (const language of ['en', 'ar'] as const) {
    const hala = await store.people.byId('hala');
    assert.ok(hala);
    await store.people.save({ ...hala, language, revision: hala.revision + 1 });
    const visitor = desk.visitor();
    await visitor.signIn('hala');
    const [name = '', value = ''] = visitor.cookie.split('=');
    const context = await browser.newContext();
    await context.addCookies([{ name, value, url: desk.origin }]);
    const page = await context.newPage();
    watchPage(page, desk.origin);
    await page.goto(desk.origin + paths.deskFeedback.to('ar-EG'));
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await checkPage(page);
    }
    await context.close();
  }
});

test('a form on another site does not arrive', async () => {
  const page = await browser.newPage();
  const action = `${desk.origin}${paths.feedback.to('tr-TR', 'L1')}`;
  const elsewhere = desk.origin.replace('127.0.0.1', 'localhost');
  // The page of another host, with a form of its own that sends itself here.
  await page.route(`${elsewhere}/trap`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<form method="post" action="${action}"><input name="about" value="lesson"><input name="usable" value="no"><button>x</button></form>`,
    }),
  );
  await page.goto(`${elsewhere}/trap`);
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url() === action),
    page.locator('button').click(),
  ]);
  assert.equal(answer.status(), 403);
  assert.deepEqual(await desk.world.store.feedback.ofEdition('tr-TR'), []);
  await page.close();
});
