import type { Browser, Page } from 'playwright-core';
import { password } from '../web/testApp.ts';
import { checkPage, watchPage } from './pageChecks.ts';

/** Somebody who has a keyboard and nothing else. */
export type Typist = {
  readonly page: Page;
  /** Tab, until the focus is on it. */
  readonly tabTo: (selector: string) => Promise<void>;
  readonly press: (...keys: readonly string[]) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  /** Enter on what is in focus, and the page behind it, looked over. */
  readonly follow: (selector: string) => Promise<void>;
  /** The page as it is now holds what every page must. */
  readonly look: () => Promise<void>;
  readonly leave: () => Promise<void>;
};

const mostTabs = 120;
/** Pages that have been looked over, by place and width: coming back to one does not make it another. */
const looked = new Map<string, number>();
const often = 2;

/** Opens the desk's address, signs in, and stands on the first page of the desk. */
export async function typist(
  browser: Browser,
  origin: string,
  name: string,
  viewport: { readonly width: number; readonly height: number },
): Promise<Typist> {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  watchPage(page, origin);
  const onIt = (selector: string) =>
    page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
  const tabTo = async (selector: string) => {
    for (let tabs = 0; tabs <= mostTabs; tabs += 1) {
      if (await onIt(selector)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`${mostTabs} times Tab did not lead to ${selector} on ${page.url()}`);
  };
  // The whole page in view, so that the bar at the bottom of a phone covers nothing while it is measured.
  const look = async () => {
    const place = `${new URL(page.url()).pathname} ${viewport.width}`;
    const times = looked.get(place) ?? 0;
    if (times >= often) return;
    looked.set(place, times + 1);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: viewport.width, height: Math.max(viewport.height, height) });
    await checkPage(page);
    await page.setViewportSize({ ...viewport });
  };
  const seat: Typist = {
    page,
    tabTo,
    look,
    press: async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    },
    type: (text) => page.keyboard.type(text),
    follow: async (selector) => {
      await tabTo(selector);
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      await look();
    },
    leave: () => context.close(),
  };
  await page.goto(`${origin}/desk`);
  await look();
  await tabTo('#email');
  await page.keyboard.type(`${name}@example.org`);
  await tabTo('#password');
  await page.keyboard.type(password);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await look();
  return seat;
}
