import assert from 'node:assert/strict';
import { get } from 'node:http';
import { after, before, test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../browser/chromium.ts';
import { checkPage, watchPage } from '../browser/pageChecks.ts';
import { recallOf } from './recalls.ts';
import { safetyRelease } from './shelf.ts';
import { createFixture } from './siteFixture.ts';
import { withoutWayOut } from './wayOut.ts';

let site: Awaited<ReturnType<typeof createFixture>>;
let browser: Browser;
before(async () => {
  site = await createFixture();
  safetyRelease(site.shelf);
  site.shelf.recalls = [recallOf({ kind: 'lesson', lesson: 'B4' })];
  await site.site.projectAll();
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await site.close();
});

const codeOf = (lesson: string): string =>
  site.shelf.publications[0]?.lessons.find((entry) => entry.lesson === lesson)?.code ?? '';

/** Every kind of page, and what it answers. */
const everyPage = (): readonly (readonly [path: string, status: number])[] => [
  ['/', 200],
  ['/?language=ar', 200],
  ['/en-GB', 200],
  ['/ar-EG?age=7-9&screens=none', 200],
  ['/en-GB?q=comic+aloud', 200],
  [`/ar-EG?q=${encodeURIComponent('العاب')}`, 200],
  ['/tr-TR/lessons/A3', 200],
  ['/ar-EG/lessons/A3', 200],
  ['/tr-TR/plans/A', 200],
  ['/ar-EG/plans/adult', 200],
  ['/lessons/A3', 200],
  ['/en-GB?q=nothing+like+this&age=7-9', 200],
  [`/en-GB?q=${'x'.repeat(300)}`, 400],
  ['/tr-TR/lessons/B4', 410],
  ['/ar-EG/help', 200],
  ['/en-GB/changes', 200],
  ['/ar-EG/changes', 200],
  ['/baseline/changes?language=tr', 200],
  ['/accessibility?language=en', 200],
  ['/accessibility?language=tr', 200],
  ['/accessibility?language=ar', 200],
  ['/coverage?language=tr', 200],
  ['/coverage?language=ar', 200],
  ['/ar-EG/lessons/A3/feedback', 200],
  ['/en-GB/lessons/A3/feedback/thanks', 200],
  ['/tr-TR/lessons/A3/feedback/reported', 200],
  ['/verify', 200],
  [`/verify/${codeOf('A3')}`, 200],
  [`/verify/${codeOf('B4')}`, 200],
  ['/verify/AAAAA', 404],
  ['/en-GB/nowhere', 404],
];

/** Bytes of the whole answer as they go over the line, and what it says. */
function overTheLine(path: string): Promise<{ bytes: number; html: string; cookies: number }> {
  return new Promise((resolve, reject) => {
    get(site.origin + path, { agent: false, headers: { 'accept-encoding': 'gzip, deflate, br' } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        assert.equal(answer.headers['content-encoding'], 'br', path);
        const html = brotliDecompressSync(Buffer.concat(parts)).toString('utf8');
        resolve({ bytes: answer.socket.bytesRead, html, cookies: answer.headers['set-cookie']?.length ?? 0 });
      });
    }).on('error', reject);
  });
}

/** Every page as a desk and as a phone see it; the fullest ones also on the narrowest screen, where scripts are off. */
const sights: readonly { readonly widths: readonly number[]; readonly script: boolean }[] = [
  { widths: [1280, 360], script: true },
  { widths: [320], script: false },
];
for (const { widths, script } of sights) {
  const how = script ? 'with' : 'without';
  test(`every page is valid, accessible and never wider than ${widths.join(' or ')} pixels, ${how} script`, async () => {
    const context = await browser.newContext({ javaScriptEnabled: script });
    const page = await context.newPage();
    watchPage(page, site.origin);
    const pages = everyPage();
    // Without a script every second page: the harness has seen them all with it.
    for (const [path, expectStatus] of script ? pages : pages.filter((_, place) => place % 2 === 0)) {
      await page.setViewportSize({ width: widths[0] ?? 320, height: 800 });
      await page.goto(site.origin + path);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 });
        await checkPage(page, { expectStatus });
      }
    }
    await context.close();
  });
}

test('a first visit to any page is one request under 50 KB, without a cookie and without a script but the way out', async () => {
  for (const [path] of everyPage()) {
    const { bytes, html, cookies } = await overTheLine(path);
    assert.ok(bytes < 50_000, `${path}: ${bytes} bytes`);
    assert.equal(cookies, 0, path);
    // What is only data says so; nothing else may be asked for, but the picture in the head that is inside the page.
    assert.deepEqual(withoutWayOut(html).match(/<script(?! type="application\/ld\+json")/g), null, path);
    assert.deepEqual(html.match(/<[a-z]+[^>]* on[a-z]+=/g), null, path);
    const loads = [...html.matchAll(/<(?:img|source|iframe|object|embed|video|audio)\b[^>]* src="(?!data:)([^"]*)"/g)];
    const sheets = [...html.matchAll(/<link\b[^>]* rel="(?:stylesheet|preload|icon)"[^>]* href="(?!data:)([^"]*)"/g)];
    assert.deepEqual(
      [...loads, ...sheets].map((match) => match[1]),
      [],
      path,
    );
  }
});

test('the way out is first in reach of the keyboard, after the skip link', async () => {
  const page = await browser.newPage();
  await page.goto(`${site.origin}/en-GB/lessons/A3`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(
    await page.evaluate(() => (document.activeElement as HTMLAnchorElement).href),
    'https://www.example.org/weather',
  );
  await page.close();
});

const elsewhere = 'https://www.example.org/weather';
const awayFrom = async (scripts: boolean, leave: (page: Page) => Promise<unknown>) => {
  const context = await browser.newContext({ javaScriptEnabled: scripts });
  try {
    await context.route(elsewhere, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>weather</title>' }),
    );
    const page = await context.newPage();
    await page.goto(`${site.origin}/en-GB`);
    await page.goto(`${site.origin}/en-GB/lessons/A3`);
    await leave(page);
    await page.waitForURL(elsewhere);
    await page.goBack();
    return new URL(page.url()).pathname;
  } finally {
    await context.close();
  }
};

test('Shift three times, and the button, leave a lesson, and the Back key does not return to it', async () => {
  const shift = async (page: Page) => {
    for (let press = 0; press < 3; press++) await page.keyboard.press('Shift');
  };
  assert.equal(await awayFrom(true, shift), '/en-GB');
  assert.equal(await awayFrom(true, (page) => page.locator('a.button.exit').click()), '/en-GB');
  // Without scripts it is a link like any other.
  assert.equal(await awayFrom(false, (page) => page.locator('a.button.exit').click()), '/en-GB/lessons/A3');
});

test('capital letters and a pause do not leave a lesson', async () => {
  const page = await browser.newPage();
  await page.goto(`${site.origin}/en-GB/lessons/A3`);
  for (const key of ['Shift', 'Shift+A', 'Shift', 'Shift+Tab', 'Shift']) await page.keyboard.press(key);
  assert.equal(new URL(page.url()).pathname, '/en-GB/lessons/A3');
  assert.equal(await page.locator('body').isVisible(), true);
  await page.close();
});

test('states that take a whole edition along hold what every page must', async () => {
  const own = await createFixture({
    build: async (page) => {
      if (page.lesson === 'A1') throw new Error('cannot be made');
      return Buffer.from('%PDF-1.7');
    },
  });
  safetyRelease(own.shelf, '2026-04-01');
  own.clock.now = '2026-04-02T10:00:00.000Z';
  const withdrawn = { on: '2026-03-04', by: 'x', reason: 'We stop.' };
  own.shelf.editions = own.shelf.editions.map((edition) =>
    edition.tag === 'ar-EG' ? { ...edition, publication: null, withdrawn } : edition,
  );
  try {
    await own.site.projectAll();
    const page = await browser.newPage();
    watchPage(page, own.origin);
    for (const [path, expectStatus] of [
      ['/en-GB/lessons/A3', 410],
      ['/ar-EG', 410],
      ['/en-GB/lessons/A1', 200],
      ['/en-GB/lessons/A1/pack.pdf', 503],
    ] as const) {
      await page.goto(own.origin + path);
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 800 });
        await checkPage(page, { expectStatus });
      }
    }
    own.clock.progress = { done: 1, total: 4, step: 'edition tr-TR' };
    await page.goto(`${own.origin}/?language=tr`);
    await checkPage(page, { expectStatus: 503 });
    await page.close();
  } finally {
    await own.close();
  }
});
