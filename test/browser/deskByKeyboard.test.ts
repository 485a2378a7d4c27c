import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { firstText } from '../together/smallWorld.ts';
import { addPerson } from '../web/testApp.ts';
import { launchBrowser } from './chromium.ts';
import { typist } from './keyboard.ts';
import { startSmallDesk } from './smallDesk.ts';

/** The desk from opening to publication, by keyboard alone; every page passed through is checked. */

const desk = await startSmallDesk();
const browser = await launchBrowser();
after(async () => {
  await browser.close();
  await desk.close();
});
const { store } = desk.world;

/** Units that nobody has written yet. */
async function unwritten(tag: string, ...segments: readonly string[]): Promise<void> {
  for (const segment of segments) {
    const unit = await store.units.byId(tag, segment);
    assert.ok(unit);
    await store.units.retire(unit);
  }
}

const wide = { width: 1440, height: 900 };
const phone = { width: 360, height: 740 };

const desks = [
  {
    tag: 'tr-TR',
    writer: 'elif',
    second: 'murat',
    view: wide,
    language: 'en',
    call: 'Ara: ',
    start: 'Öyküyü yüksek sesle okuyun.',
  },
  {
    tag: 'ar-EG',
    writer: 'nour',
    second: 'karim',
    view: phone,
    language: 'ar',
    call: 'اتصلوا: ',
    start: 'اقرؤوا القصة بصوت عالٍ.',
  },
] as const;

before(async () => {
  for (const [name, role] of [
    ['nour', 'translator'],
    ['karim', 'reviewer'],
  ] as const) {
    await addPerson(desk.world, name, 'eg', [role], { language: 'ar' });
  }
  for (const { tag } of desks) await unwritten(tag, 'L1.start', 'L1.call');
});

for (const { tag, writer, second, view, language, start, call } of desks) {
  test(`${tag}, ${view.width} px: from signing in to saved and reviewed`, async () => {
    const base = `/desk/editions/${tag}`;
    const write = await typist(browser, desk.origin, writer, view);
    const { page } = write;
    assert.deepEqual(
      await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir || 'ltr']),
      [language, language === 'ar' ? 'rtl' : 'ltr'],
    );
    assert.match(page.url(), new RegExp(`${base}$`), 'Today is the first page');
    await write.follow(`a[href="${base}/lessons"]`);
    await write.follow(`a[href^="${base}/lessons/L1"]`);
    await page.locator('[data-unit="L1.start"]').waitFor();
    await write.tabTo('#target');
    await write.type(start);
    await write.press('Control+Enter');
    await page.locator('[data-unit="L1.call"]').waitFor();
    assert.equal((await store.units.byId(tag, 'L1.start'))?.target, start);
    await write.press('Escape', 'c');
    assert.equal(await page.inputValue('#target'), 'Call: {helpline.child}');
    await write.press('Control+A');
    await write.type(call);
    await write.press('Escape', 'p');
    await write.press('Control+Enter');
    await page.locator('.said, p.aside[role=status]', { hasText: 'L1.call' }).first().waitFor({ state: 'attached' });
    await write.look();
    assert.match((await store.units.byId(tag, 'L1.call'))?.target ?? '', /^\S+: ?\{helpline\.child\}$/);
    await write.leave();

    const review = await typist(browser, desk.origin, second, view);
    await review.follow(`a[href^="${base}/review"]`);
    await review.press('a', 'a');
    assert.equal(await review.page.locator('input[name=unit]:checked').count(), 2);
    await Promise.all([review.page.waitForNavigation(), review.press('Control+Enter')]);
    await review.look();
    for (const segment of ['L1.start', 'L1.call']) {
      const unit = await store.units.byId(tag, segment);
      assert.deepEqual([unit?.state, unit?.reviewedBy], ['reviewed', second], segment);
    }
    await review.leave();
  });
}

test('the coordinator publishes, and a reader has the words', async () => {
  const base = '/desk/editions/tr-TR';
  const deniz = await typist(browser, desk.origin, 'deniz', wide);
  await deniz.follow(`a[href="${base}/publish"]`);
  await deniz.tabTo('form:has([name=lesson]) button.main');
  await Promise.all([deniz.page.waitForNavigation(), deniz.press('Enter')]);
  await deniz.page.locator('[data-progress-url]').waitFor({ state: 'detached', timeout: 20_000 });
  await deniz.page.waitForLoadState();
  await deniz.look();
  await deniz.follow('main a[href="/tr-TR"]');
  await deniz.follow('a[href="/tr-TR/lessons/L1"]');
  const words = await deniz.page.locator('main').textContent();
  for (const wanted of ['Öyküyü yüksek sesle okuyun.', 'Ara: 183', firstText('tr-TR', 'L1.keep')]) {
    assert.ok(words?.includes(wanted), `${wanted} in ${words}`);
  }
  await deniz.leave();
});
