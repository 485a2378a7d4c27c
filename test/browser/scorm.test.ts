import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { writeScorm } from '../../src/formats/scorm/writeScorm.ts';
import { bundlePages, riverBundle } from '../formats/bundle/riverBundle.ts';
import { unpacked } from '../formats/bundle/unpacked.ts';
import { launchBrowser } from './chromium.ts';
import { checkPage, watchPage } from './pageChecks.ts';

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

const player = createRequire(import.meta.url).resolve('scorm-again/scorm12/min');

describe('a SCORM package', () => {
  const origin = 'http://platform.invalid';

  /** A learning platform in one page: a player's API, and the lesson in a frame. */
  async function onPlatform(status: string | null, use: (page: Page) => Promise<void>): Promise<void> {
    const files = unpacked(writeScorm(riverBundle('tr-TR'), bundlePages));
    const begin = `window.API = new Scorm12API({ autocommit: false, logLevel: 5 });
      ${status === null ? '' : `API.loadFromJSON({ cmi: { core: { lesson_status: '${status}' } } });`}
      window.said = []; API.on('LMSFinish', () => said.push('finish')); API.on('LMSCommit', () => said.push('commit'));`;
    const around = `<!doctype html><title>platform</title><script src="/player.js"></script><script>${begin}</script>
      <iframe id="sco" src="/package/lessons/B4.html" style="width:800px;height:600px"></iframe>`;
    const context = await browser.newContext();
    try {
      await context.route('**/*', async (route) => {
        const { pathname } = new URL(route.request().url());
        if (pathname === '/') return route.fulfill({ contentType: 'text/html; charset=utf-8', body: around });
        if (pathname === '/player.js') return route.fulfill({ path: player, contentType: 'text/javascript' });
        const bytes = files.get(decodeURIComponent(pathname.slice('/package/'.length)));
        if (bytes === undefined) return route.fulfill({ status: 404, body: 'no' });
        const contentType = pathname.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8';
        return route.fulfill({ contentType, body: Buffer.from(bytes) });
      });
      const page = await context.newPage();
      watchPage(page, origin);
      await page.goto(`${origin}/`);
      await page.frameLocator('#sco').locator('#lesson-end').waitFor({ state: 'attached' });
      await use(page);
    } finally {
      await context.close();
    }
  }

  const value = (page: Page, key: string): Promise<string> =>
    page.evaluate(
      (name) =>
        (globalThis as unknown as { API: { cmi: object } & Record<string, (key: string) => string> }).API.lmsGetValue?.(
          name,
        ) ?? 'no value',
      key,
    );
  const status = (page: Page) => value(page, 'cmi.core.lesson_status');

  test('a lesson that was opened is incomplete; the button completes it and says so', async () => {
    await onPlatform(null, async (page) => {
      const lesson = page.frameLocator('#sco');
      await lesson.locator('#done').waitFor({ state: 'visible' });
      assert.equal(await status(page), 'incomplete');
      await lesson.locator('#done').press('Enter');
      assert.equal(await lesson.getByRole('status').textContent(), 'Kaydedildi: bu ders okundu.');
      assert.equal(await lesson.locator('#done').isVisible(), false);
      assert.equal(await status(page), 'completed');
    });
  });

  test('read to its end it is completed without a button; leaving ends the session with its time', async () => {
    await onPlatform(null, async (page) => {
      const lesson = page.frameLocator('#sco');
      await lesson.locator('#done').waitFor({ state: 'visible' });
      await lesson.locator('#main').evaluate(() => scrollTo({ top: 400, behavior: 'instant' }));
      assert.equal(await status(page), 'incomplete', 'half way');
      await lesson.locator('#main').evaluate(() => scrollTo({ top: 1e6, behavior: 'instant' }));
      await lesson.getByText('Kaydedildi: bu ders okundu.').waitFor();
      assert.equal(await status(page), 'completed');
      await page.locator('#sco').evaluate((frame) => frame.setAttribute('src', 'about:blank'));
      await page.waitForFunction(() => (globalThis as unknown as { said: string[] }).said.includes('finish'));
    });
  });

  test('a lesson read before stays read', async () => {
    await onPlatform('completed', async (page) => {
      await page.frameLocator('#sco').getByText('Kaydedildi: bu ders okundu.').waitFor();
      assert.equal(await status(page), 'completed');
    });
  });
});

/** A lesson opened from its folder, with the network off. */
async function fromFolder(use: (page: Page) => Promise<void>, platform?: () => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-scorm-'));
  const context = await browser.newContext({ offline: true, viewport: { width: 360, height: 740 } });
  try {
    for (const [path, bytes] of unpacked(writeScorm(riverBundle('ar-EG'), bundlePages))) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
    const page = await context.newPage();
    if (platform) await page.addInitScript(platform);
    watchPage(page, 'file://');
    await page.goto(pathToFileURL(join(folder, 'lessons/B4.html')).href);
    await use(page);
  } finally {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  }
}

test('without a platform a SCORM lesson is the same lesson, whole and accessible', async () => {
  await fromFolder(async (page) => {
    assert.equal(await page.locator('#done').isVisible(), false);
    await checkPage(page);
  });
});

test('a platform that takes no note is told of, and the button stays for another try', async () => {
  const refusing = () => {
    const API = {
      LMSInitialize: () => true,
      LMSGetValue: () => '',
      LMSSetValue: (_: string, value: string) => value !== 'completed',
      LMSCommit: () => true,
      LMSFinish: () => true,
    };
    Object.assign(globalThis, { API });
  };
  await fromFolder(async (page) => {
    await page.locator('#done').press('Enter');
    await page.getByText('لم تقبل منصة التعلّم التسجيل. حاول مرة أخرى.').waitFor();
    assert.equal(await page.locator('#done').isVisible(), true);
    await checkPage(page);
  }, refusing);
});
