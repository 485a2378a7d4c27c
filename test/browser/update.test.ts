import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { sampleDesk } from '../web/edition/sampleDesk.ts';
import { addManyKinds } from '../web/edition/sampleUpdate.ts';
import { Visitor } from '../web/testApp.ts';
import { launchBrowser } from './chromium.ts';
import { checkPage, watchPage } from './pageChecks.ts';

const desk = await sampleDesk();
await addManyKinds(desk.store);
const browser = await launchBrowser();
after(() => browser.close());

async function open(who: string, path: string, width = 1440, scheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const visit = new Visitor(desk.origin);
  await visit.signIn(who);
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
  const at = visit.cookie.indexOf('=');
  await context.addCookies([{ name: visit.cookie.slice(0, at), value: visit.cookie.slice(at + 1), url: desk.origin }]);
  const page = await context.newPage();
  watchPage(page, desk.origin);
  await page.goto(`${desk.origin}${path}`);
  return page;
}

const draft = async (tag: string) => (await desk.store.updates.draft(tag))?.decisions ?? {};

for (const [who, path] of [
  ['deniz', '/desk/editions/tr-TR/update'],
  ['grace', '/desk/editions/en-GB/update?item=B4.act.2'],
  ['mona', '/desk/editions/ar-EG/update?set=still-stop'],
] as const) {
  test(`${path} holds at a desk, on a phone and in the dark`, async () => {
    const page = await open(who, path);
    await checkPage(page);
    await page.setViewportSize({ width: 320, height: 700 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.reload();
    await checkPage(page);
    await page.context().close();
  });
}

test('by keyboard alone: accept, choose words in a conflict, decline with a reason, apply, take back', async () => {
  const page = await open('grace', '/desk/editions/en-GB/update?item=B4.act.4');
  const press = async (key: string) => {
    await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
    await checkPage(page);
  };
  await press('a');
  assert.match((await draft('en-GB'))['B4.act.4']?.text ?? '', /tonight or in a year\. My door is open\.$/);
  assert.equal(await page.evaluate(() => document.activeElement?.closest('#open') !== null), true);
  assert.match((await page.locator('[role=status]').textContent()) ?? '', /B4\.act\.4/);

  await page.goto(`${desk.origin}/desk/editions/en-GB/update?item=B4.act.2`);
  await page.keyboard.press('2');
  assert.match(await page.locator('#text').inputValue(), /listen to each pair/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('1');
  assert.match(await page.locator('#text').inputValue(), /walk between the tables/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('3');
  await page.keyboard.type(' Then swap.');
  await press('Control+Enter');
  assert.match((await draft('en-GB'))['B4.act.2']?.text ?? '', /tables\. Then swap\.$/);

  await press('u');
  assert.equal((await draft('en-GB'))['B4.act.2'], undefined);
  await page.goto(`${desk.origin}/desk/editions/en-GB/update?item=B4.act.2`);
  await page.keyboard.press('x');
  await page.waitForFunction(() => document.activeElement?.id === 'reason');
  await page.keyboard.type('Tables work here');
  await press('Enter');
  assert.equal((await draft('en-GB'))['B4.act.2']?.kind, 'decline');

  await page.locator('form[action$="/application"] button').focus();
  await press('Enter');
  assert.equal((await desk.store.editions.byTag('en-GB'))?.upstream.release, '1.3.0');
  assert.match((await desk.store.units.byId('en-GB', 'B4.act.4'))?.target ?? '', /tonight/);
  await page.locator('form[action$="/undo"] button').focus();
  await press('Enter');
  assert.equal((await desk.store.editions.byTag('en-GB'))?.upstream.release, '1.2.0');
  assert.doesNotMatch((await desk.store.units.byId('en-GB', 'B4.act.4'))?.target ?? '', /tonight/);
  await page.goto(`${desk.origin}/desk/editions/en-GB/update/log`);
  await page.locator('li a.what').first().click();
  await page.waitForURL(/update=/);
  await checkPage(page);
  await page.context().close();
});
