import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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
import { onPlatform, type Platform } from './scormPlatform.ts';

let browser: Browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser.close());

const tr = unpacked(writeScorm(riverBundle('tr-TR'), bundlePages));
const onPage = (status: string | null, use: (platform: Platform) => Promise<void>): Promise<void> =>
  onPlatform(browser, tr, 'lessons/B4.html', status, use);

describe('a SCORM package', () => {
  test('a lesson that was opened is incomplete; the button completes it and says so', async () => {
    await onPage(null, async ({ lesson, status }) => {
      await lesson.locator('#done').waitFor({ state: 'visible' });
      assert.equal(await status(), 'incomplete');
      await lesson.locator('#done').press('Enter');
      assert.equal(await lesson.getByRole('status').textContent(), 'Kaydedildi: bu ders okundu.');
      assert.equal(await lesson.locator('#done').isVisible(), false);
      assert.equal(await status(), 'completed');
    });
  });

  test('read to its end it is completed without a button; leaving ends the session with its time', async () => {
    await onPage(null, async ({ lesson, status, leave }) => {
      await lesson.locator('#done').waitFor({ state: 'visible' });
      await lesson.locator('#main').evaluate(() => scrollTo({ top: 400, behavior: 'instant' }));
      assert.equal(await status(), 'incomplete', 'half way');
      await lesson.locator('#main').evaluate(() => scrollTo({ top: 1e6, behavior: 'instant' }));
      await lesson.getByText('Kaydedildi: bu ders okundu.').waitFor();
      assert.equal(await status(), 'completed');
      await leave();
    });
  });

  test('a lesson read before stays read', async () => {
    await onPage('completed', async ({ lesson, status }) => {
      await lesson.getByText('Kaydedildi: bu ders okundu.').waitFor();
      assert.equal(await status(), 'completed');
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
