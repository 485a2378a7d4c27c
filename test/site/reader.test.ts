import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../browser/chromium.ts';
import { createFixture } from './siteFixture.ts';
import { words } from './words.ts';

let site: Awaited<ReturnType<typeof createFixture>>;
let browser: Browser;
before(async () => {
  site = await createFixture();
  await site.site.projectAll();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

test('on a phone, without script, three taps lead from the first page to the print pack', async () => {
  const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, javaScriptEnabled: false };
  for (const [locale, tag] of [
    ['ar-EG', 'ar-EG'],
    ['tr-TR', 'tr-TR'],
    ['en-GB', 'en-GB'],
  ] as const) {
    const context = await browser.newContext({ ...phone, locale });
    const page = await context.newPage();
    let taps = 0;
    const tap = (what: Locator) => {
      taps += 1;
      return what.tap();
    };
    await page.goto(site.origin);
    await tap(page.locator('a.button[href^="/"]').first());
    await page.waitForURL(`${site.origin}/${tag}`);
    await tap(page.getByRole('link', { name: /./ }).and(page.locator('a[href$="/lessons/A3"]')).first());
    await page.waitForURL(`${site.origin}/${tag}/lessons/A3`);
    const pack = page.locator('a.pack');
    assert.ok(await pack.isVisible());
    const [answer] = await Promise.all([page.waitForResponse(/pack\.pdf$/), tap(pack)]);
    assert.equal(new URL(answer.url()).pathname, `/${tag}/lessons/A3/pack.pdf`);
    assert.equal(answer.headers()['content-type'], 'application/pdf');
    assert.equal(taps, 3);
    await context.close();
  }
});

/** What is on paper, in the order of the page: the words that the printer's rules do not put away. */
const onPaper = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const shown: string[] = [];
    while (walk.nextNode()) {
      const { parentElement, textContent } = walk.currentNode;
      if (parentElement?.checkVisibility() && parentElement.closest('script') === null) shown.push(textContent ?? '');
    }
    return shown.join('').replace(/\s+/g, ' ');
  });

test('a lesson page printed by itself has the lesson, its helplines, its code and where to ask about it', async () => {
  for (const [tag, language, number] of [
    ['en-GB', 'en', '0800 1111'],
    ['tr-TR', 'tr', '183'],
    ['ar-EG', 'ar', '16 000'],
  ] as const) {
    const publication = site.shelf.publications.find(({ edition }) => edition === tag);
    const code = publication?.lessons.find(({ lesson }) => lesson === 'A3')?.code ?? '';
    const page = await browser.newPage();
    await page.goto(`${site.origin}/${tag}/lessons/A3`);
    const address = 'headwater.example/verify';
    assert.ok(!(await onPaper(page)).includes(address), 'a screen has the link');
    await page.emulateMedia({ media: 'print' });
    const text = await onPaper(page);
    const steps = (await page.locator('.step h3').allTextContents()).map((title) => title.replace(/\s+/g, ' '));
    assert.ok(steps.length > 3 && code !== '');
    const whom = (await page.locator('.strip bdi').first().textContent()) ?? '';
    assert.equal(whom, number);
    assert.ok(text.indexOf(number) < text.indexOf(steps[0] ?? ''), 'whom to call stands first');
    for (const there of [...steps, code, address])
      assert.ok(text.includes(there), `${tag}: ${there} is not in ${text}`);
    for (const key of [
      'exit',
      'masthead.menu',
      'place.verify',
      'files.title',
      'files.sums',
      'foot.counted',
      'skip.main',
    ]) {
      assert.ok(!text.includes(words(language, `public:${key}`)), `${tag}: ${key} is in ${text}`);
    }
    const sheets = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
    const count = sheets.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
    assert.ok(count >= 2 && count <= 6, `${tag}: ${count} sheets`);
    await page.close();
  }
});
