import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from './chromium.ts';
import { checkPage, type PageExpectation, watchPage } from './pageChecks.ts';
import { startSamples } from './pageSamples.ts';
import { takeScreen } from './screens.ts';

let browser: Browser;
let samples: Awaited<ReturnType<typeof startSamples>>;

before(async () => {
  [browser, samples] = await Promise.all([launchBrowser(), startSamples()]);
});
after(async () => {
  await browser.close();
  await samples.close();
});

async function open<T>(path: string, use: (page: Page) => Promise<T>, options: BrowserContextOptions = {}): Promise<T> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    watchPage(page, samples.origin);
    await page.goto(samples.origin + path);
    return await use(page);
  } finally {
    await context.close();
  }
}

/** What checkPage says, '' when it finds nothing. */
async function findings(path: string, expectation?: PageExpectation, options?: BrowserContextOptions): Promise<string> {
  const check = (page: Page) =>
    checkPage(page, expectation).then(
      () => '',
      (error: Error) => error.message,
    );
  return open(path, check, options);
}

describe('checkPage', () => {
  test('finds nothing on a good page, from left to right and from right to left, wide and narrow', async () => {
    assert.equal(await findings('/good'), '');
    assert.equal(await findings('/arabic', {}, { viewport: { width: 320, height: 640 } }), '');
  });

  test('checks a page with scripts off just as well', async () => {
    assert.equal(await findings('/good', {}, { javaScriptEnabled: false }), '');
    assert.match(await findings('/low-contrast', {}, { javaScriptEnabled: false }), /axe color-contrast/);
    assert.match(await findings('/csp-style', {}, { javaScriptEnabled: false }), /CSP violation/);
  });

  test('checks a page opened from a file, which may load its neighbours and nothing else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'headwater-file-'));
    const context = await browser.newContext();
    try {
      const file = join(folder, 'index.html');
      const html = '<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>درس</title></head>';
      const main = '<body><main><h1>درس</h1><img src="dot.svg" alt="نقطة" width="9" height="9"></main></body></html>';
      await writeFile(file, html + main);
      await writeFile(join(folder, 'dot.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
      const page = await context.newPage();
      watchPage(page, 'file://');
      await page.goto(pathToFileURL(file).href);
      await checkPage(page);
      await writeFile(file, html + main.replace('dot.svg', 'http://127.0.0.1:9/dot.svg'));
      await page.reload();
      await assert.rejects(checkPage(page), /request leaves the origin: http:\/\/127\.0\.0\.1:9\/dot\.svg/);
    } finally {
      await context.close();
      await rm(folder, { recursive: true });
    }
  });

  test('takes the status it was told to expect', async () => {
    assert.equal(await findings('/not-found', { expectStatus: 404 }), '');
    assert.match(await findings('/not-found'), /status 404, expected 200/);
  });

  const faults: readonly (readonly [path: string, expected: RegExp])[] = [
    ['/invalid-html', /invalid HTML 1:\d+ .*\(element-permitted-content\)|invalid HTML 1:\d+ .*\(close-order\)/],
    ['/two-h1', /2 h1 elements, expected exactly one/],
    ['/duplicate-id', /ids used twice: same/],
    ['/missing-alt', /axe image-alt/],
    ['/low-contrast', /axe color-contrast/],
    ['/no-lang-no-title', /the document has no lang[\s\S]*the document has no title/],
    ['/third-party', /request leaves the origin: http:\/\/tracker\.example\/dot\.png/],
    ['/console-error', /console error: something broke/],
    ['/page-error', /page error: thrown on purpose/],
    ['/missing-file', /Failed to load resource.*nowhere\.js/],
    ['/csp', /CSP violation: .*inline script/],
    ['/csp-style', /CSP violation: .*inline style/],
    ['/wide', /scrolls sideways: \d+px wide in 1280px; p#\.wide/],
  ];
  for (const [path, expected] of faults) {
    test(`finds the fault of ${path} and names the page first`, async () => {
      const found = await findings(path);
      assert.match(found, expected);
      assert.ok(found.startsWith(`${samples.origin}${path} at 1280x720: `), found);
    });
  }

  test('lets an expected console message pass, but never a CSP violation', async () => {
    assert.equal(await findings('/console-error', { allowConsole: [/something broke/] }), '');
    assert.match(await findings('/csp', { allowConsole: [/./] }), /CSP violation/);
  });

  test('refuses a page that nobody watched', async () => {
    const page = await browser.newPage();
    await assert.rejects(checkPage(page), /watchPage/);
    await page.close();
  });
});

test('takeScreen writes a PNG of the size asked for', async () => {
  const file = join(tmpdir(), `headwater-screen-${process.pid}`, 'arabic.png');
  await open('/arabic', (page) => takeScreen(page, file, { width: 390, height: 844, scheme: 'dark' }));
  const png = await readFile(file);
  assert.equal(png.toString('latin1', 1, 4), 'PNG');
  assert.equal(png.readUInt32BE(16), 390);
  await rm(join(file, '..'), { recursive: true });
});
