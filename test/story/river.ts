import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { readConfig } from '../../src/config.ts';
import { type Running, start } from '../../src/main.ts';
import { launchBrowser } from '../browser/chromium.ts';
import { type Mailbox, startMailbox } from '../browser/mailbox.ts';
import { checkPage, watchPage } from '../browser/pageChecks.ts';

/** A whole product on a fresh data folder, with a browser and a mail server, and a clock that the story owns. */
export type River = {
  readonly running: Running;
  readonly mailbox: Mailbox;
  readonly browser: Browser;
  /** Lines that the start printed. */
  readonly printed: readonly string[];
  readonly folder: string;
  readonly close: () => Promise<void>;
};

export const password = 'a river runs downhill';

/** The story happens on one morning; each look at the clock is a second later than the one before. */
export function storyClock(morning = '2026-10-05T09:00:00.000Z'): () => string {
  let moment = Date.parse(morning);
  return () => {
    moment += 1000;
    return new Date(moment).toISOString();
  };
}

export async function startRiver(): Promise<River> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-story-'));
  const mailbox = await startMailbox();
  const printed: string[] = [];
  const config = readConfig({ PORT: '0', DATA_DIR: folder, SMTP_URL: mailbox.url });
  const running = await start(config, { now: storyClock(), print: (line) => printed.push(line) });
  const browser = await launchBrowser();
  return {
    running,
    mailbox,
    browser,
    printed,
    folder,
    close: async () => {
      await browser.close();
      await running.close();
      await mailbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Somebody at a browser. Every page they come to is checked: HTML, axe, requests, console. */
export type Visitor = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Opens a path and checks the page. */
  readonly visit: (path: string, status?: number) => Promise<void>;
  /** Presses a button or follows a link, waits for the page behind it, and checks it. */
  readonly press: (name: string | RegExp) => Promise<void>;
  /** The words of the page. */
  readonly words: () => Promise<string>;
};

export async function visitor(
  river: River,
  options: { script?: boolean; locale?: string; width?: number } = {},
): Promise<Visitor> {
  const context = await river.browser.newContext({
    javaScriptEnabled: options.script ?? true,
    locale: options.locale ?? 'en-GB',
    viewport: { width: options.width ?? 1280, height: 900 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const origin = river.running.address;
  watchPage(page, origin);
  return {
    page,
    context,
    visit: async (path, status = 200) => {
      await page.goto(origin + path);
      await checkPage(page, { expectStatus: status });
    },
    press: async (name) => {
      const target = page.getByRole('button', { name }).or(page.getByRole('link', { name })).first();
      await Promise.all([page.waitForNavigation(), target.click()]);
      await checkPage(page);
    },
    words: async () => (await page.locator('body').innerText()).replace(/\s+/g, ' '),
  };
}

/** Opens a seat's one-time link, sets a password, and sits down. */
export async function takeSeat(river: River, seat: string, link: string, locale = 'en-GB'): Promise<Visitor> {
  const person = await visitor(river, { locale });
  await person.visit(new URL(link).pathname);
  await person.page.locator('input[type=password]').first().fill(password);
  const again = person.page.locator('input[type=password]').nth(1);
  if (await again.count()) await again.fill(password);
  await Promise.all([person.page.waitForNavigation(), person.page.locator('form button').first().click()]);
  if (person.page.url().includes('sign-in')) {
    await person.page.locator('[name=email]').fill(seat);
    await person.page.locator('[name=password]').fill(password);
    await Promise.all([person.page.waitForNavigation(), person.page.locator('form button').first().click()]);
  }
  await checkPage(person.page);
  return person;
}

/** Waits until something is so; the story's only way of waiting for work in the background. */
export async function until(what: string, so: () => Promise<boolean>, ms = 60_000): Promise<void> {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    if (await so()) return;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error(`It took too long until ${what}`);
}
