// A learning platform in one page: the API of a SCORM player library, and a lesson of a package in a frame.
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import type { Unpacked } from '../formats/bundle/unpacked.ts';
import { watchPage } from './pageWatch.ts';

const player = createRequire(import.meta.url).resolve('scorm-again/scorm12/min');
const origin = 'http://platform.invalid';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.webp': 'image/webp',
};

export type Platform = {
  readonly page: Page;
  readonly lesson: FrameLocator;
  /** What the platform holds of the learner; an error of the player is a fault. */
  readonly value: (key: string) => Promise<string>;
  readonly status: () => Promise<string>;
  /** Leaves the lesson; resolves when it has ended its session. */
  readonly leave: () => Promise<void>;
};

/** Opens the lesson at `path` of a package for a learner whose status is `status`; null for the first time. */
export async function onPlatform<T>(
  browser: Browser,
  files: Unpacked,
  path: string,
  status: string | null,
  use: (platform: Platform) => Promise<T>,
): Promise<T> {
  const begin = `window.API = new Scorm12API({ autocommit: false, logLevel: 5 });
    ${status === null ? '' : `API.loadFromJSON({ cmi: { core: { lesson_status: '${status}' } } });`}
    window.said = []; API.on('LMSFinish', () => said.push('finish')); API.on('LMSCommit', () => said.push('commit'));`;
  const around = `<!doctype html><title>platform</title><script src="/player.js"></script><script>${begin}</script>
    <iframe id="sco" src="/package/${path}" style="width:800px;height:600px"></iframe>`;
  const context = await browser.newContext();
  try {
    await context.route('**/*', async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') return route.fulfill({ contentType: 'text/html; charset=utf-8', body: around });
      if (pathname === '/player.js') return route.fulfill({ path: player, contentType: 'text/javascript' });
      const bytes = files.get(decodeURIComponent(pathname.slice('/package/'.length)));
      if (bytes === undefined) return route.fulfill({ status: 404, body: 'no' });
      return route.fulfill({
        contentType: types[extname(pathname)] ?? 'application/octet-stream',
        body: Buffer.from(bytes),
      });
    });
    const page = await context.newPage();
    watchPage(page, origin);
    await page.goto(`${origin}/`);
    const lesson = page.frameLocator('#sco');
    await lesson.locator('#lesson-end').waitFor({ state: 'attached' });
    const value = (key: string) => page.evaluate(valueIn, key);
    return await use({
      page,
      lesson,
      value,
      status: () => value('cmi.core.lesson_status'),
      leave: async () => {
        await page.locator('#sco').evaluate((frame) => frame.setAttribute('src', 'about:blank'));
        await page.waitForFunction(() => (globalThis as unknown as { said: string[] }).said.includes('finish'));
      },
    });
  } finally {
    await context.close();
  }
}

function valueIn(key: string): string {
  const { API } = globalThis as unknown as { API: { lmsGetValue?: (key: string) => string } };
  return API.lmsGetValue?.(key) ?? 'no value';
}
