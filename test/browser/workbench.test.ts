import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { sampleDesk } from '../web/edition/sampleDesk.ts';
import { Visitor } from '../web/testApp.ts';
import { launchBrowser } from './chromium.ts';

const desk = await sampleDesk();
const browser = await launchBrowser();
after(() => browser.close());

const base = '/desk/editions/tr-TR/lessons/B4';
const unit = (segment: string) => desk.store.units.byId('tr-TR', segment);

/** A browser of somebody who has signed in, opened at a unit. */
async function open(who: string, segment: string): Promise<Page> {
  const visit = new Visitor(desk.origin);
  await visit.signIn(who);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const at = visit.cookie.indexOf('=');
  await context.addCookies([{ name: visit.cookie.slice(0, at), value: visit.cookie.slice(at + 1), url: desk.origin }]);
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  page.on('pageerror', (error) => console.error(error));
  await page.goto(`${desk.origin}${base}?unit=${segment}`);
  return page;
}

/** Until the page says so. */
const says = (page: Page, text: RegExp) =>
  page.locator('.draft-line, .line-away').filter({ hasText: text }).first().waitFor();

test('by keyboard alone: from opening a unit to saved and the next one, which is announced', async () => {
  const page = await open('elif', 'B4.act.3');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'target');
  await page.keyboard.type('Anlatmayı deneyin');
  await page.keyboard.press('Control+Enter');
  await page.locator('[data-unit="B4.act.4"]').waitFor();
  assert.equal((await unit('B4.act.3'))?.target, 'Anlatmayı deneyin');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'target');
  assert.match(page.url(), /unit=B4\.act\.4#unit-B4\.act\.4$/);
  await page.locator('p.aside[role=status]', { hasText: 'B4.act.3 is saved' }).waitFor();
  await page.locator('p.aside[role=status]', { hasText: 'B4.act.4 is open' }).waitFor();

  await page.keyboard.press('Alt+ArrowUp');
  await page.locator('[data-unit="B4.act.3"]').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('c');
  assert.equal(await page.inputValue('#target'), 'Practise telling');
  await page.keyboard.press('Escape');
  await page.keyboard.press('h');
  assert.equal(await page.evaluate(() => document.activeElement?.parentElement?.id), 'history');
  await page.keyboard.press('m');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'comment');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.locator('dialog.all-keys #all-keys').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog.all-keys').waitFor({ state: 'detached' });
  await page.keyboard.press('n');
  await page.locator('[data-unit="B4.act.4"]').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('cps-02');
  await page.keyboard.press('Enter');
  await page.waitForURL(/unit=CPS-02/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  assert.equal(
    (await page.inputValue('#target')).split('{helpline.child}').length,
    2,
    'nothing is missing, nothing is put in',
  );
  await page.fill('#target', 'Anlatmaya devam et: ');
  await page.keyboard.press('Escape');
  await page.keyboard.press('p');
  assert.equal(await page.inputValue('#target'), 'Anlatmaya devam et: {helpline.child}');
  await page.context().close();
});

test('a dropped line and a closed window lose nothing', async () => {
  const page = await open('elif', 'B4.q.1');
  await page.fill('#target', 'Önce ne');
  await says(page, /draft kept \d\d:\d\d/);
  assert.equal((await desk.store.unitDrafts.of('tr-TR', 'B4.q.1', 'elif'))?.text, 'Önce ne');
  assert.equal(await unit('B4.q.1'), null);

  await page.context().setOffline(true);
  await page.fill('#target', 'Önce ne yaparsın?');
  await says(page, /No connection since \d\d:\d\d/);
  await page.keyboard.press('Control+Enter');
  await says(page, /Not saved\. Your text is kept in this browser/);
  assert.equal(await page.inputValue('#target'), 'Önce ne yaparsın?');

  await page.context().setOffline(false);
  await page.reload();
  assert.equal(await page.inputValue('#target'), 'Önce ne yaparsın?');
  await says(page, /draft kept/i);
  assert.equal((await desk.store.unitDrafts.of('tr-TR', 'B4.q.1', 'elif'))?.text, 'Önce ne yaparsın?');

  const elsewhere = await open('elif', 'B4.q.1');
  assert.equal(await elsewhere.inputValue('#target'), 'Önce ne yaparsın?', 'on another machine, too');
  await elsewhere.click('.draft-line [data-drop-draft]');
  await elsewhere.waitForLoadState();
  assert.equal(await elsewhere.inputValue('#target'), '');
  assert.equal(await desk.store.unitDrafts.of('tr-TR', 'B4.q.1', 'elif'), null);
  await elsewhere.context().close();
  await page.context().close();
});

test('two people on one unit: each is told of the other, and both texts are kept', async () => {
  const elif = await open('elif', 'B4.summary');
  const murat = await open('murat', 'B4.summary');
  await murat.locator('.note.here', { hasText: 'Elif Yıldırım has it open.' }).waitFor();
  const before = (await unit('B4.summary'))?.target ?? '';
  await murat.fill('#target', `${before} Murat yazdı.`);
  await murat.keyboard.press('Control+Enter');
  await murat.locator('.said', { hasText: 'B4.summary is saved' }).waitFor();

  await elif.fill('#target', before.replace('Çocuklar', 'Öğrenciler'));
  await elif.keyboard.press('Control+Enter');
  await elif.locator('.both', { hasText: 'Murat Kaya saved B4.summary after you opened it' }).waitFor();
  assert.match(await elif.inputValue('#target'), /^Öğrenciler.*Murat yazdı\.$/);
  await elif.keyboard.press('Control+Enter');
  await elif.locator('.said', { hasText: 'B4.summary is saved' }).waitFor();
  const texts = (await desk.store.units.history('tr-TR', 'B4.summary')).map(({ target }) => target);
  assert.deepEqual(texts, [before.replace('Çocuklar', 'Öğrenciler'), `${before} Murat yazdı.`, before]);
  await elif.context().close();
  await murat.context().close();
});
